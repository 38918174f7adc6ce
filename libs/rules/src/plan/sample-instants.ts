import { type Config, type Instant, PRIORITIES } from '@tocsin/contracts';
import { finalShifts } from '../on-call/final-shifts.js';

/** Most instants of the span; most pages in all, were everybody paged, so that a plan of a large world takes seconds. */
const MOST = { instants: 200, pages: 1_000_000 };

/** A walk through a policy costs about as much as this many pages. */
const PAGES_OF_A_WALK = 50;

/**
 * The instants at which somebody else may be on call by either config: the start of the span and every handover. A
 * world with more of them, or with very many services, is sampled evenly.
 */
export function sampleInstants(configs: readonly Config[], from: Instant, until: Instant): Instant[] {
  const starts = configs.flatMap(({ schedules }) =>
    Object.values(schedules).flatMap((schedule) =>
      finalShifts(schedule, { from, until }).shifts.map((shift) => shift.from),
    ),
  );
  const pages = configs.reduce((sum, config) => sum + pagesAtOnce(config), 0);
  const affordable = Math.floor(MOST.pages / Math.max(1, pages));
  const most = Math.min(MOST.instants, Math.max(1, affordable));
  const all = [...new Set([from, ...starts])].toSorted((a, b) => a - b);
  const every = Math.ceil(all.length / most);
  return all.filter((_, index) => index % every === 0);
}

const pagesAtOnce = ({ services, people }: Config): number =>
  Object.keys(services).length * PRIORITIES.length * Math.max(PAGES_OF_A_WALK, Object.keys(people).length);
