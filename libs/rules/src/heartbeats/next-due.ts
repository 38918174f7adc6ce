import { type Heartbeat, type Instant, type Weekday, WEEKDAYS } from '@tocsin/contracts';
import { DAY_MS, instantOfLocal, localTimeAt } from '../on-call/zone-clock.js';

const MINUTE_MS = 60_000;

/**
 * When silence becomes a miss, for a sign heard at `heard`: `every` later, or at the next clock time, plus the grace.
 * A sign that comes up to the grace before its clock time stands for that time: jobs start a little early.
 */
export function nextDue(rule: Heartbeat, heard: Instant): Instant {
  const grace = rule.grace * 1000;
  if (rule.every !== undefined) return heard + rule.every * 1000 + grace;
  return nextClockTime(rule, heard + grace) + grace;
}

/** The first clock time of the rule that is later than `after`. */
function nextClockTime({ at = 0, on, timeZone = 'UTC' }: Heartbeat, after: Instant): Instant {
  const days: readonly Weekday[] = on ?? WEEKDAYS;
  const today = Math.floor(localTimeAt(timeZone, after) / DAY_MS);
  // A week has every weekday; one day more, because today's time may have passed.
  for (let day = today; day <= today + WEEKDAYS.length; day += 1) {
    const instant = instantOfLocal(timeZone, day * DAY_MS + at * MINUTE_MS);
    if (instant > after && days.includes(weekdayOf(day))) return instant;
  }
  throw new Error('a week without any of its weekdays');
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): Weekday => WEEKDAYS[(day + 3) % WEEKDAYS.length] ?? 'Mon';
