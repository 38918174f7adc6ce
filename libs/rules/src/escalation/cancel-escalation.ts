import type { CaseInput } from './case-input.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { Cancelled, LiveEscalation } from './escalation-case.js';
import { positionOf } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { besideEpochs } from './hold-acknowledgement.js';
import { preceded, refuse, stay, stopEpochs, tell } from './outcomes.js';
import { lookIfQuiet } from './suppress.js';

type Merged = Extract<CaseInput, { type: 'Merged' }>;
type Unmerged = Extract<CaseInput, { type: 'Unmerged' }>;

/** Another case goes on in its place: its pages are void, nobody is paged for it, and what it was is kept. */
export function cancel(state: LiveEscalation, { by, into }: Merged, { now }: Scene): Decision {
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  return {
    state: { ...positionOf(state), status: 'cancelled', by, at: now, into, before: state },
    effects: [
      ...stopEpochs([state.epoch, ...besideEpochs(state)], 'cancelled', by),
      tell('CaseMerged', state.epoch, { into, was: state.status, round: state.round, step: state.step }, by),
    ],
  };
}

/** While it is part of another case nothing moves it but the merge being taken back. */
export function whileCancelled(state: Cancelled, input: CaseInput, scene: Scene): Decision {
  switch (input.type) {
    case 'Unmerged':
      return restore(state, input, scene);
    case 'Opened':
    case 'Woke':
    case 'QuietChanged':
    case 'PriorityChanged':
    case 'StepUnreachable':
      return stay(state, 'is-merged');
    default:
      return refuse(state, 'merged', state.by);
  }
}

export const unmerge = (state: LiveEscalation): Decision => stay(state, 'not-merged');

/**
 * As it was, with the timers that it had: what became due meanwhile is due now. The pages that the merge stopped are
 * void for ever (S7), so an escalation goes on in a new epoch, and whoever was being paged is paged again, unless the
 * next step is due anyway or something keeps the case quiet by now.
 */
function restore({ before, into, at }: Cancelled, { by }: Unmerged, scene: Scene): Decision {
  const state = ESCALATES.includes(before.status) ? { ...before, epoch: before.epoch + 1 } : before;
  const told = tell('CaseUnmerged', state.epoch, { from: into, mergedAt: at, is: before.status }, by);
  return preceded([told], goOn(state, by, scene));
}

const ESCALATES: readonly LiveEscalation['status'][] = ['running', 'exhausted', 'held', 'suppressed'];

function goOn(state: LiveEscalation, by: string, scene: Scene): Decision {
  if (state.status !== 'suppressed') return { state, effects: pagesAgain(state, by, scene) };
  const { state: after, effects } = lookIfQuiet(state, scene);
  return { state: after, effects };
}

function pagesAgain(state: LiveEscalation, by: string, scene: Scene): Effect[] {
  if (state.status !== 'running' && state.status !== 'exhausted') return [];
  const { plan, now, quiet } = scene;
  if (state.wakeAt <= now || state.paged.length === 0 || quiet?.(state.priority, now) !== undefined)
    return [];
  const { epoch, round, step, wakeAt } = state;
  const stepName = plan.steps[step]?.name ?? 'fallback';
  const persons = state.paged.map((person) => ({ person, via: 'merge undone' }));
  const nextStepAt = state.status === 'running' ? { nextStepAt: wakeAt } : {};
  const steps = Math.max(1, plan.steps.length);
  const place = { round, step, stepName };
  return [
    tell('PagesRepeated', epoch, { ...place, persons }, by),
    { type: 'RequestPages', epoch, ...place, steps, persons, dueAt: now, ...nextStepAt },
  ];
}
