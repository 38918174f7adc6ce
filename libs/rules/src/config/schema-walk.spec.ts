import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { findAll, keysAt } from './schema-walk.js';

const Text = z.union([z.string(), z.object({ en: z.string() })]).transform((t) => t);
const Tree = z.strictObject({
  rules: z.array(z.strictObject({ name: z.string(), because: Text.optional() })).default([]),
  calls: z
    .record(z.string(), z.union([z.strictObject({ sms: z.string() }), z.strictObject({ mail: Text })]))
    .prefault({}),
});

describe('walking a tree by its schema', () => {
  it.each([
    [[], ['rules', 'calls']],
    [
      ['rules', 3],
      ['name', 'because'],
    ],
    [
      ['calls', 'any'],
      ['sms', 'mail'],
    ],
    [['calls'], []],
    [['nowhere', 'at all'], []],
  ])('knows the keys at %j', (place, keys) => {
    expect(keysAt(Tree, place)).toEqual(keys);
  });

  it('finds every value of one part, through lists, records, unions and defaults', () => {
    const tree = {
      rules: [{ name: 'a', because: 'x' }, { name: 'b' }],
      calls: { bo: { mail: { en: 'y' } }, odd: 7 },
    };
    expect([...findAll(Tree, Text, tree)]).toEqual([
      { place: ['rules', 0, 'because'], value: 'x' },
      { place: ['calls', 'bo', 'mail'], value: { en: 'y' } },
    ]);
  });
});
