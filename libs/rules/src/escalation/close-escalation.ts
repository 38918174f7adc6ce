import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import { type EscalationCase, positionOf } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { answerAgain, besideEpochs, heldBy, isPresentEpoch } from './hold-acknowledgement.js';
import { refuse, stay, stopEpochs, tell } from './outcomes.js';

/** A person takes the case: no step is planned and no attempt begins any more in this epoch (S7). */
export function acknowledge(
  state: EscalationCase,
  { by, epoch }: { readonly by: string; readonly epoch?: number | undefined },
  scene: Scene,
): Decision {
  if (!isPresentEpoch(state, epoch)) return refuse(state, 'stale-epoch');
  if (state.status === 'acknowledged') return answerAgain(state, by, scene);
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  return { state: heldBy(state, by, scene), effects: closing(state, 'acknowledged', by) };
}

/** The case is over; whoever says so may say it twice. */
export function resolve(state: EscalationCase, by: string, { now }: Scene): Decision {
  if (state.status === 'resolved') return stay(state, 'already-resolved');
  return {
    state: { ...positionOf(state), status: 'resolved', by, at: now },
    effects: closing(state, 'resolved', by),
  };
}

const TOLD = { acknowledged: 'CaseAcknowledged', resolved: 'CaseResolved' } as const;

const closing = (state: EscalationCase, as: keyof typeof TOLD, by: string): Effect[] => [
  ...stopEpochs([state.epoch, ...besideEpochs(state)], as, by),
  tell(TOLD[as], state.epoch, { round: state.round, step: state.step, was: state.status }, by),
];
