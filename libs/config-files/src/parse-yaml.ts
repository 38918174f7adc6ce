import { Composer, type Document, isMap, isNode, LineCounter, Parser } from 'yaml';
import { isDeeperThan } from './nesting.js';

/** A place in a file; line and column count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface FileFault extends Place {
  readonly message: string;
}

/** One file that holds a mapping of kinds. */
export interface ParsedFile {
  readonly file: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** Where the value at this path stands; the nearest enclosing one when the path leads nowhere. */
  placeOf(path: readonly (string | number)[]): Place;
}

export type YamlResult =
  | { readonly ok: true; readonly parsed: ParsedFile }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** Aliases that one file may resolve, nested ones multiplied: enough to repeat a block, too few for a YAML bomb. */
const MAX_ALIASES = 20;

/** Characters of one file; people's config is far below it. */
const MAX_LENGTH = 2 * 1024 * 1024;

/** Levels of nesting; the deepest kind of a config tree needs ten. Guards everything that walks it by recursion. */
const MAX_DEPTH = 64;

const STRICT_YAML = {
  version: '1.2',
  schema: 'core',
  merge: false,
  uniqueKeys: true,
  stringKeys: true,
  strict: true,
  logLevel: 'silent',
} as const;

/**
 * Reads YAML 1.2 by its core schema: no custom tags (`!!js/function` is refused, not ignored), no merge keys, no
 * doubled keys, one document, few aliases. The same limits hold for JSON, which is YAML.
 * @param file name for messages
 */
export function parseYaml(text: string, file: string): YamlResult {
  const at = (message: string, place = { line: 1, column: 1 }): YamlResult => ({
    ok: false,
    faults: [{ file, ...place, message }],
  });
  if (text.length > MAX_LENGTH) return at(`over ${MAX_LENGTH} characters; split it into several files`);
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (isDeeperThan(MAX_DEPTH, tokens)) return at(`nested over ${MAX_DEPTH} levels deep; write it flatter`);
  const [document, second] = [...new Composer(STRICT_YAML).compose(tokens)];
  const placeAt = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (second !== undefined)
    return at('more than one document; make it one, or split it into files', placeAt(second.range[0]));
  if (document === undefined) return { ok: true, parsed: emptyFile(file) };
  const faults = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    file,
    ...placeAt(pos[0]),
    message,
  }));
  return faults.length > 0 ? { ok: false, faults } : fileOf(document, file, placeAt, at);
}

const emptyFile = (file: string): ParsedFile => ({
  file,
  value: {},
  placeOf: () => ({ file, line: 1, column: 1 }),
});

function fileOf(
  document: Document.Parsed,
  file: string,
  placeAt: (offset: number) => { line: number; column: number },
  refuse: (message: string) => YamlResult,
): YamlResult {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (cause instanceof ReferenceError)
      return refuse(
        `aliases are refused here (${cause.message}); at most ${MAX_ALIASES} may be resolved: write the values out`,
      );
    throw cause;
  }
  if (value === null || value === undefined) return { ok: true, parsed: emptyFile(file) };
  if (!isMap(document.contents))
    return refuse('a mapping of kinds is expected, such as «people:» with names below it');
  const placeOf = (path: readonly (string | number)[]): Place => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = keyOrValueAt(document, path.slice(0, length));
      if (node !== undefined) return { file, ...placeAt(node) };
    }
    return { file, line: 1, column: 1 };
  };
  return { ok: true, parsed: { file, value: value as Record<string, unknown>, placeOf } };
}

/** Offset of the key where the path ends in a mapping (that is the line people look for), else of the value. */
function keyOrValueAt(document: Document.Parsed, path: readonly (string | number)[]): number | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (isMap(parent)) {
    const key = parent.items.find((item) => isNode(item.key) && String(item.key) === String(last))?.key;
    return isNode(key) ? key.range?.[0] : undefined;
  }
  const node: unknown = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
