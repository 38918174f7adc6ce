import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, refuse, stay, stopEpochs, tell } from './outcomes.js';
import { pageFrom } from './page-step.js';
import type { PolicyPlan } from './policy-plan.js';
import { firstPlace, type Place, walkOf } from './walk-plan.js';

/** From which plan to which: the scene's plan is the new one. */
export interface Migration {
  readonly by: string;
  readonly from: { readonly revision: number; readonly plan: PolicyPlan };
  readonly revision: number;
}

const MOVABLE: readonly EscalationCase['status'][] = ['running', 'held', 'suppressed', 'exhausted'];

/** A person moves a running escalation to a newer plan: a new epoch, at the step of the same name or the first. */
export function migrate(state: EscalationCase, { by, from, revision }: Migration, scene: Scene): Decision {
  if (!MOVABLE.includes(state.status)) return refuse(state, 'not-running');
  if (from.revision === revision) return stay(state, 'newest-already');
  const place = placeIn(scene.plan, from.plan, state);
  const walk = { ...walkOf(state), epoch: state.epoch + 1, round: place?.round ?? state.round };
  const told = tell(
    'EscalationMigrated',
    walk.epoch,
    {
      from: from.revision,
      to: revision,
      policy: scene.plan.policy,
      stepBefore: stepNameOf(from.plan, state.step),
      stepAfter: stepNameOf(scene.plan, place?.step),
    },
    by,
  );
  const stopped = stopEpochs([state.epoch], 'restarted', by);
  return preceded([...stopped, told], pageFrom(walk, place, scene));
}

/** Where an escalation that stands `at` in the plan before stands in this one; undefined when it has no steps. */
export function placeIn(plan: PolicyPlan, before: PolicyPlan, at: Place): Place | undefined {
  const name = before.steps[at.step]?.name;
  const step = plan.steps.findIndex((other) => other.name === name);
  return step < 0 ? firstPlace(plan) : { round: at.round, step };
}

const stepNameOf = (plan: PolicyPlan, step: number | undefined): string =>
  (step === undefined ? undefined : plan.steps[step]?.name) ?? 'fallback';
