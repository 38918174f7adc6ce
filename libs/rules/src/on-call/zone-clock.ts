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

const windows = new Map<string, Map<number, readonly OffsetFrom[]>>();

function windowOf(zone: string, index: number): readonly OffsetFrom[] {
  let ofZone = windows.get(zone);
  if (ofZone === undefined) windows.set(zone, (ofZone = new Map<number, readonly OffsetFrom[]>()));
  let offsets = ofZone.get(index);
  if (offsets === undefined) ofZone.set(index, (offsets = readWindow(zone, index * WINDOW_MS)));
  return offsets;
}

function readWindow(zone: string, start: Instant): OffsetFrom[] {
  const offsets: OffsetFrom[] = [];
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  for (; at !== null && at.epochMilliseconds < start + WINDOW_MS; at = at.getTimeZoneTransition('next')) {
    offsets.push({ from: at.epochMilliseconds, offset: at.offsetNanoseconds / 1e6 });
  }
  return offsets;
}

/** @returns milliseconds by which the zone's wall clock is ahead of UTC at an instant */
export function offsetAt(zone: string, at: Instant): number {
  let found = 0;
  for (const { from, offset } of windowOf(zone, Math.floor(at / WINDOW_MS))) {
    if (from > at) break;
    found = offset;
  }
  return found;
}

/** The offset at an instant, and until when at least it stays the same. */
export function offsetSpanAt(
  zone: string,
  at: Instant,
): { readonly offset: number; readonly until: Instant } {
  const index = Math.floor(at / WINDOW_MS);
  const next = windowOf(zone, index).find(({ from }) => from > at);
  return { offset: offsetAt(zone, at), until: next?.from ?? (index + 1) * WINDOW_MS };
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
