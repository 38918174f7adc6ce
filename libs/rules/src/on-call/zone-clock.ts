import type { Instant } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00 on the wall clock of a zone. */
export type LocalTime = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Offsets are read from the zone table in windows of this length and kept: a look-up is then two comparisons. */
const WINDOW_MS = 366 * DAY_MS;

interface OffsetFrom {
  readonly from: Instant;
  readonly offset: number;
}

const windows = new Map<string, readonly OffsetFrom[]>();

function windowOf(zone: string, index: number): readonly OffsetFrom[] {
  const key = `${zone} ${index}`;
  const known = windows.get(key);
  if (known !== undefined) return known;
  const start = index * WINDOW_MS;
  const end = start + WINDOW_MS;
  const offsets: OffsetFrom[] = [];
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  for (; at !== null && at.epochMilliseconds < end; at = at.getTimeZoneTransition('next')) {
    offsets.push({ from: at.epochMilliseconds, offset: at.offsetNanoseconds / 1e6 });
  }
  windows.set(key, offsets);
  return offsets;
}

/** @returns milliseconds by which the zone's wall clock is ahead of UTC at an instant */
export function offsetAt(zone: string, at: Instant): number {
  const offsets = windowOf(zone, Math.floor(at / WINDOW_MS));
  return offsets.findLast((o) => o.from <= at)?.offset ?? 0;
}

/** The wall clock of a zone at an instant. */
export const localTimeAt = (zone: string, at: Instant): LocalTime => at + offsetAt(zone, at);

/**
 * When the wall clock shows a time. A time that comes twice means the first; a time that is skipped means as much
 * later as the clock jumps (RFC 5545 and Temporal's «compatible»).
 */
export function instantOfLocal(zone: string, local: LocalTime): Instant {
  const before = offsetAt(zone, local - DAY_MS);
  const behind = offsetAt(zone, local + DAY_MS);
  const first = local - before;
  if (before === behind || offsetAt(zone, first) === before) return first;
  const second = local - behind;
  return offsetAt(zone, second) === behind ? second : first;
}
