import { type PromiseState, PROMISE_STATES } from '../conditions/gathered-facts.js';
import type { SlaClock } from './sla-clock.js';

/**
 * What the clocks of a case together say: the worst that was told of one that still runs. What was told stays until the
 * clock ends or starts anew, also where another priority gives it more time or none: else a raise because of a risk
 * would take back its own cause, and the case would go up and down for ever.
 */
export function promiseOf(clocks: readonly SlaClock[]): PromiseState {
  const told = new Set(clocks.flatMap((clock) => (clock.ended === undefined ? [clock.told] : [])));
  return PROMISE_STATES.findLast((state) => state !== '' && told.has(state)) ?? '';
}
