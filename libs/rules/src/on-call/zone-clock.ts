import type { Instant } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00 on the wall clock of a zone. */
export type LocalTime = number;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

/** Offsets are read from the zone table in windows of this length and kept: a look-up is then two comparisons. */
const WINDOW_MS = 366 * DAY_MS;

/** A stretch in which the clock of a zone does not change. */
interface Stretch {
  readonly zone: string;
  readonly from: Instant;
  readonly until: Instant;
  /** Milliseconds by which the wall clock is ahead of UTC. */
  readonly offset: number;
}

const windows = new Map<string, Map<number, readonly Stretch[]>>();

function windowOf(zone: string, index: number): readonly Stretch[] {
  let ofZone = windows.get(zone);
  if (ofZone === undefined) windows.set(zone, (ofZone = new Map<number, readonly Stretch[]>()));
  let offsets = ofZone.get(index);
  if (offsets === undefined) ofZone.set(index, (offsets = readWindow(zone, index * WINDOW_MS)));
  return offsets;
}

function readWindow(zone: string, start: Instant): Stretch[] {
  const stretches: Stretch[] = [];
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  while (at !== null && at.epochMilliseconds < start + WINDOW_MS) {
    const next: Temporal.ZonedDateTime | null = at.getTimeZoneTransition('next');
    const until = Math.min(next?.epochMilliseconds ?? Infinity, start + WINDOW_MS);
    stretches.push({ zone, from: at.epochMilliseconds, until, offset: at.offsetNanoseconds / 1e6 });
    at = next;
  }
  return stretches;
}

/** One decision asks for several times of one zone that lie near each other. */
let latest: Stretch | undefined;

function stretchAt(zone: string, at: Instant): Stretch {
  if (latest?.zone === zone && latest.from <= at && at < latest.until) return latest;
  for (const stretch of windowOf(zone, Math.floor(at / WINDOW_MS)))
    if (at < stretch.until) return (latest = stretch);
  throw new RangeError(`the clock of ${zone} is not known at ${at}`);
}

/** @returns milliseconds by which the zone's wall clock is ahead of UTC at an instant */
export const offsetAt = (zone: string, at: Instant): number => stretchAt(zone, at).offset;

/** Whether the zone's clock does not change between two instants, both included. */
export function isEven(zone: string, from: Instant, until: Instant): boolean {
  const first = stretchAt(zone, from);
  for (let at = first.until; at <= until; ) {
    const next = stretchAt(zone, at);
    if (next.offset !== first.offset) return false;
    at = next.until;
  }
  return true;
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
