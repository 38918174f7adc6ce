import { compileCaseCondition } from '../conditions/case-condition.js';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { nowFactsAt } from '../conditions/now-facts.js';
import type { Scene } from './escalation-context.js';
import type { PlannedStep } from './policy-plan.js';
import type { Walk } from './walk-plan.js';

/** Whether a step may page now. */
export interface StepCondition {
  readonly met: boolean;
  /** Why the expression could not be evaluated; the step then pages. */
  readonly error?: string | undefined;
}

/**
 * A step without a condition always pages. One whose expression errs pages too: the default of a step is to page, and
 * an error must never be the reason for silence.
 */
export function conditionOf(step: PlannedStep, { priority, round }: Walk, scene: Scene): StepCondition {
  if (step.when === undefined) return { met: true };
  const condition = compileCaseCondition(step.when);
  if (!condition.ok) return { met: true, error: condition.fault };
  const facts = { ...(scene.facts ?? EMPTY_CASE_FACTS), priority, round };
  const { matched, error } = condition.test(facts, nowFactsAt(step.timeZone ?? 'UTC', scene.now));
  return error === undefined ? { met: matched } : { met: true, error };
}
