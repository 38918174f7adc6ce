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
export const isSame = (a: Segment, b: Segment): boolean => isShift(a) === isShift(b) && keyOf(a) === keyOf(b);

function keyOf(segment: Segment): string {
  const { why } = segment;
  const person = isShift(segment) ? segment.person : '';
  switch (why.by) {
    case 'layer':
      return `${person} layer ${why.layer} ${why.turn}`;
    case 'override':
    case 'swap':
    case 'leave':
      return `${person} ${why.by} ${why.change}`;
    case 'no-layer':
      return why.by;
  }
}
