import { type LayerHours, WEEKDAYS } from '@tocsin/contracts';
import { DAY_MS, type LocalTime, WEEK_MS } from './zone-clock.js';

const MINUTE_MS = 60_000;

/** 1970-01-05 was a Monday: weeks of the wall clock are counted from it. */
const FIRST_MONDAY = 4 * DAY_MS;

/** A stretch of the week in milliseconds since Monday 00:00. It may end after the week does. */
export interface WeekSpan {
  readonly from: number;
  readonly until: number;
}

/** When the week began that a wall clock shows. */
export const mondayOf = (local: LocalTime): LocalTime =>
  Math.floor((local - FIRST_MONDAY) / WEEK_MS) * WEEK_MS + FIRST_MONDAY;

/** The hours as stretches of a week, sorted, neither touching nor overlapping; one that runs over Sunday night ends after the week. */
export function patternOf(hours: readonly LayerHours[]): WeekSpan[] {
  const spans = hours.flatMap(({ days, from, to }) =>
    days.map((day) => {
      const start = WEEKDAYS.indexOf(day) * DAY_MS + from * MINUTE_MS;
      const length = (to - from) * MINUTE_MS;
      return { from: start, until: start + (length > 0 ? length : length + DAY_MS) };
    }),
  );
  return overSunday(merged(spans));
}

function merged(spans: readonly WeekSpan[]): WeekSpan[] {
  const all: WeekSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = all.at(-1);
    if (last === undefined || span.from > last.until) all.push(span);
    else all[all.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
  }
  return all;
}

/** What runs over the end of the week swallows what it reaches at the beginning. */
function overSunday(spans: readonly WeekSpan[]): WeekSpan[] {
  const rest = [...spans];
  for (let [first, last] = ends(rest); first !== last; [first, last] = ends(rest)) {
    if (first === undefined || last === undefined || last.until < first.from + WEEK_MS) break;
    rest.shift();
    rest[rest.length - 1] = { from: last.from, until: Math.max(last.until, first.until + WEEK_MS) };
  }
  return rest;
}

const ends = (spans: readonly WeekSpan[]): [WeekSpan | undefined, WeekSpan | undefined] => [
  spans[0],
  spans.at(-1),
];

/** Whether the pattern has no hole in any week. */
export const isWholeWeek = (pattern: readonly WeekSpan[]): boolean =>
  pattern.some(({ from, until }) => until - from >= WEEK_MS);

/** Whether a stretch of the wall clock, shorter than a week, meets the pattern. */
export function meets(pattern: readonly WeekSpan[], from: LocalTime, until: LocalTime): boolean {
  const monday = mondayOf(from);
  const [start, end] = [from - monday, until - monday];
  return [-WEEK_MS, 0, WEEK_MS].some((shift) =>
    pattern.some((span) => span.from + shift < end && start < span.until + shift),
  );
}

/** Whether the first pattern covers every moment of the second. */
export const includes = (pattern: readonly WeekSpan[], other: readonly WeekSpan[]): boolean =>
  isWholeWeek(pattern) ||
  other.every(({ from, until }) =>
    [-WEEK_MS, 0, WEEK_MS].some((shift) =>
      pattern.some((span) => span.from + shift <= from && until <= span.until + shift),
    ),
  );
