import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { refuse, stay, tell } from './outcomes.js';
import { wasJustAdded } from './same-wish.js';
import type { AddedResponders } from './walk-plan.js';

interface Wanted {
  readonly by: string;
  readonly person: string;
}

/**
 * One more person is paged, and nothing else moves: no step is planned, no timer changes. Beside a running step the
 * page belongs to its epoch, and the answer takes the case; beside an owner it has an epoch of its own, for the owner's
 * is closed (S7), and the answer joins.
 *
 * In the epoch of the steps each such page has a place of its own behind the fallback's: a person who is asked for again
 * later, or whose step comes later, must be paged again and not be taken for paged already (S5).
 */
export function addResponder(state: EscalationCase, { by, person }: Wanted, scene: Scene): Decision {
  if (state.status === 'resolved') return refuse(state, 'already-resolved', state.by);
  if (state.status === 'snoozed') return refuse(state, 'snoozed', state.by);
  if (wasJustAdded(state, person, scene.now)) return stay(state, 'just-asked');
  if ('paged' in state && state.paged.includes(person)) return stay(state, 'already-paged');
  const { persons } = scene.resolve([{ kind: 'person', name: person }], scene.now);
  if (persons.length === 0) return refuse(state, 'nobody-there');
  const epoch = state.status === 'acknowledged' ? state.epoch + 1 : Math.max(1, state.epoch);
  const added = addedTo(state, person, scene);
  const step = state.status === 'acknowledged' ? state.step : scene.plan.steps.length + added.pages;
  const place = { round: Math.max(1, state.round), step, stepName: 'responder' };
  const page: Effect = {
    ...{ type: 'RequestPages', epoch, ...place },
    ...{ steps: Math.max(1, scene.plan.steps.length), persons, dueAt: scene.now },
    ...{ asked: { as: 'responder', by }, beside: true },
  };
  return {
    state: withResponder({ ...state, added }, person, epoch),
    effects: [tell('ResponderAdded', epoch, { ...place, person, persons }, by), page],
  };
}

const addedTo = ({ added }: EscalationCase, person: string, { now }: Scene): AddedResponders => ({
  pages: (added?.pages ?? 0) + 1,
  last: [...(added?.last ?? []).filter((one) => one.person !== person), { person, at: now }],
});

function withResponder(state: EscalationCase, person: string, epoch: number): EscalationCase {
  if (state.status !== 'acknowledged') return { ...state, epoch };
  const { answered = state.epoch, asked = [] } = state;
  return { ...state, epoch, answered, asked: [...asked, { person, epoch }] };
}
