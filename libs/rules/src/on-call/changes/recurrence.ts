import type { Instant } from '@tocsin/contracts';
import { RRuleTemporal } from 'rrule-temporal';
import { stampOf } from '../import-leave/ics-time.js';
import type { TimeSpan } from '../on-call-shift.js';
import { DAY_MS, instantOfLocal, type LocalTime, localTimeAt } from '../zone-clock.js';

/** How a stretch comes again: by an RRULE on the wall clock of a zone, for occurrences that begin before its end. */
export interface Recurrence {
  readonly rule: string;
  readonly timeZone: string;
  readonly until: Instant;
}

/** The first stretch, and how it comes again. */
export interface Recurring extends TimeSpan {
  readonly repeats: Recurrence;
}

/** What keeps a recurrence from being laid out. */
export type RecurrenceFault = 'ruleUnread' | 'ruleMissesFirst' | 'ruleOverlaps';

/** The end and the times of day stand in the change itself; what else RFC 5545 knows is not for shifts. */
const RULE =
  /^FREQ=(DAILY|WEEKLY|MONTHLY)(;(INTERVAL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)=[-+A-Z0-9,]+)*$/;

/** Of a rule that is asked for again and again, in each decision: as many are kept as a large tenant has. */
const MOST_KEPT = 2000;
const kept = new Map<string, readonly TimeSpan[]>();

/**
 * Every stretch of a recurrence, in order: each from and until the same times of day, however the clock changes. One
 * that the clock jumps over is none; the last is cut at the end.
 *
 * @throws RangeError when the rule cannot be read; `recurrenceFault` says so before
 */
export function occurrencesOf({ from, until, repeats }: Recurring): readonly TimeSpan[] {
  const { rule, timeZone, until: end } = repeats;
  const key = `${rule} ${timeZone} ${from} ${until} ${end}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const first = localTimeAt(timeZone, from);
  const length = localTimeAt(timeZone, until) - first;
  const spans = beginningsOf(rule, first, localTimeAt(timeZone, end) + DAY_MS)
    .map((local) => ({
      from: instantOfLocal(timeZone, local),
      until: Math.min(end, instantOfLocal(timeZone, local + length)),
    }))
    .filter((span) => span.from < span.until);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(key, spans);
  return spans;
}

/** @returns undefined when the recurrence can be laid out, begins with its first stretch and never overlaps itself */
export function recurrenceFault({ from, until, repeats }: Recurring): RecurrenceFault | undefined {
  const { rule, timeZone, until: end } = repeats;
  const first = localTimeAt(timeZone, from);
  let beginnings: LocalTime[];
  try {
    beginnings = beginningsOf(rule, first, localTimeAt(timeZone, end) + DAY_MS);
  } catch (error) {
    if (error instanceof Error) return 'ruleUnread';
    throw error;
  }
  if (beginnings[0] !== first) return 'ruleMissesFirst';
  const length = localTimeAt(timeZone, until) - first;
  const overlaps = beginnings.some((local, i) => {
    const next = beginnings[i + 1];
    return next !== undefined && next < local + length;
  });
  return overlaps || length <= 0 ? 'ruleOverlaps' : undefined;
}

/** The rule is laid out on the wall clock, as if that were UTC, so that a zone's changes do not move an occurrence. */
function beginningsOf(rule: string, first: LocalTime, until: LocalTime): LocalTime[] {
  if (!RULE.test(rule)) throw new RangeError('no rule of this kind is read');
  return new RRuleTemporal({ rruleString: `DTSTART:${stampOf(first)}\nRRULE:${rule}` })
    .between(new Date(first), new Date(until), true)
    .map(({ epochMilliseconds }) => epochMilliseconds);
}
