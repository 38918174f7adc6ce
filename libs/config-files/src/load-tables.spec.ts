import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readFolder, type TreeResult } from './index.js';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** Reads a folder with these files. */
async function read(files: Readonly<Record<string, string | Uint8Array>>, below = ''): Promise<TreeResult> {
  const folder = await mkdtemp(join(tmpdir(), 'tables-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return readFolder(join(folder, below));
}

const YAML =
  'tables:\n  creator-tier:\n    file: tiers.csv\n    key: requester.id\n    gives: [tier, guild]\n';

const faultOf = async (csv: string | Uint8Array | undefined, yaml = YAML): Promise<string[]> => {
  const result = await read({ 'b/t.yaml': yaml, ...(csv === undefined ? {} : { 'b/tiers.csv': csv }) });
  return result.ok ? [] : result.faults.map(({ file, line, message }) => `${file}:${line} ${message}`);
};

describe('the tables of a config folder', () => {
  it('are read from beside the YAML that names them, and become its rows', async () => {
    const csv =
      '\uFEFFrequester.id, tier,guild,valid-from\r\nu1,top,"Star, \n""one""",2026-11-02\r\n\r\nu2,,x,\r\n';
    const result = await read({ 'b/t.yaml': YAML, 'b/tiers.csv': csv });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.tree['tables']).toEqual({
      'creator-tier': {
        key: 'requester.id',
        gives: ['tier', 'guild'],
        rows: [
          { 'requester.id': 'u1', tier: 'top', guild: 'Star, \n"one"', 'valid-from': '2026-11-02' },
          { 'requester.id': 'u2', tier: '', guild: 'x', 'valid-from': '' },
        ],
      },
    });
  });

  it('may be named by a single file too, and rows in the YAML stay as they are', async () => {
    const csv = 'requester.id,tier,guild\nu1,top,x';
    expect(await read({ 't.yaml': YAML, 'tiers.csv': csv }, 't.yaml')).toMatchObject({ ok: true });
    const rows = 'tables: { t: { key: market, gives: [owner], rows: [{ market: SG, owner: bo }] } }';
    const inline = await read({ 't.yaml': rows });
    expect(inline).toMatchObject({
      ok: true,
      tree: { tables: { t: { rows: [{ market: 'SG', owner: 'bo' }] } } },
    });
  });

  it.each([
    [
      'is not there',
      undefined,
      'b/t.yaml:3 table «creator-tier»: «tiers.csv» is not there; put it beside this file',
    ],
    [
      'lacks a column',
      'requester.id,tier\nu1,top',
      'b/tiers.csv:1 lacks the column «guild» of table «creator-tier» (b/t.yaml:3); name it in the first line',
    ],
    ['is empty', '\n', 'b/tiers.csv:1 is empty; its first line names the columns'],
    [
      'has a line with a cell too many',
      'requester.id,tier,guild\nu1,top,"a\nb"\nu2,top,x,y',
      'b/tiers.csv:4 has 4 cells, and the first line names 3 columns; put text with commas in quotes',
    ],
    [
      'has a stray quote',
      'requester.id,tier,guild\nu1,to"p,x',
      'b/tiers.csv:2 has a quote that does not end its cell; double it inside quotes',
    ],
    ['names a column twice', 'tier,tier\n', 'b/tiers.csv:1 column «tier» stands twice; keep one'],
    [
      'is not UTF-8',
      Uint8Array.of(0xff, 0xfe),
      'b/t.yaml:3 table «creator-tier»: «tiers.csv» is not UTF-8; save it as UTF-8',
    ],
    [
      'is over 1 MiB',
      'x'.repeat(1024 * 1024 + 1),
      'b/t.yaml:3 table «creator-tier»: «tiers.csv» has 1048577 bytes; a table may have 1048576 (1 MiB): split it, or leave rows out',
    ],
  ])('are refused when one %s', async (_, csv, fault) => {
    expect(await faultOf(csv)).toEqual([fault]);
  });

  it.each(['../../outside.csv', '/etc/hostname'])(
    'are never read from outside the folder (%s)',
    async (file) => {
      expect(await faultOf(undefined, YAML.replace('tiers.csv', file))).toEqual([
        `b/t.yaml:3 table «creator-tier»: «${file}» lies outside the config folder; put it beside this file`,
      ]);
    },
  );
});
