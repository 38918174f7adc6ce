import type { RemainingStep } from '@tocsin/contracts';
import { wordsOf } from '../routing/resolve-targets.js';
import type { PolicyPlan } from './policy-plan.js';
import { type Place, placeAfter } from './walk-plan.js';

/** What a plan still does when nobody answers: the step at `place`, those after it, round by round, and the fallback. */
export function remainingSteps(plan: PolicyPlan, place: Place | undefined): RemainingStep[] {
  const remaining: RemainingStep[] = [];
  for (let at = place; at !== undefined; at = placeAfter(plan, at)) {
    const step = plan.steps[at.step];
    if (step === undefined) break;
    const { name, page, wait, when } = step;
    const condition = when === undefined ? {} : { when };
    remaining.push({ round: at.round, step: name, page: page.map(wordsOf), wait, ...condition });
  }
  const round = remaining.at(-1)?.round ?? place?.round ?? 1;
  return [...remaining, { round, step: 'fallback', page: plan.fallback.map(wordsOf) }];
}
