import { type Priority, rankOf } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import { type EscalationCase, positionOf } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, stay, stopEpochs, tell } from './outcomes.js';
import { pageFrom } from './page-step.js';
import type { PolicyPlan } from './policy-plan.js';
import { firstPlace, walkOf } from './walk-plan.js';

/** The case exists; its first step starts now, or the timeline says why none does. */
export function open(state: EscalationCase, priority: Priority, scene: Scene): Decision {
  if (state.status === 'resolved') return stay(state, 'already-resolved');
  if (state.status !== 'none' || state.reason !== 'not-opened') return stay(state, 'already-open');
  return startIfUrgent({ ...state, priority }, scene);
}

/** Starts a new epoch whatever the priority. */
export function start(state: EscalationCase, scene: Scene): Decision {
  const walk = { ...walkOf(state), epoch: state.epoch + 1, round: 1 };
  const { policy, service, steps } = scene.plan;
  const told = tell('EscalationStarted', walk.epoch, { policy, service, steps: steps.length });
  // Responders may have been paged though nothing escalated: their pages give way to the first step.
  const stopped = state.status === 'none' ? stopEpochs([state.epoch], 'restarted') : [];
  return preceded([...stopped, told], pageFrom(walk, firstPlace(scene.plan), scene));
}

/** Nobody was ever paged for this case: also when somebody took it before it became urgent. */
export const isFirstEscalation = (state: EscalationCase): boolean =>
  state.status === 'none' || (state.status === 'acknowledged' && (state.answered ?? state.epoch) === 0);

/** A band names the least urgent cases that escalate; whatever is more urgent does so too. */
export const escalates = (plan: PolicyPlan, priority: Priority): boolean =>
  rankOf(priority) <= rankOf(plan.escalatesDownTo);

/** Starts a new epoch, or says why nobody is paged. */
export function startIfUrgent(state: EscalationCase, scene: Scene): Decision {
  const { priority } = state;
  const { policy } = scene.plan;
  if (escalates(scene.plan, priority)) return start(state, scene);
  const reason = policy === undefined ? 'no-policy' : 'below-band';
  // Answers to pages of an earlier epoch must find it closed, so reopening counts even where nobody is paged.
  const epoch = state.status === 'none' ? state.epoch : state.epoch + 1;
  return {
    state: { ...positionOf(state), status: 'none', reason, epoch },
    effects: [tell('EscalationNotStarted', epoch, { reason, priority, policy })],
  };
}
