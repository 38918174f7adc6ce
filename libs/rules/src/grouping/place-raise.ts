import { type GroupingRule, type Instant, type Priority, rankOf } from '@tocsin/contracts';
import { type GroupSpan, hullOf, isClose } from './group-window.js';

/** A case of one key, as placing needs to know it. */
export interface PlacedCase extends GroupSpan {
  readonly id: bigint;
  readonly priority: Priority;
  readonly acknowledged: boolean;
  readonly openedAt: Instant;
  /** Absent while it is open. */
  readonly resolvedAt?: Instant | undefined;
}

/**
 * Where a raise goes. `absorbed` are cases that it makes one with `into`; they end, and `into` goes on as it is. `beside`:
 * the resolved case that it would return to, were that not in the window of `into`.
 */
export type Placement =
  | { readonly type: 'open' }
  | {
      readonly type: 'join';
      readonly into: bigint;
      readonly absorbed: readonly bigint[];
      readonly beside?: bigint;
    }
  | { readonly type: 'reopen'; readonly into: bigint };

export type PlacingTerms = Pick<GroupingRule, 'window' | 'reopen-within' | 'flap'>;

/**
 * Which case something that was raised at an instant belongs to: the open one whose window it lies in; else the one
 * that was resolved last, within the rule's time; else a new one. Whatever the raise brings within one window becomes
 * one case, so that every order of the same raises ends in the same cases. A ticket stays in its case while that is
 * open, and carries it along.
 * @param at when it was raised, in the time of the events
 * @param cases all of the raise's key that are open, or that may be reopened
 * @param own the open case of the same ticket
 */
export function placeRaise(
  at: Instant,
  cases: readonly PlacedCase[],
  terms: PlacingTerms,
  own?: bigint,
): Placement {
  const point = { from: at, to: at };
  const open = cases.filter(({ resolvedAt }) => resolvedAt === undefined);
  const touched = open.filter((one) => one.id === own || isClose(terms.window, one, point));
  const around = { point, open, terms };
  if (isSome(touched)) return joined(touched, around);
  const returning = lastResolved(at, cases, terms);
  if (returning === undefined) return { type: 'open' };
  // Where it would return into the window of an open case, that one is the case.
  const beside = open.filter((one) => isClose(terms.window, one, hullOf([returning, point])));
  return isSome(beside)
    ? { ...joined(beside, around), beside: returning.id }
    : { type: 'reopen', into: returning.id };
}

type Some<T> = readonly [T, ...T[]];

const isSome = <T>(items: readonly T[]): items is Some<T> => items.length > 0;

interface Around {
  readonly point: GroupSpan;
  readonly open: readonly PlacedCase[];
  readonly terms: PlacingTerms;
}

function joined(
  touched: Some<PlacedCase>,
  { point, open, terms }: Around,
): Extract<Placement, { type: 'join' }> {
  const together: PlacedCase[] = [...touched];
  for (let more = true; more; ) {
    const hull = hullOf([point, ...together]);
    const next = open.find((one) => !together.includes(one) && isClose(terms.window, one, hull));
    if (next !== undefined) together.push(next);
    more = next !== undefined;
  }
  const into = together.reduce((best, one) => (survives(one, best) < 0 ? one : best), touched[0]);
  return {
    type: 'join',
    into: into.id,
    absorbed: together.filter(({ id }) => id !== into.id).map(({ id }) => id),
  };
}

/** The more urgent goes on, because its pages must not stop; of equals the one that somebody has, then the older. */
function survives(a: PlacedCase, b: PlacedCase): number {
  const byOwner = Number(b.acknowledged) - Number(a.acknowledged);
  const byAge = a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1);
  return rankOf(a.priority) - rankOf(b.priority) || byOwner || byAge;
}

/** Until when a resolved case may return, in seconds after its resolve; 0 without such a rule. */
export const returnWithin = ({ 'reopen-within': within = 0, flap }: PlacingTerms): number =>
  Math.max(within, flap?.in ?? 0);

function lastResolved(
  at: Instant,
  cases: readonly PlacedCase[],
  terms: PlacingTerms,
): PlacedCase | undefined {
  const within = returnWithin(terms) * 1000;
  if (within === 0) return undefined;
  return cases
    .filter(
      ({ from, resolvedAt }) => resolvedAt !== undefined && at <= resolvedAt + within && at >= from - within,
    )
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0) || (a.id < b.id ? 1 : -1))[0];
}
