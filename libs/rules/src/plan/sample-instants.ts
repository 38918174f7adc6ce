import { type Config, type Instant, PRIORITIES } from '@tocsin/contracts';
import { shiftsBetween } from '../on-call/shifts-between.js';

/** Most instants of the span; most walks through a policy in all, so that a plan of a large world takes a second. */
const MOST = { instants: 200, walks: 20_000 };

/**
 * The instants at which somebody else may be on call by either config: the start of the span and every handover. A
 * world with more of them, or with very many services, is sampled evenly.
 */
export function sampleInstants(configs: readonly Config[], from: Instant, until: Instant): Instant[] {
  const starts = configs.flatMap(({ schedules }) =>
    Object.values(schedules).flatMap((schedule) =>
      shiftsBetween(schedule, from, until).map((shift) => shift.from),
    ),
  );
  const services = configs.reduce((sum, config) => sum + Object.keys(config.services).length, 0);
  const affordable = Math.floor(MOST.walks / (PRIORITIES.length * Math.max(1, services)));
  const most = Math.min(MOST.instants, Math.max(1, affordable));
  const all = [...new Set([from, ...starts])].toSorted((a, b) => a - b);
  const every = Math.ceil(all.length / most);
  return all.filter((_, index) => index % every === 0);
}
