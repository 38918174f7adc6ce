import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { changedTree } from './changed-tree.given.js';
import { configSchema } from './config-schema.js';

const FILE = new URL('../../../../docs/config/tocsin.schema.json', import.meta.url);

describe('docs/config/tocsin.schema.json', () => {
  it('says what the contract says; where it does not, it is written anew and this fails once', async () => {
    const current: unknown = JSON.parse(JSON.stringify(configSchema()));
    const written: unknown = JSON.parse(await readFile(FILE, 'utf8').catch(() => 'null'));
    if (!isDeepStrictEqual(written, current))
      await writeFile(FILE, `${JSON.stringify(current, undefined, 2)}\n`);
    expect(written).toEqual(current);
  });
});

describe('the JSON Schema of the config tree', () => {
  const schema = z.fromJSONSchema(configSchema());

  it('takes a tree as people write it, its taxonomy nested', () => {
    expect(schema.safeParse(changedTree({})).error).toBeUndefined();
  });

  it.each([
    ['a key that it does not know', { '/people/bo/timezone': 'UTC' }],
    ['a kind that it does not know', { '/polices': {} }],
    ['a duration without a unit', { '/policies/live-pay/steps/0/wait': '120' }],
    ['a priority that there is not', { '/taxonomy/live/payout/priority': 'P9' }],
    ['a missing key', { '/services/payouts/team': undefined }],
  ])('refuses %s', (_, changes) => {
    expect(schema.safeParse(changedTree(changes)).success).toBe(false);
  });
});
