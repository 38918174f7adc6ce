import type { Schedule } from '@tocsin/contracts';
import { finalShifts } from './final-shifts.js';
import type { Lane } from './lane.js';
import type { OnCallGap, TimeSpan } from './on-call-shift.js';

/**
 * Where nobody is on call though somebody must be.
 *
 * @param requires `24x7`, or the hours of the schedule's calendar within the window: gaps outside of them are intended
 */
export function gapsOf(
  schedule: Schedule,
  window: TimeSpan,
  requires: '24x7' | readonly TimeSpan[],
  lane: Lane = {},
): OnCallGap[] {
  const { gaps } = finalShifts(schedule, window, lane);
  if (requires === '24x7') return [...gaps];
  return gaps.flatMap((gap) =>
    requires
      .map(({ from, until }) => ({
        ...gap,
        from: Math.max(gap.from, from),
        until: Math.min(gap.until, until),
      }))
      .filter(({ from, until }) => from < until),
  );
}
