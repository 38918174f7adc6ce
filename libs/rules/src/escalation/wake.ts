import type { Decision } from './decision.js';
import type { LiveEscalation } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { watchOwner } from './hold-acknowledgement.js';
import { lookAgain } from './look-again.js';
import { stay } from './outcomes.js';
import { goOn } from './page-step.js';
import { endSnooze } from './snooze.js';
import { lookIfQuiet } from './suppress.js';
import { walkOf } from './walk-plan.js';

/**
 * The timer fired. Early or repeated wake-ups do nothing (S9). A late one plans exactly one step, and the next
 * wait counts from now: after an outage people are paged one after the other, never all at once.
 */
export function wake(state: LiveEscalation, scene: Scene): Decision {
  if (state.status === 'none' || state.status === 'resolved' || state.wakeAt === undefined)
    return stay(state, 'nothing-due');
  // What keeps it quiet may be over earlier than was known.
  if (state.status === 'suppressed') return lookIfQuiet(state, scene);
  if (scene.now < state.wakeAt) return stay(state, 'too-early');
  switch (state.status) {
    case 'running':
    case 'exhausted':
      return goOn(state, walkOf(state), scene);
    case 'held':
      return lookAgain(state, scene);
    case 'snoozed':
      return endSnooze(state, 'time', scene);
    case 'acknowledged':
      return watchOwner(state, scene);
  }
}
