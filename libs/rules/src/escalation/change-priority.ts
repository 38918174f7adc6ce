import { type Priority, rankOf } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { timed } from './owner-times.js';
import { lookAgain } from './look-again.js';
import { stay, tell } from './outcomes.js';
import { endSnooze } from './snooze.js';
import { lookIfQuiet } from './suppress.js';
import { escalates, isFirstEscalation, start } from './start-escalation.js';

/**
 * A raise may start the escalation that the case did not have, and breaks a snooze. The times of an acknowledgement
 * are those of the new priority, and a held step is looked at again; nothing else moves (S8).
 */
export function changePriority(state: EscalationCase, to: Priority, scene: Scene): Decision {
  if (state.priority === to) return stay(state, 'same-priority');
  const told = tell('PriorityChanged', state.epoch, { from: state.priority, to });
  const after = afterChange({ ...state, priority: to }, rankOf(to) < rankOf(state.priority), scene);
  // The change itself is an effect, whatever a held step says to it.
  return { state: after.state, effects: [told, ...after.effects] };
}

function afterChange(state: EscalationCase, raised: boolean, scene: Scene): Decision {
  if (state.status === 'snoozed')
    return raised ? endSnooze(state, 'priority.raised', scene) : { state, effects: [] };
  if (isFirstEscalation(state) && escalates(scene.plan, state.priority)) return start(state, scene);
  if (state.status === 'held') return lookAgain(state, scene);
  if (state.status === 'suppressed') return lookIfQuiet(state, scene);
  return { state: state.status === 'acknowledged' ? timed(state, scene) : state, effects: [] };
}
