import type { Instant, Seconds } from '@tocsin/contracts';
import { DAY_MS, type LocalTime, offsetSpanAt } from '../on-call/zone-clock.js';
import type { WorkingHours } from './working-hours.js';

const MINUTE_MS = 60_000;

interface WorkSpan {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The worked spans from an instant on, in order, without end. An instant is worked when the zone's wall clock shows a
 * worked time: an hour that comes twice counts twice, one that is skipped not at all.
 */
function* workFrom(hours: WorkingHours, from: Instant): Generator<WorkSpan, never> {
  for (let at = from; ; ) {
    const { offset, until } = offsetSpanAt(hours.timeZone, at);
    for (const span of localWork(hours, at + offset, until + offset))
      yield { from: span.from - offset, until: span.until - offset };
    at = until;
  }
}

/** The worked spans of a window, in order, each cut at its ends. */
export function workSpansIn(hours: WorkingHours, { from, until }: WorkSpan): WorkSpan[] {
  const spans: WorkSpan[] = [];
  for (const span of workFrom(hours, from)) {
    if (span.from >= until) return spans;
    spans.push({ from: span.from, until: Math.min(span.until, until) });
  }
  return spans;
}

/** The same on the wall clock, between two of its times. */
function* localWork(hours: WorkingHours, begin: LocalTime, end: LocalTime): Generator<WorkSpan> {
  for (let day = Math.floor(begin / DAY_MS); day * DAY_MS < end; day += 1) {
    for (const { from, until } of hours.spansOn(day)) {
      const first = Math.max(begin, day * DAY_MS + from * MINUTE_MS);
      const last = Math.min(end, day * DAY_MS + until * MINUTE_MS);
      if (first < last) yield { from: first, until: last };
    }
  }
}

/**
 * When so much working time has passed. The end of a day is due on that day, not at the next one's beginning.
 *
 * @param seconds to the millisecond; 0 and less are over at once
 */
export function dueAt(hours: WorkingHours, from: Instant, seconds: Seconds): Instant {
  let left = Math.round(seconds * 1000);
  if (left <= 0) return from;
  for (const span of workFrom(hours, from)) {
    const length = span.until - span.from;
    if (left <= length) return span.from + left;
    left -= length;
  }
  throw new RangeError('a calendar without hours');
}

/** @returns seconds of working time from one instant until another, to the millisecond; 0 when `until` is not later */
export function workedBetween(hours: WorkingHours, from: Instant, until: Instant): Seconds {
  let worked = 0;
  for (const span of workFrom(hours, from)) {
    if (span.from >= until) return worked / 1000;
    worked += Math.min(span.until, until) - span.from;
  }
  return worked / 1000;
}
