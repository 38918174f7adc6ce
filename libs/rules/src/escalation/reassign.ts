import type { Target } from '@tocsin/contracts';
import { wordsOf } from '../routing/resolve-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import { type EscalationCase, type Paging, positionOf } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { besideEpochs } from './hold-acknowledgement.js';
import { refuse, stay, stopEpochs, tell } from './outcomes.js';
import { isSameWish } from './same-wish.js';
import { after, WAIT_BY_HAND } from './timing.js';

interface Wanted {
  readonly by: string;
  readonly to: readonly Target[];
}

/**
 * A person hands the case to others: they are paged now, in a new epoch, and whoever of them answers owns it. When none
 * does, the policy goes on with the step after the one it was at; a case that had no escalation starts it then.
 */
export function reassign(state: EscalationCase, { by, to }: Wanted, scene: Scene): Decision {
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  const { now, plan } = scene;
  const what = `reassign ${to.map(wordsOf).join(', ')}`;
  if (isSameWish(state, what, now)) return stay(state, 'just-reassigned');
  const { persons } = scene.resolve(to, now);
  if (persons.length === 0) return refuse(state, 'nobody-there');
  const epoch = state.epoch + 1;
  const wakeAt = after(now, WAIT_BY_HAND);
  const paging: Paging = {
    ...positionOf(state),
    ...{ epoch, round: Math.max(1, state.round), wish: { what, at: now } },
    ...{ status: 'running', wakeAt, paged: persons.map(({ person }) => person) },
    ...goesOnOf(state, scene),
  };
  const place = { round: paging.round, step: paging.step, stepName: 'reassigned' };
  const was = state.status === 'acknowledged' ? { was: state.by } : {};
  const page: Effect = {
    ...{ type: 'RequestPages', epoch, ...place, steps: Math.max(1, plan.steps.length) },
    ...{ persons, dueAt: now, nextStepAt: wakeAt, asked: { as: 'owner', by } },
  };
  return {
    state: paging,
    effects: [
      ...stopEpochs([state.epoch, ...besideEpochs(state)], 'restarted', by),
      tell(
        'CaseReassigned',
        epoch,
        { ...place, to: to.map(wordsOf), persons, after: state.status, ...was },
        by,
      ),
      page,
    ],
  };
}

/**
 * Where the step that the case is at was never paged, that step is still to come; the page by hand counts as a round,
 * so that it and the step have places of their own (S4).
 */
function goesOnOf(state: EscalationCase, { plan }: Scene): Pick<Paging, 'goesOn'> {
  const round = Math.max(1, state.round) + 1;
  const was = state.status === 'snoozed' ? state.after : state.status;
  const waits = was === 'held' || (was === 'suppressed' && state.step < plan.steps.length);
  if (waits) return { goesOn: { round, step: state.step } };
  const fresh = was === 'none' || state.round === 0;
  return fresh && plan.steps.length > 0 ? { goesOn: { round, step: 0 } } : {};
}
