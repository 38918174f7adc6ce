import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { besideEpochs, isPresentEpoch } from './hold-acknowledgement.js';
import { preceded, refuse, stay, stopEpochs, tell, TOCSIN } from './outcomes.js';
import { remindFallback } from './page-fallback.js';
import { goOn, pageFrom } from './page-step.js';
import { isSameWish } from './same-wish.js';
import { endSuppression, unhushed } from './suppress.js';
import { isFirstEscalation, start } from './start-escalation.js';
import { placeAfter, type Walk, walkOf } from './walk-plan.js';

/** A person asks for the next step at once. */
export function escalateNow(
  state: EscalationCase,
  { by, epoch }: { readonly by: string; readonly epoch?: number | undefined },
  given: Scene,
): Decision {
  // What Tocsin asks for itself, such as at a breached promise, is hushed like every other step.
  const scene = by === TOCSIN ? given : unhushed(given);
  if (!isPresentEpoch(state, epoch)) return refuse(state, 'stale-epoch');
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (isSameWish(state, 'escalate', scene.now)) return stay(state, 'just-escalated');
  const wish = { what: 'escalate', at: scene.now };
  if (isFirstEscalation(state)) {
    if (scene.plan.policy === undefined) return refuse(state, 'no-policy');
    return startByHand({ ...state, wish }, by, scene);
  }
  // The one who answered needs help: their answer holds for its epoch (S7), so the next step opens another.
  const closed = state.status === 'acknowledged' || state.status === 'snoozed';
  const walk = { ...walkOf(state), epoch: closed ? state.epoch + 1 : state.epoch, wish };
  const told = tell('CaseEscalated', walk.epoch, { after: state.status, step: state.step }, by);
  const stopped = stopEpochs(besideEpochs(state), 'restarted', by);
  return preceded([...stopped, told], nextStep(state, walk, scene));
}

function nextStep(state: EscalationCase, walk: Walk, scene: Scene): Decision {
  if (state.status === 'running' || state.status === 'exhausted') return goOn(state, walk, scene);
  if (state.status === 'suppressed') return endSuppression(state, scene, walk);
  if (state.step >= scene.plan.steps.length) return remindFallback(walk, scene);
  // A held step is the next one, and a person's wish is stronger than its condition.
  if (state.status === 'held') return pageFrom(walk, { round: state.round, step: state.step }, scene, true);
  return pageFrom(walk, placeAfter(scene.plan, state), scene);
}

function startByHand(state: EscalationCase, by: string, scene: Scene): Decision {
  const told = tell('CaseEscalated', state.epoch + 1, { after: state.status }, by);
  return preceded([told], start(state, scene));
}
