import { describe, expect, it } from '@jest/globals';
import type { PlacedCase } from '../grouping/place-raise.js';
import { type KeyedCases, placeAmongMerged } from './place-merged.js';

const MINUTE = 60_000;
const TERMS = { window: { sliding: 600 }, 'reopen-within': 1800 };

const placed = (id: bigint, minute: number, more: Partial<PlacedCase> = {}): PlacedCase => ({
  ...{
    id,
    from: minute * MINUTE,
    to: minute * MINUTE,
    priority: 'P2',
    acknowledged: false,
    openedAt: minute * MINUTE,
  },
  ...more,
});
const place = (minute: number, cases: Partial<KeyedCases>) =>
  placeAmongMerged(minute * MINUTE, { own: [], merged: [], ...cases }, TERMS);

describe('a raise whose key has cases that a person has merged into others', () => {
  it('comes to the open case of its own key', () => {
    expect(place(5, { own: [placed(1n, 0)], merged: [placed(2n, 5)] })).toEqual({
      type: 'join',
      into: 1n,
      absorbed: [],
    });
  });

  it('comes to the case that goes on for a merged one, where none of its own is open', () => {
    expect(place(5, { merged: [placed(2n, 0)] })).toEqual({ type: 'join', into: 2n, absorbed: [] });
  });

  it('comes to that rather than reopening one of its own', () => {
    const over = placed(1n, 0, { resolvedAt: 2 * MINUTE });
    expect(place(5, { own: [over], merged: [placed(2n, 4)] })).toMatchObject({ type: 'join', into: 2n });
  });

  it('makes no two of them one, though it lies between both', () => {
    expect(place(5, { merged: [placed(2n, 0), placed(3n, 10)] })).toMatchObject({
      type: 'join',
      absorbed: [],
    });
  });

  it('opens a case where it is far from all', () => {
    expect(place(90, { own: [placed(1n, 0)], merged: [placed(2n, 0)] })).toEqual({ type: 'open' });
    expect(place(90, {})).toEqual({ type: 'open' });
  });

  it('reopens the one that goes on for a merged one, or one of its own before that', () => {
    const over = (id: bigint) => placed(id, 0, { resolvedAt: 80 * MINUTE });
    expect(place(90, { merged: [over(2n)] })).toEqual({ type: 'reopen', into: 2n });
    expect(place(90, { own: [over(1n)], merged: [over(2n)] })).toEqual({ type: 'reopen', into: 1n });
    expect(place(90, { own: [over(1n)] })).toEqual({ type: 'reopen', into: 1n });
  });
});
