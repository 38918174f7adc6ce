import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import { type Acknowledged, type EscalationCase, positionOf } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, refuse, stay, stopEpochs, tell } from './outcomes.js';
import { pageFrom } from './page-step.js';
import { dueTimes, timed, withoutPastTimes } from './owner-times.js';
import { walkOf } from './walk-plan.js';

/** Pages of an acknowledged case that are still under way: its reminder and its responders. */
export const besideEpochs = (state: EscalationCase): readonly number[] =>
  state.status === 'acknowledged'
    ? [
        ...(state.reminder === undefined ? [] : [state.reminder.epoch]),
        ...(state.asked ?? []).map((r) => r.epoch),
      ]
    : [];

/** Whether a page of this epoch may still be answered: an owner's is that of their answer and all those beside it. */
export function isPresentEpoch(state: EscalationCase, epoch: number | undefined): boolean {
  const oldest = state.status === 'acknowledged' ? (state.answered ?? state.epoch) : state.epoch;
  return epoch === undefined || (epoch >= oldest && epoch <= state.epoch);
}

/** The owner has been silent for long: they are reminded, or lose the case. */
export function watchOwner(state: Acknowledged, scene: Scene): Decision {
  const { remindAt, reopenAt } = dueTimes(state, scene);
  const quiet = scene.quiet?.(state.priority, scene.now);
  if (quiet !== undefined)
    return { ...stay(state, 'still-suppressed'), state: waiting(state, quiet.until, scene) };
  if (reopenAt !== undefined && scene.now >= reopenAt) return takeBack(state, scene);
  if (remindAt !== undefined && scene.now >= remindAt) return remindOwner(state, reopenAt, scene);
  // The times are others than when it was taken: it must not be due for ever.
  return { ...stay(state, 'too-early'), state: timed(withoutPastTimes(state, scene.now), scene) };
}

/** An owner whom nobody may page cannot say that they are still on it: their time counts from when it is loud again. */
function waiting(state: Acknowledged, until: Instant, scene: Scene): Acknowledged {
  const later = timed({ ...state, confirmedAt: until }, scene);
  return { ...later, wakeAt: Math.max(later.wakeAt ?? until, until) };
}

/**
 * A reminder is an epoch of its own: the answered one stays closed (S7), and the pages of the reminder before it are
 * void. An owner who is no person, such as a token, cannot be paged; the timeline then says who it was.
 */
function remindOwner(state: Acknowledged, reopenAt: Instant | undefined, scene: Scene): Decision {
  const { now, plan, resolve } = scene;
  const { persons } = resolve([{ kind: 'person', name: state.by }], now);
  const epoch = state.epoch + 1;
  const round = Math.max(1, state.round);
  const place = { round, step: state.step, stepName: 'reminder' };
  const reminded = timed(
    { ...state, epoch, round, answered: state.answered ?? state.epoch, reminder: { at: now, epoch } },
    scene,
  );
  const reason = persons.length > 0 ? {} : { reason: 'owner.no-person' as const };
  const told = tell('OwnerReminded', epoch, {
    ...place,
    owner: state.by,
    since: state.at,
    persons,
    reopenAt,
    ...reason,
  });
  const page: Effect = {
    ...{ type: 'RequestPages', epoch, ...place },
    ...{ steps: Math.max(1, plan.steps.length), persons, dueAt: now, nextStepAt: reopenAt },
    asked: { as: 'reminder', by: state.by },
  };
  const stopped = state.reminder === undefined ? [] : stopEpochs([state.reminder.epoch], 'restarted');
  return { state: reminded, effects: [...stopped, told, ...(persons.length > 0 ? [page] : [])] };
}

/** Nobody works on a case whose owner has forgotten it: it escalates again from the step that the policy names. */
function takeBack(state: Acknowledged, scene: Scene): Decision {
  const walk = { ...walkOf(state), epoch: state.epoch + 1, round: 1 };
  const step = scene.plan.acknowledged?.[state.priority]?.restart ?? 0;
  const reason = 'acknowledgement.expired';
  const why = { after: state.status, was: state.by, reason, since: state.at } as const;
  const told = tell('CaseReopened', walk.epoch, why);
  const stopped = stopEpochs(besideEpochs(state), 'restarted');
  return preceded([...stopped, told], pageFrom(walk, { round: 1, step }, scene));
}

/** Somebody answers a case that has an owner: the owner to a reminder, a responder, or somebody too late. */
export function answerAgain(state: Acknowledged, by: string, scene: Scene): Decision {
  const { reminder } = state;
  if (state.asked?.some(({ person }) => person === by) === true) return join(state, by);
  if (state.by !== by) return refuse(state, 'already-acknowledged', state.by);
  if (reminder === undefined) return stay(state, 'already-yours');
  const told = tell('OwnershipConfirmed', state.epoch, { remindedAt: reminder.at }, by);
  return {
    state: timed({ ...state, reminder: undefined, confirmedAt: scene.now }, scene),
    effects: [...stopEpochs([reminder.epoch], 'acknowledged', by), told],
  };
}

/** A responder answers: their own pages stop, the owner stays. */
function join(state: Acknowledged, by: string): Decision {
  const theirs = (state.asked ?? []).filter(({ person }) => person === by).map(({ epoch }) => epoch);
  const asked = (state.asked ?? []).filter(({ person }) => person !== by);
  const told = tell('ResponderJoined', state.epoch, { owner: state.by }, by);
  return { state: { ...state, asked }, effects: [...stopEpochs(theirs, 'acknowledged', by), told] };
}

/** What an owner holds from now on. */
export const heldBy = (state: EscalationCase, by: string, scene: Scene): Acknowledged =>
  timed({ ...positionOf(state), status: 'acknowledged', by, at: scene.now }, scene);
