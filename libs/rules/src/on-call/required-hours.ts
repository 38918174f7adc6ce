import type { Config, Schedule } from '@tocsin/contracts';
import { own } from '../own.js';
import { workSpansIn } from '../sla/count-work.js';
import { workingHours } from '../sla/working-hours.js';
import type { TimeSpan } from './on-call-shift.js';

/**
 * When somebody must be on call within a window: around the clock, or in the hours of the schedule's calendar. One that
 * an old revision names and does not have is around the clock.
 */
export const requiredHours = (
  config: Config,
  { requires }: Schedule,
  window: TimeSpan,
): '24x7' | readonly TimeSpan[] =>
  requires === '24x7' || own(config.calendars, requires.calendar) === undefined
    ? '24x7'
    : workSpansIn(workingHours(config, requires.calendar), window);
