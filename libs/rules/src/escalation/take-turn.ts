import type { CaseFactsOf } from '@tocsin/contracts';
import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Effect } from './effect.js';
import type { Scene } from './escalation-context.js';
import { pickInTurn } from './pick-in-turn.js';
import type { TurnRule } from './policy-plan.js';

/** Who is paged because it is their turn, and what the timeline says of it. */
export interface TakenTurn {
  readonly persons: readonly ReachedPerson[];
  readonly facts: Pick<CaseFactsOf<'StepStarted'>, 'inTurn'>;
  readonly effect: Effect;
}

/** @returns undefined when the team leads to nobody; the step's own targets are paged then */
export function takeTurn({ policy, of, prefer }: TurnRule, scene: Scene): TakenTurn | undefined {
  const { persons } = scene.resolve([{ kind: 'team', name: of }], scene.now);
  const { turn, loads, speaks } = scene.turnOf?.(policy) ?? { turn: 0, loads: {}, speaks: {} };
  const candidates = persons.map(({ person }) => ({
    person,
    load: loads[person] ?? 0,
    speaks: speaks[person] ?? [],
  }));
  const picked = pickInTurn(candidates, { turn, prefer, language: scene.facts?.language ?? '' });
  if (picked === undefined) return undefined;
  const shown = Object.fromEntries(candidates.map(({ person, load }) => [person, load]));
  return {
    persons: persons.filter(({ person }) => person === picked.person),
    facts: { inTurn: { of, turn, prefer, loads: shown } },
    effect: { type: 'TakeTurn', policy },
  };
}
