import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { formerCategories, presentCategory } from './present-category.js';

const label = { en: 'x', 'zh-CN': 'x' };
const { taxonomy } = Config.pick({ taxonomy: true }).parse({
  taxonomy: {
    'money.payout': { label, formerly: ['live.payout', 'cash'] },
    money: { label },
    live: { label },
    'live.stream': { label },
  },
});

describe('a category that had another path', () => {
  it.each([
    ['live.payout', 'money.payout'],
    ['cash', 'money.payout'],
    ['live.payout.late.bank', 'money.payout.late.bank'],
    ['live.stream', 'live.stream'],
    ['live.stream.sound', 'live.stream.sound'],
    ['live', 'live'],
    ['live.other', 'live.other'],
    ['money.payout', 'money.payout'],
    ['cashier', 'cashier'],
    ['', ''],
  ])('«%s» is «%s» now', (was, now) => {
    expect(presentCategory({ taxonomy }, was)).toBe(now);
    expect(presentCategory({ taxonomy }, now)).toBe(now);
  });

  it('is known by all of its former paths', () => {
    expect([...formerCategories({ taxonomy })]).toEqual([
      ['live.payout', 'money.payout'],
      ['cash', 'money.payout'],
    ]);
  });
});
