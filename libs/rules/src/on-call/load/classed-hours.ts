import type { TimeSpan } from '../on-call-shift.js';
import { DAY_MS, HOUR_MS, offsetSpanAt } from '../zone-clock.js';

/** The night of a day is from 22:00 until 06:00 of the next. */
const MORNING = 6 * HOUR_MS;
const EVENING = 22 * HOUR_MS;
const EDGES = [MORNING, EVENING, DAY_MS];

/** A stretch of one local day that is wholly night or wholly not. */
interface ClassedStretch {
  readonly ms: number;
  /** Local days since 1970-01-01. */
  readonly day: number;
  /** The day on whose evening the night began. */
  readonly night?: number | undefined;
}

/** What hours on call cost a person, on the person's own wall clock. */
export interface ClassedHours {
  readonly hours: number;
  readonly nightHours: number;
  readonly weekendHours: number;
  readonly holidayHours: number;
  /** Nights, weekends and holidays with any time on call. */
  readonly nights: number;
  readonly weekends: number;
  readonly holidays: number;
}

/**
 * Sorts time on call by what it costs. The classes overlap: a Saturday night is both.
 *
 * @param spans that do not overlap
 * @param holidays local days since 1970-01-01
 */
export function classedHours(
  spans: readonly TimeSpan[],
  zone: string,
  holidays: ReadonlySet<number>,
): ClassedHours {
  const all = spans.flatMap((span) => stretchesOf(span, zone));
  const atNight = all.filter(({ night }) => night !== undefined);
  const atWeekend = all.filter(({ day }) => weekdayOf(day) >= SATURDAY);
  const onHoliday = all.filter(({ day }) => holidays.has(day));
  return {
    hours: hoursOf(all),
    nightHours: hoursOf(atNight),
    weekendHours: hoursOf(atWeekend),
    holidayHours: hoursOf(onHoliday),
    nights: new Set(atNight.map(({ night }) => night)).size,
    weekends: new Set(atWeekend.map(({ day }) => day - weekdayOf(day))).size,
    holidays: new Set(onHoliday.map(({ day }) => day)).size,
  };
}

const SATURDAY = 5;

/** Monday is 0; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

const hoursOf = (stretches: readonly ClassedStretch[]): number =>
  stretches.reduce((sum, { ms }) => sum + ms, 0) / HOUR_MS;

function stretchesOf({ from, until }: TimeSpan, zone: string): ClassedStretch[] {
  const stretches: ClassedStretch[] = [];
  for (let at = from; at < until; ) {
    const { offset, until: sameClock } = offsetSpanAt(zone, at);
    const day = Math.floor((at + offset) / DAY_MS);
    const clock = at + offset - day * DAY_MS;
    const edge = EDGES.find((next) => next > clock) ?? DAY_MS;
    const next = Math.min(until, sameClock, day * DAY_MS + edge - offset);
    stretches.push({ ms: next - at, day, night: nightOf(day, clock) });
    at = next;
  }
  return stretches;
}

function nightOf(day: number, clock: number): number | undefined {
  if (clock < MORNING) return day - 1;
  return clock >= EVENING ? day : undefined;
}
