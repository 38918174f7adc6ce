import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { loadTables } from './load-tables.js';
import { mergeFiles, type TreeResult } from './merge-files.js';

/** Most files of one tree: a folder given by mistake (a home, a disk) is refused instead of read. */
const MAX_FILES = 2000;

/** Folders inside a tree that hold other things than config. */
const NOT_CONFIG = new Set(['node_modules', 'traffic']);

/**
 * Reads a config tree: one `.yaml` file, or every one below a folder (but not in `traffic/` and hidden folders), with
 * the CSV files that its tables name.
 * @returns the tree, or every fault with file, line and column
 */
export async function readFolder(path: string): Promise<TreeResult> {
  const failed = (file: string, message: string): TreeResult => ({
    ok: false,
    faults: [{ file, line: 1, column: 1, message }],
  });
  let paths: string[];
  try {
    const single = (await stat(path)).isFile();
    paths = single ? [path] : await yamlBelow(path);
    if (paths.length === 0) return failed(path, 'holds no .yaml file; give the folder of the config tree');
    if (paths.length > MAX_FILES)
      return failed(path, `holds over ${MAX_FILES} .yaml files; give the folder of the config tree`);
    const texts = await Promise.all(
      paths.map(async (file) => ({
        path: single ? file : relative(path, file),
        bytes: await readFile(file),
      })),
    );
    const broken = texts.find(({ bytes }) => decode(bytes) === undefined);
    if (broken !== undefined) return failed(broken.path, 'is not UTF-8; save it as UTF-8');
    const merged = mergeFiles(
      texts.map(({ path: name, bytes }) => ({ path: name, text: decode(bytes) ?? '' })),
    );
    return merged.ok ? await loadTables(merged, single ? dirname(path) : path) : merged;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    return failed(
      path,
      code === 'ENOENT' ? 'is not there; give the folder of the config tree' : `cannot be read (${code})`,
    );
  }
}

async function yamlBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.') || NOT_CONFIG.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await yamlBelow(path)));
    else if (entry.isFile() && /\.ya?ml$/.test(entry.name)) found.push(path);
    if (found.length > MAX_FILES) break;
  }
  return found;
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
