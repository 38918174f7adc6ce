import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { refuse, stay, tell } from './outcomes.js';
import { isSameWish } from './same-wish.js';

interface Wanted {
  readonly by: string;
  readonly person: string;
}

/**
 * One more person is paged, and nothing else moves: no step is planned, no timer changes. Beside a running step the
 * page belongs to its epoch, and the answer takes the case; beside an owner it has an epoch of its own, for the owner's
 * is closed (S7), and the answer joins.
 */
export function addResponder(state: EscalationCase, { by, person }: Wanted, scene: Scene): Decision {
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (state.status === 'snoozed') return refuse(state, 'snoozed', state.by);
  const what = `responder ${person}`;
  if (isSameWish(state, what, scene.now)) return stay(state, 'just-asked');
  if ('paged' in state && state.paged.includes(person)) return stay(state, 'already-paged');
  const { persons } = scene.resolve([{ kind: 'person', name: person }], scene.now);
  if (persons.length === 0) return refuse(state, 'nobody-there');
  const epoch = state.status === 'acknowledged' ? state.epoch + 1 : Math.max(1, state.epoch);
  const place = { round: Math.max(1, state.round), step: state.step, stepName: 'responder' };
  const page: Effect = {
    ...{ type: 'RequestPages', epoch, ...place },
    ...{ steps: Math.max(1, scene.plan.steps.length), persons, dueAt: scene.now },
    ...{ asked: { as: 'responder', by }, beside: true },
  };
  const wish = { what, at: scene.now };
  return {
    state: withResponder({ ...state, wish }, person, epoch),
    effects: [tell('ResponderAdded', epoch, { ...place, person, persons }, by), page],
  };
}

function withResponder(state: EscalationCase, person: string, epoch: number): EscalationCase {
  if (state.status !== 'acknowledged') return { ...state, epoch };
  const { answered = state.epoch, asked = [] } = state;
  return { ...state, epoch, answered, asked: [...asked, { person, epoch }] };
}
