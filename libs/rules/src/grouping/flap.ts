import type { FlapRule, Instant } from '@tocsin/contracts';

/** What a case remembers of its changes between wrong and right. Plain JSON. */
export interface FlapState {
  /** Of the last changes, in the time of the events; no more than the rule looks at. */
  readonly changes: readonly Instant[];
  /** Present while the case flaps. */
  readonly flapping?: { readonly since: Instant; readonly calmAt: Instant } | undefined;
}

export const STEADY: FlapState = { changes: [] };

/**
 * Counts one change. So many of the rule within its time, and the case flaps; each further one puts off the calm.
 * @param at when it changed, in the time of the events
 * @param now from the database's clock: calm is waited for, not dated
 */
export function countChange(
  { changes, flapping }: FlapState,
  at: Instant,
  rule: FlapRule,
  now: Instant,
): FlapState {
  const known = [...changes, at].toSorted((a, b) => a - b);
  const newest = known.at(-1) ?? at;
  const recent = known.filter((change) => newest - change <= rule.in * 1000).slice(-rule.changes);
  const calmAt = now + rule.calm * 1000;
  if (flapping !== undefined) return { changes: recent, flapping: { ...flapping, calmAt } };
  return recent.length < rule.changes
    ? { changes: recent }
    : { changes: recent, flapping: { since: now, calmAt } };
}

/** Whether the calm has come; before it nothing happens. */
export const isCalm = ({ flapping }: FlapState, now: Instant): boolean =>
  flapping !== undefined && flapping.calmAt <= now;
