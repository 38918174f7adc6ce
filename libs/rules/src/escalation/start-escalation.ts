import { type Instant, type Priority, rankOf } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationCase } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import { stay, tell } from './outcomes.js';
import { pageFrom } from './page-step.js';
import type { PolicyPlan } from './policy-plan.js';
import { firstPlace } from './walk-plan.js';

/** The case exists; its first step starts now, or the timeline says why none does. */
export function open(
  state: EscalationCase,
  priority: Priority,
  context: EscalationContext,
  now: Instant,
): Decision {
  if (state.status === 'resolved') return stay(state, 'already-resolved');
  if (state.status !== 'none' || state.reason !== 'not-opened') return stay(state, 'already-open');
  return startIfUrgent({ ...state, priority }, context, now, []);
}

/** A raise may start the escalation that the case did not have; nothing else moves by a new priority (S8). */
export function changePriority(
  state: EscalationCase,
  to: Priority,
  context: EscalationContext,
  now: Instant,
): Decision {
  if (state.priority === to) return stay(state, 'same-priority');
  const changed = { ...state, priority: to };
  const told = tell('PriorityChanged', state.epoch, { from: state.priority, to });
  return isFirstEscalation(state) && escalates(context.plan, to)
    ? start(changed, context, now, [told])
    : { state: changed, effects: [told] };
}

/** The case is open again: a new epoch, from the first step. */
export function reopen(state: EscalationCase, by: string, context: EscalationContext, now: Instant): Decision {
  if (state.status !== 'resolved' && state.status !== 'acknowledged') return stay(state, 'already-open');
  const told = tell('CaseReopened', state.epoch + 1, { after: state.status, was: state.by }, by);
  return startIfUrgent(state, context, now, [told]);
}

/** Starts a new epoch whatever the priority. */
export function start(
  state: EscalationCase,
  context: EscalationContext,
  now: Instant,
  before: readonly Effect[],
): Decision {
  const walk = { epoch: state.epoch + 1, priority: state.priority, escalatedAt: state.escalatedAt };
  const { policy, service, steps } = context.plan;
  const told = tell('EscalationStarted', walk.epoch, { policy, service, steps: steps.length });
  return pageFrom(walk, firstPlace(context.plan), context, now, [...before, told]);
}

/** Nobody was ever paged for this case: also when somebody took it before it became urgent. */
export const isFirstEscalation = (state: EscalationCase): boolean =>
  state.status === 'none' || (state.status === 'acknowledged' && state.epoch === 0);

const escalates = (plan: PolicyPlan, priority: Priority): boolean =>
  rankOf(priority) <= rankOf(plan.escalatesDownTo);

function startIfUrgent(
  state: EscalationCase,
  context: EscalationContext,
  now: Instant,
  before: readonly Effect[],
): Decision {
  const { priority, round, step, escalatedAt } = state;
  if (escalates(context.plan, priority)) return start(state, context, now, before);
  const reason = context.plan.policy === undefined ? 'no-policy' : 'below-band';
  // Answers to pages of an earlier epoch must find it closed, so reopening counts even where nobody is paged.
  const epoch = state.status === 'none' ? state.epoch : state.epoch + 1;
  const told = tell('EscalationNotStarted', epoch, { reason, priority, policy: context.plan.policy });
  return {
    state: { status: 'none', reason, epoch, round, step, priority, escalatedAt },
    effects: [...before, told],
  };
}
