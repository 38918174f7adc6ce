import { type Priority, rankOf, type Target } from '@tocsin/contracts';
import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { Scene } from './escalation-context.js';
import { hushed } from './hush.js';
import { preceded, tell } from './outcomes.js';
import { after, REMIND_EVERY } from './timing.js';
import type { Walk } from './walk-plan.js';

/** Whom P1 and P2 page when nobody else is left: no urgent case is ever silent. */
export const LAST_RESORT: readonly Target[] = [{ kind: 'everyone' }];

/**
 * The plan has ended and nobody took the case: the alarm is told (S8) and the fallback paged.
 *
 * @param why the last round has ended, or no step led to anybody
 */
export function pageFallback(walk: Walk, why: 'ended' | 'all-empty', scene: Scene): Decision {
  const quiet = hushed(walk, { due: 'fallback', round: walk.round, step: scene.plan.steps.length }, scene);
  if (quiet !== undefined) return quiet;
  const persons = fallbackPersons(walk.priority, scene);
  const reason = scene.plan.policy === undefined ? 'no-policy' : why;
  const alarm = tell('EscalationExhausted', walk.epoch, { reason, round: walk.round, persons });
  return preceded([alarm], exhaust(walk, persons, false, scene));
}

/**
 * Nobody has taken an exhausted case: its fallback is asked again. A reminder is a round of its own, so that its
 * page is a new one (S4). Without anybody to ask, the alarm is told again.
 */
export function remindFallback(walk: Walk, scene: Scene): Decision {
  const quiet = hushed(walk, { due: 'reminder', round: walk.round, step: scene.plan.steps.length }, scene);
  if (quiet !== undefined) return quiet;
  const again = { ...walk, round: walk.round + 1 };
  const persons = fallbackPersons(walk.priority, scene);
  const facts = { reason: 'fallback.empty', round: again.round, persons } as const;
  const alarm = persons.length > 0 ? [] : [tell('EscalationExhausted', walk.epoch, facts)];
  return preceded(alarm, exhaust(again, persons, true, scene));
}

function fallbackPersons(priority: Priority, { plan, resolve, now }: Scene): readonly ReachedPerson[] {
  const { persons } = resolve(plan.fallback, now);
  return persons.length > 0 || rankOf(priority) > 2 ? persons : resolve(LAST_RESORT, now).persons;
}

function exhaust(
  walk: Walk,
  persons: readonly ReachedPerson[],
  reminder: boolean,
  { plan, now }: Scene,
): Decision {
  const { epoch, round } = walk;
  const step = plan.steps.length;
  const place = { epoch, round, step, stepName: 'fallback', steps: Math.max(1, step) };
  const pages: Effect[] = [
    tell('FallbackPaged', epoch, { round, step, persons, reminder }),
    { type: 'RequestPages', ...place, persons, dueAt: now },
  ];
  const paged = persons.map((p) => p.person);
  return {
    state: { ...walk, status: 'exhausted', step, wakeAt: after(now, REMIND_EVERY), paged },
    effects: persons.length > 0 ? pages : [],
  };
}
