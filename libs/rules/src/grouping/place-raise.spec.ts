import { describe, expect, it } from '@jest/globals';
import { GroupingWindow } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { hullOf, isClose } from './group-window.js';
import { type PlacedCase, placeRaise } from './place-raise.js';

const MINUTE = 60_000;
const window = (written: object): GroupingWindow => GroupingWindow.parse(written);

interface Raise {
  readonly ticket: string;
  readonly at: number;
}

/** What a placed world looks like from outside: which tickets are one case. */
const partition = (groups: readonly (readonly string[])[]): string[] =>
  groups.map((tickets) => [...new Set(tickets)].toSorted().join(' ')).toSorted();

/** Takes raises one by one, as triage does, each ticket staying in its case. */
function placed(raises: readonly Raise[], terms: { window: GroupingWindow }): string[] {
  const cases = new Map<bigint, PlacedCase>();
  const caseOf = new Map<string, bigint>();
  let next = 0n;
  for (const { ticket, at } of raises) {
    const placement = placeRaise(at, [...cases.values()], terms, caseOf.get(ticket));
    const into = placement.type === 'open' ? (next += 1n) : placement.into;
    const absorbed = placement.type === 'join' ? placement.absorbed : [];
    const before = [into, ...absorbed].flatMap((id) => cases.get(id) ?? []);
    for (const id of absorbed) cases.delete(id);
    for (const [other, id] of caseOf) if (absorbed.includes(id)) caseOf.set(other, into);
    caseOf.set(ticket, into);
    const hull = hullOf([{ from: at, to: at }, ...before]);
    cases.set(into, { id: into, priority: 'P3', acknowledged: false, openedAt: Number(into), ...hull });
  }
  return partition([...cases.keys()].map((id) => [...caseOf].flatMap(([t, of]) => (of === id ? [t] : []))));
}

/** The same by sets alone: any two groups with a pair of spans that are close are one, until nothing changes. */
function bySets(raises: readonly Raise[], { window: terms }: { window: GroupingWindow }): string[] {
  let groups = [...new Set(raises.map(({ ticket }) => ticket))].map((ticket) =>
    raises.filter((raise) => raise.ticket === ticket),
  );
  const spanOf = (group: readonly Raise[]) => hullOf(group.map(({ at }) => ({ from: at, to: at })));
  for (;;) {
    const pair = groups.flatMap((a, i) =>
      groups.slice(i + 1).flatMap((b) => (isClose(terms, spanOf(a), spanOf(b)) ? [[a, b] as const] : [])),
    )[0];
    if (pair === undefined) return partition(groups.map((group) => group.map(({ ticket }) => ticket)));
    groups = [...groups.filter((group) => !pair.includes(group)), pair.flat()];
  }
}

const anyWindow = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((m) => window({ fixed: `${m}m` })),
  fc.integer({ min: 1, max: 40 }).map((m) => window({ session: `${m}m` })),
  fc
    .tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6 }))
    .map(([m, times]) => window({ sliding: `${m}m`, 'at-most': `${m * times}m` })),
);
const raises = fc.array(
  fc.record({
    ticket: fc.constantFrom(...'ABCDEFGH'),
    at: fc.integer({ min: 0, max: 180 }).map((m) => m * MINUTE),
  }),
  { maxLength: 14 },
);

describe('placing raises', () => {
  it('makes the same cases of every order of the same raises, those that sets alone tell', () => {
    fc.assert(
      fc.property(
        anyWindow,
        raises.chain((given) =>
          fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
        ),
        (terms, [given, shuffled]) => {
          const expected = bySets(given, { window: terms });
          expect(placed(given, { window: terms })).toEqual(expected);
          expect(placed(shuffled, { window: terms })).toEqual(expected);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  const at = (minute: number) => ({ from: minute * MINUTE, to: minute * MINUTE });
  it.each<[string, object, number, number, boolean]>([
    ['sliding: on its edge', { sliding: '30m', 'at-most': '6h' }, 0, 30, true],
    ['sliding: past its edge', { sliding: '30m', 'at-most': '6h' }, 0, 31, false],
    ['sliding: across the cut', { sliding: '30m', 'at-most': '6h' }, 350, 361, false],
    ['fixed: the same hour', { fixed: '1h' }, 0, 59, true],
    ['fixed: the next hour', { fixed: '1h' }, 59, 60, false],
    ['session: never cut', { session: '30m' }, 350, 361, true],
  ])('%s', (...[, written, first, second, close]) => {
    expect(isClose(window(written), at(first), at(second))).toBe(close);
    expect(isClose(window(written), at(second), at(first))).toBe(close);
  });

  const session = { window: window({ session: '10m' }) };
  const open = (id: bigint, minute: number, more: Partial<PlacedCase> = {}): PlacedCase => ({
    ...{ id, priority: 'P3', acknowledged: false, openedAt: Number(id), ...at(minute) },
    ...more,
  });
  it.each<[string, Partial<PlacedCase>, Partial<PlacedCase>, bigint]>([
    ['the older', {}, {}, 1n],
    ['the one that somebody has', {}, { acknowledged: true }, 2n],
    ['the more urgent, whoever has the other', { acknowledged: true }, { priority: 'P1' }, 2n],
  ])('of two cases that a late raise bridges, %s goes on', (_, first, second, into) => {
    const cases = [open(1n, 0, first), open(2n, 15, second)];
    const absorbed = into === 1n ? [2n] : [1n];
    expect(placeRaise(7 * MINUTE, cases, session)).toEqual({ type: 'join', into, absorbed });
  });

  it.each<[string, number, object, object]>([
    ['within its time it returns', 25, { 'reopen-within': 600 }, { type: 'reopen', into: 1n }],
    ['past it a new one opens', 31, { 'reopen-within': 600 }, { type: 'open' }],
    ['without such a time a new one opens', 21, {}, { type: 'open' }],
    [
      'where it flaps it returns within the time in which changes are counted',
      25,
      { flap: { changes: 3, in: 600, calm: 600 } },
      { type: 'reopen', into: 1n },
    ],
  ])('of a resolved case: %s', (_, minute, more, expected) => {
    const resolved = open(1n, 0, { resolvedAt: 20 * MINUTE });
    expect(placeRaise(minute * MINUTE, [resolved], { ...session, ...more })).toEqual(expected);
  });

  it('of two that are equal in all else, the one that opened first goes on, then the one with the smaller id', () => {
    const into = (first: Partial<PlacedCase>, second: Partial<PlacedCase>) =>
      placeRaise(7 * MINUTE, [open(1n, 0, first), open(2n, 15, second)], session);
    expect(into({ openedAt: 9 }, { openedAt: 8 })).toEqual({ type: 'join', into: 2n, absorbed: [1n] });
    expect(into({ openedAt: 9 }, { openedAt: 9 })).toEqual({ type: 'join', into: 1n, absorbed: [2n] });
    const swapped = [open(2n, 15, { openedAt: 9 }), open(1n, 0, { openedAt: 9 })];
    expect(placeRaise(7 * MINUTE, swapped, session)).toEqual({ type: 'join', into: 1n, absorbed: [2n] });
  });

  it.each<[string, number, string]>([
    ['to the second of its end', 30, 'reopen'],
    ['not past it', 30 + 1 / 60, 'open'],
    ['from so long before its first raise', -10, 'reopen'],
    ['not before that', -10 - 1 / 60, 'open'],
  ])('a resolved case returns %s', (_, minute, type) => {
    const resolved = open(1n, 0, { resolvedAt: 20 * MINUTE });
    expect(placeRaise(minute * MINUTE, [resolved], { ...session, 'reopen-within': 600 }).type).toBe(type);
  });

  it('of several resolved cases the last resolved returns, then the newer', () => {
    const terms = { ...session, 'reopen-within': 3600 };
    const into = (...ends: number[]) => {
      const cases = ends.map((end, i) => open(BigInt(i + 1), 0, { resolvedAt: end * MINUTE }));
      return [cases, cases.toReversed()].map((all) => placeRaise(40 * MINUTE, all, terms));
    };
    expect(into(20, 25, 22)).toEqual([2n, 2n].map((id) => ({ type: 'reopen', into: id })));
    expect(into(20, 20)).toEqual([2n, 2n].map((id) => ({ type: 'reopen', into: id })));
  });

  it('prefers an open case to one that could return', () => {
    const cases = [open(1n, 0, { resolvedAt: 20 * MINUTE }), open(2n, 22)];
    const terms = { ...session, 'reopen-within': 3600 };
    expect(placeRaise(25 * MINUTE, cases, terms)).toEqual({ type: 'join', into: 2n, absorbed: [] });
  });

  it('says which resolved case it would have reopened where that lies in the window of the open one', () => {
    const cases = [open(1n, 20, { resolvedAt: 23 * MINUTE }), open(2n, 22)];
    const terms = { ...session, 'reopen-within': 3600 };
    expect(placeRaise(60 * MINUTE, cases, terms)).toEqual({
      ...{ type: 'join', into: 2n, absorbed: [], beside: 1n },
    });
  });
});
