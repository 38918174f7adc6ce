import type { Schedule } from '@tocsin/contracts';
import { isShift, type Lane, type Segment, segmentAt } from './lane.js';
import type { OnCallGap, OnCallShift, Timeline, TimeSpan } from './on-call-shift.js';
import { isSame } from './who-is-on-call.js';

/**
 * Who is on call through a window, with all changes applied: shifts and gaps fill it without hole or overlap, each
 * cut at the window's ends.
 *
 * @throws RangeError when the window has no end or its end is not after its beginning
 */
export function finalShifts(schedule: Schedule, { from, until }: TimeSpan, lane: Lane = {}): Timeline {
  if (!Number.isFinite(from) || !Number.isFinite(until) || until <= from)
    throw new RangeError('a window runs from one instant to a later one');
  const segments: Segment[] = [];
  for (let at = from; at < until; ) {
    const found = segmentAt(schedule, at, lane);
    const segment = { ...found, from: at, until: Math.min(found.until, until) };
    const last = segments.at(-1);
    if (last !== undefined && isSame(last, segment))
      segments[segments.length - 1] = { ...last, until: segment.until };
    else segments.push(segment);
    at = segment.until;
  }
  return {
    role: lane.role ?? 'primary',
    shifts: segments.filter((segment): segment is OnCallShift => isShift(segment)),
    gaps: segments.filter((segment): segment is OnCallGap => !isShift(segment)),
  };
}
