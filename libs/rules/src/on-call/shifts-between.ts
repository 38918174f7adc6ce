import type { Instant, Schedule } from '@tocsin/contracts';
import { layerStart } from './layer-shift.js';
import type { OnCallShift } from './on-call-shift.js';
import { whoIsOnCall } from './who-is-on-call.js';

/**
 * Every shift of a span, cut to it, in order; where nobody is on call there is none.
 *
 * @param until the first instant that is no longer looked at
 */
export function shiftsBetween(schedule: Schedule, from: Instant, until: Instant): OnCallShift[] {
  const shifts: OnCallShift[] = [];
  for (let at: Instant | undefined = from; at !== undefined && at < until; ) {
    const shift = whoIsOnCall(schedule, at);
    if (shift !== undefined) shifts.push({ ...shift, from: at, until: Math.min(shift.until, until) });
    at = shift?.until ?? nextStart(schedule, at);
  }
  return shifts;
}

/** Nobody is on call only before every layer begins. */
function nextStart({ layers, timeZone }: Schedule, at: Instant): Instant | undefined {
  const later = layers.map((layer) => layerStart(layer, timeZone)).filter((start) => start > at);
  return later.length === 0 ? undefined : Math.min(...later);
}
