import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { EscalationContext } from './escalation-context.js';
import { refuse, stay, tell } from './outcomes.js';
import { remindFallback } from './page-fallback.js';
import { pageFrom } from './page-step.js';
import { isFirstEscalation, start } from './start-escalation.js';
import { after, SAME_WISH_WITHIN } from './timing.js';
import { placeAfter } from './walk-plan.js';

/** A person asks for the next step at once. */
export function escalateNow(
  state: EscalationCase,
  { by, epoch }: { readonly by: string; readonly epoch?: number | undefined },
  context: EscalationContext,
  now: Instant,
): Decision {
  if (epoch !== undefined && epoch !== state.epoch) return refuse(state, 'stale-epoch');
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (isSameWish(state, now)) return stay(state, 'just-escalated');
  if (isFirstEscalation(state)) return startByHand(state, by, context, now);
  // The one who answered needs help: their answer holds for its epoch (S7), so the next step opens another.
  const walk = {
    epoch: state.status === 'acknowledged' ? state.epoch + 1 : state.epoch,
    priority: state.priority,
    escalatedAt: now,
  };
  const told = tell('CaseEscalated', walk.epoch, { after: state.status, step: state.step }, by);
  return state.step >= context.plan.steps.length
    ? remindFallback(walk, state.round, context, now, [told])
    : pageFrom(walk, placeAfter(context.plan, state), context, now, [told]);
}

const isSameWish = ({ escalatedAt }: EscalationCase, now: Instant): boolean =>
  escalatedAt !== undefined && now < after(escalatedAt, SAME_WISH_WITHIN);

function startByHand(state: EscalationCase, by: string, context: EscalationContext, now: Instant): Decision {
  if (context.plan.policy === undefined) return refuse(state, 'no-policy');
  const told = tell('CaseEscalated', state.epoch + 1, { after: state.status }, by);
  return start({ ...state, escalatedAt: now }, context, now, [told]);
}
