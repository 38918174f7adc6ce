import { describe, expect, it } from '@jest/globals';
import { changedTree } from '../config/changed-tree.given.js';
import { readConfig } from '../config/read-config.js';
import { closeIfInactive, closesAfterResolve, closingOf, inactiveAt, reopens } from './closing-times.js';

const DAY = 86_400_000;
const TIMES = { 'resolve-after': 300, 'reopen-within': 7200, inactive: 86_400 };

describe('how a case ends and comes back', () => {
  it('is what its service says, and what the tree says for all', () => {
    const read = readConfig(
      changedTree({
        '/closing': { 'resolve-after': '5m', inactive: '30d' },
        '/services/payouts/closing': { 'resolve-after': '1m', 'reopen-within': '2h' },
      }),
    );
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const all = { 'resolve-after': 300, inactive: 30 * 86_400 };
    expect(closingOf(read.config, 'payouts')).toEqual({ ...all, 'resolve-after': 60, 'reopen-within': 7200 });
    expect(closingOf(read.config, 'other')).toEqual(all);
    expect(closingOf(read.config, undefined)).toEqual(all);
  });

  it('refuses times that cannot be meant', () => {
    const read = readConfig(changedTree({ '/closing': { inactive: '0d' } }));
    expect(read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`)).toEqual([
      '/closing/inactive: between 1s and 366d',
    ]);
  });

  it('closes after the grace, or at once without one', () => {
    expect(closesAfterResolve(TIMES, 1000)).toBe(301_000);
    expect(closesAfterResolve({}, 1000)).toBeUndefined();
  });

  it.each([
    [TIMES, 0, 7_199_999, true],
    [TIMES, 0, 7_200_000, false],
    [{}, 0, 1, false],
    [TIMES, undefined, 1, false],
  ])('with %j: resolved at %s, raised at %s, opened again: %s', (times, resolvedAt, now, expected) => {
    expect(reopens(times, resolvedAt, now)).toBe(expected);
  });

  it.each([
    ['acknowledged', DAY, 'close'],
    ['none', DAY, 'close'],
    ['acknowledged', DAY - 1, DAY],
    ['running', DAY, 2 * DAY],
    ['suppressed', DAY, 2 * DAY],
    ['snoozed', DAY, 2 * DAY],
    ['exhausted', DAY, 2 * DAY],
  ] as const)('%s and last heard of a while ago (%s): %s', (status, now, expected) => {
    expect(closeIfInactive(TIMES, { status }, 0, now)).toBe(expected);
  });

  it('is never looked at without a time', () => {
    expect([inactiveAt({}, 0), closeIfInactive({}, { status: 'none' }, 0, DAY)]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
