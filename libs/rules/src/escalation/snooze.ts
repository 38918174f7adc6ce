import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import { type LiveEscalation, positionOf, type Snoozed } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { besideEpochs } from './hold-acknowledgement.js';
import { preceded, refuse, stay, stopEpochs, tell, TOCSIN } from './outcomes.js';
import { remindFallback } from './page-fallback.js';
import { pageFrom } from './page-step.js';
import { startIfUrgent } from './start-escalation.js';
import { walkOf } from './walk-plan.js';

interface Wanted {
  readonly by: string;
  readonly until: Instant;
  readonly reason: string;
}

/** Silence for a time that a person names: the pages of this epoch stop, and the case returns by itself. */
export function snooze(state: LiveEscalation, { by, until, reason }: Wanted, { now }: Scene): Decision {
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (until <= now) return refuse(state, 'time-passed');
  if (state.status === 'snoozed' && state.wakeAt === until) return stay(state, 'already-snoozed');
  const after = state.status === 'snoozed' ? state.after : state.status;
  const was = state.status === 'acknowledged' ? { was: state.by } : {};
  return {
    state: { ...positionOf(state), status: 'snoozed', by, at: now, wakeAt: until, reason, after },
    effects: [
      ...stopEpochs([state.epoch, ...besideEpochs(state)], 'snoozed', by),
      tell('CaseSnoozed', state.epoch, { until, reason, after: state.status, ...was }, by),
    ],
  };
}

export type SnoozeEnd = 'time' | 'priority.raised' | 'by-hand';

/** The silence is over: a new epoch, from the step it was at; a case that was not escalating starts if it is urgent. */
export function endSnooze(state: Snoozed, reason: SnoozeEnd, scene: Scene, by: string = TOCSIN): Decision {
  const epoch = state.epoch + 1;
  const told = tell('SnoozeEnded', epoch, { reason, snoozedBy: state.by, until: state.wakeAt }, by);
  if (state.after === 'none' || state.epoch === 0) return preceded([told], startIfUrgent(state, scene));
  const walk = { ...walkOf(state), epoch };
  const again =
    state.step >= scene.plan.steps.length
      ? remindFallback(walk, scene)
      : pageFrom(walk, { round: state.round, step: state.step }, scene);
  return preceded([told], again);
}
