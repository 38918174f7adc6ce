import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, refuse, stay, tell } from './outcomes.js';
import { remindFallback } from './page-fallback.js';
import { pageFrom } from './page-step.js';
import { isFirstEscalation, start } from './start-escalation.js';
import { after, SAME_WISH_WITHIN } from './timing.js';
import { placeAfter } from './walk-plan.js';

/** A person asks for the next step at once. */
export function escalateNow(
  state: EscalationCase,
  { by, epoch }: { readonly by: string; readonly epoch?: number | undefined },
  scene: Scene,
): Decision {
  if (epoch !== undefined && epoch !== state.epoch) return refuse(state, 'stale-epoch');
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (isSameWish(state, scene.now)) return stay(state, 'just-escalated');
  if (isFirstEscalation(state)) return startByHand(state, by, scene);
  const walk = {
    // The one who answered needs help: their answer holds for its epoch (S7), so the next step opens another.
    epoch: state.status === 'acknowledged' ? state.epoch + 1 : state.epoch,
    round: state.round,
    priority: state.priority,
    escalatedAt: scene.now,
  };
  const told = tell('CaseEscalated', walk.epoch, { after: state.status, step: state.step }, by);
  const next =
    state.step >= scene.plan.steps.length
      ? remindFallback(walk, scene)
      : pageFrom(walk, placeAfter(scene.plan, state), scene);
  return preceded([told], next);
}

const isSameWish = ({ escalatedAt }: EscalationCase, now: Instant): boolean =>
  escalatedAt !== undefined && now < after(escalatedAt, SAME_WISH_WITHIN);

function startByHand(state: EscalationCase, by: string, scene: Scene): Decision {
  if (scene.plan.policy === undefined) return refuse(state, 'no-policy');
  const told = tell('CaseEscalated', state.epoch + 1, { after: state.status }, by);
  return preceded([told], start({ ...state, escalatedAt: scene.now }, scene));
}
