import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const REPLAY = join(ROOT, 'libs/rules/src/simulate/replay/simulate-history.ts');

/** What is left in the program: an import of types alone is not. */
const IMPORT = /^(?:import|export) (?!type\b)[^;]*?from '([^']+)';/gmu;

/** Every file that a replay stands on, and every package. */
async function standsOn(first: string): Promise<{ files: string[]; packages: string[] }> {
  const files = new Set([first]);
  const packages = new Set<string>();
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    for (const [, name = ''] of text.matchAll(IMPORT))
      if (name.startsWith('.')) files.add(join(dirname(file), name.replace(/\.js$/u, '.ts')));
      else packages.add(name);
  }
  return { files: [...files].map((file) => relative(ROOT, file)), packages: [...packages].sort() };
}

describe('a replay', () => {
  it('stands on rules, contracts and calculation alone: there is nothing in it by which it could send', async () => {
    const { files, packages } = await standsOn(REPLAY);
    expect(files.length).toBeGreaterThan(80);
    expect(files.filter((file) => !file.startsWith('libs/rules/src/'))).toEqual([]);
    expect(packages).toEqual([
      ...['@marcbachmann/cel-js', '@tocsin/contracts', 'rrule-temporal', 'temporal-polyfill'],
    ]);
  });
});
