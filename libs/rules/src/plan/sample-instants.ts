import type { Config, Instant } from '@tocsin/contracts';
import { shiftsBetween } from '../on-call/shifts-between.js';

/** Most instants that are looked at: a world with more handovers in the span is sampled evenly. */
const MAX_SAMPLES = 200;

/** The instants at which somebody else may be on call by either config: the start of the span and every handover. */
export function sampleInstants(configs: readonly Config[], from: Instant, until: Instant): Instant[] {
  const starts = configs.flatMap(({ schedules }) =>
    Object.values(schedules).flatMap((schedule) =>
      shiftsBetween(schedule, from, until).map((shift) => shift.from),
    ),
  );
  const all = [...new Set([from, ...starts])].toSorted((a, b) => a - b);
  const every = Math.ceil(all.length / MAX_SAMPLES);
  return all.filter((_, index) => index % every === 0);
}
