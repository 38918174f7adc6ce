import { type Priority, rankOf } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, stay, tell } from './outcomes.js';
import { pageFrom } from './page-step.js';
import type { PolicyPlan } from './policy-plan.js';
import { firstPlace } from './walk-plan.js';

/** The case exists; its first step starts now, or the timeline says why none does. */
export function open(state: EscalationCase, priority: Priority, scene: Scene): Decision {
  if (state.status === 'resolved') return stay(state, 'already-resolved');
  if (state.status !== 'none' || state.reason !== 'not-opened') return stay(state, 'already-open');
  return startIfUrgent({ ...state, priority }, scene);
}

/** A raise may start the escalation that the case did not have; nothing else moves by a new priority (S8). */
export function changePriority(state: EscalationCase, to: Priority, scene: Scene): Decision {
  if (state.priority === to) return stay(state, 'same-priority');
  const changed = { ...state, priority: to };
  const starts = isFirstEscalation(state) && escalates(scene.plan, to);
  const told = tell('PriorityChanged', state.epoch, { from: state.priority, to });
  return preceded([told], starts ? start(changed, scene) : { state: changed, effects: [] });
}

/** The case is open again: a new epoch, from the first step. */
export function reopen(state: EscalationCase, by: string, scene: Scene): Decision {
  if (state.status !== 'resolved' && state.status !== 'acknowledged') return stay(state, 'already-open');
  const told = tell('CaseReopened', state.epoch + 1, { after: state.status, was: state.by }, by);
  return preceded([told], startIfUrgent(state, scene));
}

/** Starts a new epoch whatever the priority. */
export function start(state: EscalationCase, scene: Scene): Decision {
  const walk = {
    epoch: state.epoch + 1,
    round: 1,
    priority: state.priority,
    escalatedAt: state.escalatedAt,
  };
  const { policy, service, steps } = scene.plan;
  const told = tell('EscalationStarted', walk.epoch, { policy, service, steps: steps.length });
  return preceded([told], pageFrom(walk, firstPlace(scene.plan), scene));
}

/** Nobody was ever paged for this case: also when somebody took it before it became urgent. */
export const isFirstEscalation = (state: EscalationCase): boolean =>
  state.status === 'none' || (state.status === 'acknowledged' && state.epoch === 0);

/** A band names the least urgent cases that escalate; whatever is more urgent does so too. */
const escalates = (plan: PolicyPlan, priority: Priority): boolean =>
  rankOf(priority) <= rankOf(plan.escalatesDownTo);

function startIfUrgent(state: EscalationCase, scene: Scene): Decision {
  const { priority, round, step, escalatedAt } = state;
  const { policy } = scene.plan;
  if (escalates(scene.plan, priority)) return start(state, scene);
  const reason = policy === undefined ? 'no-policy' : 'below-band';
  // Answers to pages of an earlier epoch must find it closed, so reopening counts even where nobody is paged.
  const epoch = state.status === 'none' ? state.epoch : state.epoch + 1;
  return {
    state: { status: 'none', reason, epoch, round, step, priority, escalatedAt },
    effects: [tell('EscalationNotStarted', epoch, { reason, priority, policy })],
  };
}
