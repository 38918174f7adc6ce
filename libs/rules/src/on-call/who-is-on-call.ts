import type { Instant, Schedule } from '@tocsin/contracts';
import { isShift, type Lane, type Segment, segmentAt } from './lane.js';
import type { OnCallShift } from './on-call-shift.js';

/**
 * Who answers at an instant, in the primary role unless the lane says another. Its first named person takes a layer's
 * first handover. The same answer as `finalShifts` gives for that instant.
 *
 * @returns undefined when nobody does; `onCallAt` says why
 */
export function whoIsOnCall(schedule: Schedule, at: Instant, lane: Lane = {}): OnCallShift | undefined {
  const segment = onCallAt(schedule, at, lane);
  return isShift(segment) ? segment : undefined;
}

/** The shift or the gap at an instant, in its full length. */
export function onCallAt(schedule: Schedule, at: Instant, lane: Lane = {}): Segment {
  const found = segmentAt(schedule, at, lane);
  let { from, until } = found;
  while (from > -Infinity) {
    const before = segmentAt(schedule, from - 1, lane);
    if (!isSame(before, found)) break;
    from = before.from;
  }
  while (until < Infinity) {
    const next = segmentAt(schedule, until, lane);
    if (!isSame(next, found)) break;
    until = next.until;
  }
  return { ...found, from, until };
}

/** Whether two neighbours are one: the same person by the same turn or change, or nobody for the same reason. */
export function isSame(a: Segment, b: Segment): boolean {
  if ((isShift(a) ? a.person : undefined) !== (isShift(b) ? b.person : undefined)) return false;
  return isSameWhy(a.why, b.why);
}

type Why = Segment['why'];

/** What tells reasons of one kind apart: a turn of a layer, a change, or both. */
const isSameWhy = (a: Why, b: Why): boolean =>
  a.by === b.by && turnOf(a) === turnOf(b) && changeOf(a) === changeOf(b);

const turnOf = (why: Why): string => ('turn' in why ? `${why.layer} ${why.turn}` : '');

const changeOf = (why: Why): string => ('change' in why ? why.change : '');
