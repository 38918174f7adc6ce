import type { Instant } from '@tocsin/contracts';
import { mondayOf, type WeekSpan } from './week-pattern.js';
import { instantOfLocal, isEven, localTimeAt, WEEK_MS } from './zone-clock.js';

/** Whether a layer's hours cover an instant, and for how long around it that stays so. */
export interface Covered {
  readonly covered: boolean;
  readonly from: Instant;
  readonly until: Instant;
}

const ALWAYS: Covered = { covered: true, from: -Infinity, until: Infinity };

/** @param pattern undefined is all hours */
export const hoursAt = (pattern: readonly WeekSpan[] | undefined, zone: string, at: Instant): Covered =>
  pattern === undefined ? ALWAYS : around(pattern, zone, at);

/**
 * Far from every change of the clock a week is a week: places in it are enough. Near a change each end is looked up
 * in the zone. A stretch that the clock jumps over is none; one that it shows twice lasts longer. Ends that meet on
 * the wall clock meet in time, so no hole opens between two layers.
 */
function around(pattern: readonly WeekSpan[], zone: string, at: Instant): Covered {
  const local = localTimeAt(zone, at);
  const monday = mondayOf(local);
  const even = isEven(zone, at - 2 * WEEK_MS, at + 2 * WEEK_MS);
  const ahead = local - at;
  const weeks = even ? 1 : 2;
  let [from, until] = [-Infinity, Infinity];
  // Asked of every layer of every schedule: it makes no list of what it looks at.
  for (let week = monday - weeks * WEEK_MS; week <= monday + weeks * WEEK_MS; week += WEEK_MS) {
    for (const span of pattern) {
      const begins = even ? week + span.from - ahead : instantOfLocal(zone, week + span.from);
      const ends = even ? week + span.until - ahead : instantOfLocal(zone, week + span.until);
      if (begins >= ends) continue;
      if (begins <= at && at < ends) return { covered: true, from: begins, until: ends };
      if (ends <= at) from = Math.max(from, ends);
      else until = Math.min(until, begins);
    }
  }
  return { covered: false, from, until };
}
