import type { Instant } from '@tocsin/contracts';
import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { EscalationContext } from './escalation-context.js';
import { tell } from './outcomes.js';
import { pageFallback } from './page-fallback.js';
import type { PlannedStep } from './policy-plan.js';
import { after } from './timing.js';
import { type Place, placeAfter, type Walk } from './walk-plan.js';

/**
 * Pages the first step from `place` on that leads to anybody; steps that lead to nobody are left at once and told
 * (L2). When no step does, the fallback is paged. Exactly one step is planned, however late it is.
 *
 * @param before effects that come first
 */
export function pageFrom(
  walk: Walk,
  place: Place | undefined,
  { plan, resolve }: EscalationContext,
  now: Instant,
  before: readonly Effect[],
): Decision {
  const effects: Effect[] = [...before];
  const tried = new Set<number>();
  let last: Place = place ?? { round: 1, step: 0 };
  // A step that led to nobody leads to nobody in the next round of the same instant either: each is tried once.
  for (let at = place; at !== undefined && !tried.has(at.step); at = placeAfter(plan, at)) {
    const step = plan.steps[at.step];
    if (step === undefined) break;
    if (at.round > last.round) effects.push(tell('RoundStarted', walk.epoch, { round: at.round, from: step.name }));
    const { persons, empty } = resolve(step.page, now);
    if (persons.length > 0) return pageStep(walk, at, step, persons, plan.steps.length, now, effects);
    effects.push(
      tell('StepSkipped', walk.epoch, { ...at, stepName: step.name, reason: 'step.empty', targets: empty }),
    );
    tried.add(at.step);
    last = at;
  }
  return pageFallback(walk, last.round, { plan, resolve }, now, effects, tried.size > 0 ? 'all-empty' : 'ended');
}

function pageStep(
  walk: Walk,
  at: Place,
  step: PlannedStep,
  persons: readonly ReachedPerson[],
  steps: number,
  now: Instant,
  before: readonly Effect[],
): Decision {
  const nextStepAt = after(now, step.wait);
  return {
    state: { ...walk, ...at, status: 'running', wakeAt: nextStepAt, paged: persons.map((p) => p.person) },
    effects: [
      ...before,
      tell('StepStarted', walk.epoch, { ...at, stepName: step.name, steps, persons, wait: step.wait }),
      {
        type: 'RequestPages',
        epoch: walk.epoch,
        ...at,
        stepName: step.name,
        steps,
        persons,
        dueAt: now,
        nextStepAt,
      },
    ],
  };
}
