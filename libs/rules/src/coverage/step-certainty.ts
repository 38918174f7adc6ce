import { compileCaseCondition } from '../conditions/case-condition.js';
import { EMPTY_CASE_FACTS } from '../conditions/case-facts.js';
import { nowFactsAt } from '../conditions/now-facts.js';
import type { PlannedStep } from '../escalation/policy-plan.js';
import type { ReachContext } from './reach.js';

/** Whether a step pages in every case of one service and priority, in none, or in some. */
export type StepCertainty = 'always' | 'never' | 'perhaps';

/** What a proof for one service and priority knows of its cases. */
const KNOWN = new Set(['service', 'priority']);

/** A condition that looks at anything else may go either way; one that errs lets the step page, as the engine does. */
export function certaintyOf({ when }: PlannedStep, { service, priority }: ReachContext): StepCertainty {
  if (when === undefined) return 'always';
  const condition = compileCaseCondition(when);
  if (!condition.ok) return 'always';
  if (condition.readsNow || condition.reads.some((name) => !KNOWN.has(name))) return 'perhaps';
  const { matched, error } = condition.test({ ...EMPTY_CASE_FACTS, service, priority }, nowFactsAt('UTC', 0));
  return matched || error !== undefined ? 'always' : 'never';
}
