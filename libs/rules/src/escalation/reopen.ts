import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { besideEpochs } from './hold-acknowledgement.js';
import { preceded, stay, stopEpochs, tell } from './outcomes.js';
import { endSnooze } from './snooze.js';
import { startIfUrgent } from './start-escalation.js';

/** The case is open again: a new epoch, from the first step; a snooze ends, and goes on where it was. */
export function reopen(state: EscalationCase, by: string, scene: Scene): Decision {
  if (state.status === 'snoozed') return endSnooze(state, 'by-hand', scene, by);
  if (state.status !== 'resolved' && state.status !== 'acknowledged') return stay(state, 'already-open');
  const told = tell('CaseReopened', state.epoch + 1, { after: state.status, was: state.by }, by);
  const stopped = stopEpochs(besideEpochs(state), 'restarted', by);
  return preceded([...stopped, told], startIfUrgent(state, scene));
}
