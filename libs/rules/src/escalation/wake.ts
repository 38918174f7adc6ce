import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { stay } from './outcomes.js';
import { remindFallback } from './page-fallback.js';
import { pageFrom } from './page-step.js';
import { placeAfter } from './walk-plan.js';

/**
 * The timer fired. Early or repeated wake-ups do nothing (S9). A late one plans exactly one step, and the next
 * wait counts from now: after an outage people are paged one after the other, never all at once.
 */
export function wake(state: EscalationCase, scene: Scene): Decision {
  if (state.status !== 'running' && state.status !== 'exhausted') return stay(state, 'nothing-due');
  if (scene.now < state.wakeAt) return stay(state, 'too-early');
  const { epoch, round, priority, escalatedAt } = state;
  const walk = { epoch, round, priority, escalatedAt };
  return state.status === 'exhausted'
    ? remindFallback(walk, scene)
    : pageFrom(walk, placeAfter(scene.plan, state), scene);
}
