import type { Instant, Schedule } from '@tocsin/contracts';
import { layerStart } from './layer-shift.js';
import { whoIsOnCall } from './who-is-on-call.js';

/**
 * The first instant after `at` at which a schedule may name somebody else.
 *
 * @returns Infinity when it never changes again
 */
export function nextChange(schedule: Schedule, at: Instant): Instant {
  const shift = whoIsOnCall(schedule, at);
  if (shift !== undefined) return shift.until;
  const begins = schedule.layers.map((layer) => layerStart(layer, schedule.timeZone));
  return Math.min(Number.POSITIVE_INFINITY, ...begins.filter((begin) => begin > at));
}
