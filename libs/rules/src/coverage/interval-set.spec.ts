import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { type IntervalSet, type Span, union, within } from './interval-set.js';

const END = 30;
const spans = fc
  .tuple(fc.nat(END), fc.nat(END))
  .filter(([a, b]) => a !== b)
  .map(([a, b]): Span => ({ from: Math.min(a, b), until: Math.max(a, b) }));

const instants = Array.from({ length: END + 1 }, (_, at) => at);
const isIn = (set: readonly Span[], at: number): boolean =>
  set.some(({ from, until }) => from <= at && at < until);
const marks = (has: (at: number) => boolean): string => instants.map((at) => (has(at) ? '#' : '.')).join('');
const isInOrder = (set: IntervalSet): boolean =>
  set.every(({ from, until }, i) => from < until && (i === 0 || (set[i - 1]?.until ?? from) < from));

describe('spans of time', () => {
  it('joined hold what any of them holds, in order, none touching the next', () => {
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 8 }), (all) => {
        const joined = union(all);
        expect(marks((at) => isIn(joined, at))).toBe(marks((at) => isIn(all, at)));
        expect(isInOrder(joined)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });

  it('cut to a span hold what both hold, and no empty piece', () => {
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 8 }), spans, (all, span) => {
        const set = union(all);
        const cut = within(set, span);
        expect(marks((at) => isIn(cut, at))).toBe(marks((at) => isIn(set, at) && isIn([span], at)));
        expect(isInOrder(cut)).toBe(true);
      }),
      { numRuns: runs(500) },
    );
  });
});
