import type { Config, Target } from '@tocsin/contracts';
import type { PolicyPlan } from './policy-plan.js';
import { startPlan } from './start-plan.js';
import { WAIT_BY_HAND } from './timing.js';

/** A page made by hand has one step, for whom it was made, and every priority escalates. */
export function planByHand(targets: readonly Target[], config: Config): PolicyPlan {
  const { fallback } = startPlan(undefined, config, undefined);
  return { steps: [{ name: 'by hand', page: targets, wait: WAIT_BY_HAND }], fallback, escalatesDownTo: 'P5' };
}
