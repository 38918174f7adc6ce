import { type Instant, isoOf, WEEKDAYS, type Weekday } from '@tocsin/contracts';
import { DAY_MS, HOUR_MS, localTimeAt } from '../on-call/zone-clock.js';

/** The `now.*` of conditions: the wall clock of the zone that the rule names. */
export interface NowFacts {
  /** `2026-11-25`; compares in order as text. */
  readonly date: string;
  /** `09:05`; compares in order as text. */
  readonly time: string;
  readonly day: Weekday;
  readonly hour: number;
  readonly minute: number;
}

/** 1970-01-01 was a Thursday. */
const FIRST_DAY = WEEKDAYS.indexOf('Thu');

/** @param zone IANA */
export function nowFactsAt(zone: string, now: Instant): NowFacts {
  const local = localTimeAt(zone, now);
  const iso = isoOf(local);
  return {
    date: iso.slice(0, 10),
    time: iso.slice(11, 16),
    day: WEEKDAYS[(FIRST_DAY + Math.floor(local / DAY_MS)) % WEEKDAYS.length] ?? 'Thu',
    hour: Math.floor((local % DAY_MS) / HOUR_MS),
    minute: Math.floor((local % HOUR_MS) / 60_000),
  };
}
