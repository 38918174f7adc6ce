import { type Instant, isoOf, type Weekday, WEEKDAYS } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call/on-call-shift.js';
import { DAY_MS, instantOfLocal, localTimeAt } from '../on-call/zone-clock.js';
import type { QuietWindow, Weekly } from './quiet-window.js';

const MINUTE_MS = 60_000;

type Times = QuietWindow['times'];

/** The stretch that holds an instant; of several the one that lasts longest. */
export function spanAt(times: Times, at: Instant): TimeSpan | undefined {
  if (times.kind === 'once') return times.from <= at && at < times.until ? times : undefined;
  return [...beginnings(times, { from: at, until: at + 1 })]
    .filter(({ from, until }) => from <= at && at < until)
    .at(-1);
}

/** The stretches that meet a span of time, in order. */
export function spansIn(times: Times, within: TimeSpan): TimeSpan[] {
  const all = times.kind === 'once' ? [times] : [...beginnings(times, within)];
  return all
    .filter(({ from, until }) => from < within.until && within.from < until)
    .map(({ from, until }) => ({ from, until }));
}

/** Weeks that are searched for the next beginning: windows that begin later are far from anybody's mind. */
const SEARCHED_MS = 400 * DAY_MS;

/** The stretch that is going on at an instant, or the next one; undefined when none comes. */
export const spanFrom = (times: Times, at: Instant): TimeSpan | undefined =>
  times.kind === 'once'
    ? times.until > at
      ? { from: times.from, until: times.until }
      : undefined
    : (spanAt(times, at) ?? nextSpan(times, at));

function nextSpan(times: Weekly, at: Instant): TimeSpan | undefined {
  const first = times.since === undefined ? at : Math.max(at, Date.parse(times.since) - 2 * DAY_MS);
  for (let from = first; from < first + SEARCHED_MS; from += 8 * DAY_MS) {
    const next = spansIn(times, { from, until: from + 8 * DAY_MS }).find((span) => span.from >= at);
    if (next !== undefined) return next;
  }
  return undefined;
}

/**
 * Every stretch that begins on a local day from which it could meet the span, in order. A beginning that the clock
 * skips is as much later as the clock jumps, one that comes twice is the first; the length is elapsed time.
 */
function* beginnings(times: Weekly, within: TimeSpan): Generator<TimeSpan> {
  const { timeZone, days, from, lasts, since = '', until = '9999-12-31' } = times;
  const lastsMs = lasts * 1000;
  // A skipped beginning may lie on the next day, and no zone's clock jumps by more than a day.
  const first = Math.floor(localTimeAt(timeZone, within.from - lastsMs) / DAY_MS) - 1;
  const last = Math.floor(localTimeAt(timeZone, within.until) / DAY_MS) + 1;
  for (let day = first; day <= last; day += 1) {
    const date = isoOf(day * DAY_MS).slice(0, 10);
    if (date < since || date > until || !days.includes(weekdayOf(day))) continue;
    const begins = instantOfLocal(timeZone, day * DAY_MS + from * MINUTE_MS);
    yield { from: begins, until: begins + lastsMs };
  }
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): Weekday => WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'Mon';
