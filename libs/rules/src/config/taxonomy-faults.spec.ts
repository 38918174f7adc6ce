import { describe, expect, it } from '@jest/globals';
import { changedTree } from './changed-tree.given.js';
import { readConfig } from './read-config.js';

const label = { en: 'x', 'zh-CN': 'x' };

const said = (taxonomy: object): string[] => {
  const read = readConfig(changedTree({ '/taxonomy/money': taxonomy }));
  return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
};

describe('former paths of categories', () => {
  it('are sound when each leads to one category that has another path now', () => {
    expect(
      said({ label, formerly: ['cash'], payout: { label, formerly: ['live.pay', 'cash.out'] } }),
    ).toEqual([]);
  });

  it.each([
    [
      { label, formerly: ['live.payout'] },
      '/taxonomy/money/formerly/0: «live.payout» is a category of the taxonomy still',
    ],
    [
      { label, formerly: ['cash'], payout: { label, formerly: ['cash'] } },
      '/taxonomy/money/payout/formerly/0: «cash» is a former path of «money» already',
    ],
  ])('%j is refused where it stands', (taxonomy, expected) => {
    expect(said(taxonomy)).toEqual([expect.stringContaining(expected)]);
  });
});
