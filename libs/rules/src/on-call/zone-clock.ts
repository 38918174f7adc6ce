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
  readonly from: Instant;
  readonly until: Instant;
  /** Milliseconds by which the wall clock is ahead of UTC. */
  readonly offset: number;
}

/** What is known of one zone. */
interface ZoneClock {
  readonly zone: string;
  readonly windows: Map<number, readonly Stretch[]>;
  /** One decision asks for several times that lie near each other. */
  latest: Stretch | undefined;
}

const clocks = new Map<string, ZoneClock>();

let latestClock: ZoneClock | undefined;

function clockOf(zone: string): ZoneClock {
  if (latestClock?.zone === zone) return latestClock;
  let clock = clocks.get(zone);
  if (clock === undefined) clocks.set(zone, (clock = { zone, windows: new Map(), latest: undefined }));
  return (latestClock = clock);
}

function windowOf({ zone, windows }: ZoneClock, index: number): readonly Stretch[] {
  let stretches = windows.get(index);
  if (stretches === undefined) windows.set(index, (stretches = readWindow(zone, index * WINDOW_MS)));
  return stretches;
}

function readWindow(zone: string, start: Instant): Stretch[] {
  const stretches: Stretch[] = [];
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone);
  while (at !== null && at.epochMilliseconds < start + WINDOW_MS) {
    const next: Temporal.ZonedDateTime | null = at.getTimeZoneTransition('next');
    const until = Math.min(next?.epochMilliseconds ?? Infinity, start + WINDOW_MS);
    stretches.push({ from: at.epochMilliseconds, until, offset: at.offsetNanoseconds / 1e6 });
    at = next;
  }
  return stretches;
}

function stretchAt(zone: string, at: Instant): Stretch {
  const clock = clockOf(zone);
  const { latest } = clock;
  if (latest !== undefined && latest.from <= at && at < latest.until) return latest;
  for (const stretch of windowOf(clock, Math.floor(at / WINDOW_MS)))
    if (at < stretch.until) return (clock.latest = stretch);
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
  const next = windowOf(clockOf(zone), index).find(({ from }) => from > at);
  return { offset: offsetAt(zone, at), until: next?.from ?? (index + 1) * WINDOW_MS };
}

/** The wall clock of a zone at an instant. */
export const localTimeAt = (zone: string, at: Instant): LocalTime => at + offsetAt(zone, at);

/**
 * When the wall clock shows a time. A time that comes twice means the first; a time that is skipped means as much
 * later as the clock jumps (RFC 5545 and Temporal's «compatible»).
 */
export function instantOfLocal(zone: string, local: LocalTime): Instant {
  const { offset: before, until } = stretchAt(zone, local - DAY_MS);
  if (local + DAY_MS < until) return local - before;
  const behind = offsetAt(zone, local + DAY_MS);
  const first = local - before;
  if (before === behind || offsetAt(zone, first) === before) return first;
  const second = local - behind;
  return offsetAt(zone, second) === behind ? second : first;
}
