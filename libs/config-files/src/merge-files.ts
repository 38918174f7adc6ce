import { type FileFault, type ParsedFile, parseYaml, type Place } from './parse-yaml.js';

/** A file of a config tree, by its path inside the tree. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface MergedTree {
  /** What it was read from, in the order of their paths. */
  readonly files: readonly SourceFile[];
  readonly tree: Readonly<Record<string, unknown>>;
  /** Where the object of a JSON pointer stands, so that a fault can name file and line. */
  placeOf(pointer: string): Place | undefined;
}

export type TreeResult =
  | ({ readonly ok: true } & MergedTree)
  | {
      readonly ok: false;
      readonly faults: readonly FileFault[];
      /** Where every file could be read and only names are doubled: the tree with the first of each. */
      readonly rest?: MergedTree;
    };

/** Kinds that are lists whose order has no meaning: several files add to them. */
const ADDED_KINDS = new Set(['tests']);

/** Kinds whose value is a list or a table of its own: their order matters, so they stand in one file. */
const WHOLE_KINDS = new Set(['tenant', 'priority', 'routing']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Makes one tree of many files: the same kind may stand in several, a name may not.
 * @param files read in the order of their paths, so that every machine gets the same tree
 */
export function mergeFiles(files: readonly SourceFile[]): TreeResult {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const merging = new Merging();
  for (const { path, text } of sorted) {
    const read = parseYaml(text, path);
    if (read.ok) merging.add(read.parsed);
    else merging.unreadable(read.faults);
  }
  return merging.result(sorted);
}

class Merging {
  private readonly faults: FileFault[] = [];
  private allRead = true;
  private readonly kinds = new Map<string, unknown>();
  private readonly owners = new Map<string, ParsedFile>();
  /** The first file that has a kind: where a fault of the kind itself stands. */
  private readonly first = new Map<string, ParsedFile>();
  /** Items of added lists: their file, and their index in it. */
  private readonly added = new Map<string, { readonly file: ParsedFile; readonly index: number }>();

  add(file: ParsedFile): void {
    for (const [kind, value] of Object.entries(file.value)) {
      if (!this.first.has(kind)) this.first.set(kind, file);
      if (value === null) continue;
      if (ADDED_KINDS.has(kind) && Array.isArray(value)) this.addItems(file, kind, value);
      else if (WHOLE_KINDS.has(kind) || !isObject(value))
        this.addOnce(file, [kind], () => this.kinds.set(kind, value));
      else this.addNames(file, kind, value);
    }
  }

  unreadable(faults: readonly FileFault[]): void {
    this.faults.push(...faults);
    this.allRead = false;
  }

  result(files: readonly SourceFile[]): TreeResult {
    const merged = this.merged(files);
    if (this.faults.length === 0) return { ok: true, ...merged };
    return { ok: false, faults: this.faults, ...(this.allRead ? { rest: merged } : {}) };
  }

  private merged(files: readonly SourceFile[]): MergedTree {
    const tree = Object.fromEntries(
      [...this.kinds].map(([kind, value]) => [
        kind,
        value instanceof Map ? Object.fromEntries(value) : value,
      ]),
    );
    return { files, tree, placeOf: (pointer) => this.placeOf(pointer) };
  }

  private addItems(file: ParsedFile, kind: string, items: readonly unknown[]): void {
    const known = this.kinds.get(kind) ?? [];
    if (!Array.isArray(known)) return this.clash(file, [kind]);
    this.kinds.set(kind, [...(known as unknown[]), ...items]);
    for (const index of items.keys()) this.added.set(`${kind}/${known.length + index}`, { file, index });
  }

  private addNames(file: ParsedFile, kind: string, names: Record<string, unknown>): void {
    // A Map on the way: a name such as «__proto__» is then a name like any other and is refused by the schema.
    const known = this.kinds.get(kind) ?? new Map<string, unknown>();
    if (!(known instanceof Map)) return this.clash(file, [kind]);
    this.kinds.set(kind, known);
    for (const [name, value] of Object.entries(names))
      this.addOnce(file, [kind, name], () => known.set(name, value));
  }

  private addOnce(file: ParsedFile, path: string[], add: () => void): void {
    if (this.owners.has(path.join('/')) || (path.length === 1 && this.kinds.has(path[0] ?? '')))
      return this.clash(file, path);
    this.owners.set(path.join('/'), file);
    add();
  }

  private clash(file: ParsedFile, path: string[]): void {
    const first = this.owners.get(path.join('/'))?.placeOf(path);
    const where = first === undefined ? '' : ` (${first.file}:${first.line})`;
    const cure =
      path.length === 1 ? 'keep it in one file, because its order matters' : 'rename one or remove it';
    this.faults.push({
      ...file.placeOf(path),
      message: `«${path.join('.')}» is defined twice${where}; ${cure}`,
    });
  }

  private placeOf(pointer: string): Place | undefined {
    const path = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const [kind = '', name = ''] = path;
    const item = this.added.get(`${kind}/${name}`);
    if (item !== undefined) return item.file.placeOf([kind, item.index, ...keysOf(path.slice(2))]);
    const owner = this.owners.get(`${kind}/${name}`) ?? this.owners.get(kind) ?? this.first.get(kind);
    return owner?.placeOf(keysOf(path));
  }
}

const keysOf = (path: readonly string[]): (string | number)[] =>
  path.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
