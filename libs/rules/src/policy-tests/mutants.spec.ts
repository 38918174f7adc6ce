import { describe, expect, it } from '@jest/globals';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { flippedComparisons } from './flip-comparisons.js';
import { mutantsOf } from './mutants-of.js';
import { scoreMutants } from './surviving-mutants.js';

const AT = { at: '2026-11-25 03:00 Asia/Singapore' };
const storm = { event: { source: 'demo', category: 'live.payout', affected: 1200 } };
const few = { event: { source: 'demo', category: 'live.payout', affected: 3 } };

/** Sees the storm's whole way to its first round's end; of a small ticket only its priority. */
const TESTS = [
  {
    name: 'a storm goes from the shift to the owner and comes back',
    given: AT,
    when: [{ 'at 0s': storm }],
    then: [
      { 'at 0s': { case: { priority: 'P1', service: 'payouts' }, paged: ['bo'] } },
      { 'at 120s': { paged: ['chen'] } },
      { 'at 300s': { paged: ['bo'] } },
    ],
  },
  {
    name: 'three are not many',
    given: AT,
    when: [{ 'at 0s': few }],
    then: [{ 'at 0s': { case: { priority: 'P3' } } }],
  },
];

function configWith(tests: unknown) {
  const read = readConfig(changedTree({ '/tests': tests }));
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

describe('mutants of a config', () => {
  it('are every mistake of the list, each once, in the order of the config', () => {
    const mutants = [...mutantsOf(configWith([]))].map(({ pointer, change }) => `${pointer}: ${change.en}`);
    expect(mutants).toEqual([
      '/policies/live-pay/steps/0/wait: 2m → 4m',
      '/policies/live-pay/steps/0/wait: 2m → 1m',
      '/policies/live-pay/steps/0: without this step',
      '/policies/live-pay/steps/1/wait: 3m → 6m',
      '/policies/live-pay/steps/1/wait: 3m → 90s',
      '/policies/live-pay/steps/1: without this step',
      '/policies/live-pay/fallback/page/0: without «team live»',
      '/policies/live-pay/fallback/page/1: without «everyone»',
      '/policies/live-pay/fallback: without the fallback',
      '/priority/rules/0/when: >= → <',
      '/priority/rules/0/set: P1 → P2',
      '/priority/default: P4 → P3',
      '/priority/default: P4 → P5',
      '/taxonomy/live.payout/priority: P3 → P2',
      '/taxonomy/live.payout/priority: P3 → P4',
      '/taxonomy/safety.child/floor: P1 → P2',
      '/sources/demo/severity/critical: P1 → P2',
      '/sources/demo/severity/info: P5 → P4',
    ]);
  });

  it('that no test kills are exactly those that the tests cannot see', () => {
    const { mutants, survivors } = scoreMutants(configWith(TESTS));
    expect(mutants).toBe(18);
    expect(survivors.map(({ pointer, change }) => `${pointer}: ${change.en}`)).toEqual([
      // Nobody looks after the first round, so whom the fallback pages is not seen.
      '/policies/live-pay/fallback/page/0: without «team live»',
      '/policies/live-pay/fallback/page/1: without «everyone»',
      '/policies/live-pay/fallback: without the fallback',
      // No ticket of the tests comes to the default, to child safety, or with a severity.
      '/priority/default: P4 → P3',
      '/priority/default: P4 → P5',
      '/taxonomy/safety.child/floor: P1 → P2',
      '/sources/demo/severity/critical: P1 → P2',
      '/sources/demo/severity/info: P5 → P4',
    ]);
  });

  it('of grouping rules are noticed by tests of several tickets', () => {
    const grouping = [
      {
        name: 'markets',
        when: 'event.category == "live.payout"',
        by: ['service', 'market'],
        window: { session: '10m' },
      },
    ];
    const ticket = (key: string, market: string) => ({ event: { ...few.event, key, market } });
    const together = {
      name: 'a market is one case for ten minutes',
      given: AT,
      when: [
        { 'at 0s': ticket('A', 'SG') },
        { 'at 9m': ticket('B', 'SG') },
        { 'at 10m': ticket('C', 'MY') },
        { 'at 24m': ticket('D', 'SG') },
      ],
      then: [{ 'at 9m': { cases: 1 } }, { 'at 10m': { cases: 2 } }, { 'at 24m': { cases: 3 } }],
    };
    const groupingSurvivors = (tests: unknown): string[] => {
      const read = readConfig(changedTree({ '/tests': tests, '/grouping': grouping }));
      if (!read.ok) throw new Error(JSON.stringify(read.faults));
      return scoreMutants(read.config)
        .survivors.filter(({ pointer }) => pointer.startsWith('/grouping'))
        .map(({ pointer, change }) => `${pointer}: ${change.en}`);
    };
    const all = [
      '/grouping/0/when: == → !=',
      '/grouping/0/window/session: 10m → 20m',
      '/grouping/0/window/session: 10m → 5m',
      '/grouping/0/by/0: without «service»',
      '/grouping/0/by/1: without «market»',
    ];
    expect(groupingSurvivors([])).toEqual(all);
    // Every ticket is of one service: that part of the key is not seen.
    expect(groupingSurvivors([together])).toEqual(['/grouping/0/by/0: without «service»']);
  });

  it('all survive where nothing is tested', () => {
    const { mutants, survivors } = scoreMutants(configWith([]));
    expect(survivors).toHaveLength(mutants);
  });
});

describe('turning comparisons round', () => {
  it.each([
    [
      'event.affected >= 500 && event.market == "SG"',
      ['event.affected < 500 && event.market == "SG"', 'event.affected >= 500 && event.market != "SG"'],
    ],
    [
      "event.subject == \"a >= b\" || event.key != 'it\\'s < 3'",
      [
        "event.subject != \"a >= b\" || event.key != 'it\\'s < 3'",
        "event.subject == \"a >= b\" || event.key == 'it\\'s < 3'",
      ],
    ],
    ['event.restricted', []],
  ])('of %s', (expression, flipped) => {
    expect([...flippedComparisons(expression)].map((one) => one.flipped)).toEqual(flipped);
  });
});
