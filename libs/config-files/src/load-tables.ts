import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import type { MergedTree, TreeResult } from './merge-files.js';
import { parseCsv } from './parse-csv.js';
import type { FileFault } from './parse-yaml.js';

/** Bytes of one table: it is part of every revision of the config, and of what every service holds in memory. */
const MAX_BYTES = 1024 * 1024;

type Rows = readonly Readonly<Record<string, string>>[];
type Loaded = { readonly rows: Rows } | { readonly fault: FileFault };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts the CSV that a table names (`tables: { creator-tier: { file: creator-tier.csv, … } }`) into the tree as its
 * `rows`, so that a revision holds all that it needs. The file stands beside the YAML that names it, or below.
 * @param root the folder of the tree; nothing outside of it is read
 */
export async function loadTables(merged: MergedTree, root: string): Promise<TreeResult> {
  const tables = merged.tree['tables'];
  if (!isObject(tables)) return { ok: true, ...merged };
  const faults: FileFault[] = [];
  const loaded: [string, unknown][] = [];
  for (const [name, table] of Object.entries(tables)) {
    if (!isObject(table) || typeof table['file'] !== 'string' || table['rows'] !== undefined) {
      loaded.push([name, table]);
      continue;
    }
    const { file, ...rest } = table;
    const result = await loadTable({ merged, root, name, file: String(file), table: rest });
    if ('fault' in result) faults.push(result.fault);
    else loaded.push([name, { ...rest, rows: result.rows }]);
  }
  if (faults.length > 0) return { ok: false, faults };
  return { ...merged, ok: true, tree: { ...merged.tree, tables: Object.fromEntries(loaded) } };
}

interface Asked {
  readonly merged: MergedTree;
  readonly root: string;
  readonly name: string;
  readonly file: string;
  readonly table: Readonly<Record<string, unknown>>;
}

async function loadTable({ merged, root, name, file, table }: Asked): Promise<Loaded> {
  const pointer = `/tables/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const place = merged.placeOf(`${pointer}/file`) ?? { file: '', line: 1, column: 1 };
  const refuse = (message: string): Loaded => ({
    fault: { ...place, message: `table «${name}»: ${message}` },
  });
  const path = resolve(root, dirname(place.file), file);
  const inTree = relative(root, path);
  if (inTree.startsWith('..') || isAbsolute(inTree))
    return refuse(`«${file}» lies outside the config folder; put it beside this file`);
  const text = await readText(path);
  if (typeof text !== 'string') return refuse(`«${file}» ${text.message}`);
  const parsed = parseCsv(text);
  const inCsv = (line: number, message: string): Loaded => ({
    fault: { file: inTree, line, column: 1, message },
  });
  if (!parsed.ok) return inCsv(parsed.line, parsed.message);
  const { columns, rows } = parsed.table;
  const lacking = columnsOf(table).filter((column) => !columns.includes(column));
  if (lacking.length > 0)
    return inCsv(
      1,
      `lacks the column ${lacking.map((column) => `«${column}»`).join(', ')} of table «${name}» (${place.file}:${place.line}); name it in the first line`,
    );
  return { rows: rows.map(({ row }) => row) };
}

/** The columns that the table promises: its key and what it gives. */
const columnsOf = ({ key, gives }: Readonly<Record<string, unknown>>): string[] =>
  [key, ...(Array.isArray(gives) ? (gives as unknown[]) : [])].filter((name) => typeof name === 'string');

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'is not there; put it beside this file',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8; save it as UTF-8',
};

async function readText(path: string): Promise<string | { readonly message: string }> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES)
      return {
        message: `has ${size} bytes; a table may have ${MAX_BYTES} (1 MiB): split it, or leave rows out`,
      };
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    return { message: UNREADABLE[code] ?? `cannot be read (${code})` };
  }
}
