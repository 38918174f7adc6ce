import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { Scene } from './escalation-context.js';
import { preceded, tell } from './outcomes.js';
import { pageFallback } from './page-fallback.js';
import type { PlannedStep } from './policy-plan.js';
import { after } from './timing.js';
import { type Place, placeAfter, type Walk } from './walk-plan.js';

/**
 * Pages the first step from `place` on that leads to anybody; steps that lead to nobody are left at once and told
 * (L2). When no step does, the fallback is paged. Exactly one step is planned, however late it is.
 */
export function pageFrom(walk: Walk, place: Place | undefined, scene: Scene): Decision {
  const told: Effect[] = [];
  const tried = new Set<number>();
  let { round } = walk;
  // A step that led to nobody leads to nobody in the next round of the same instant either: each is tried once.
  for (let at = place; at !== undefined && !tried.has(at.step); at = placeAfter(scene.plan, at)) {
    const step = scene.plan.steps[at.step];
    if (step === undefined) break;
    if (at.round > round) told.push(tell('RoundStarted', walk.epoch, { round: at.round, from: step.name }));
    round = at.round;
    const { persons, empty } = scene.resolve(step.page, scene.now);
    if (persons.length > 0) return preceded(told, pageStep(walk, { at, step, persons }, scene));
    const why = { reason: 'step.empty', targets: empty };
    told.push(tell('StepSkipped', walk.epoch, { ...at, stepName: step.name, ...why }));
    tried.add(at.step);
  }
  const reason = tried.size > 0 ? 'all-empty' : 'ended';
  return preceded(told, pageFallback({ ...walk, round }, reason, scene));
}

interface FoundStep {
  readonly at: Place;
  readonly step: PlannedStep;
  readonly persons: readonly ReachedPerson[];
}

function pageStep(walk: Walk, { at, step, persons }: FoundStep, { plan, now }: Scene): Decision {
  const nextStepAt = after(now, step.wait);
  const place = { ...at, stepName: step.name, steps: plan.steps.length };
  return {
    state: { ...walk, ...at, status: 'running', wakeAt: nextStepAt, paged: persons.map((p) => p.person) },
    effects: [
      tell('StepStarted', walk.epoch, { ...place, persons, wait: step.wait }),
      { type: 'RequestPages', epoch: walk.epoch, ...place, persons, dueAt: now, nextStepAt },
    ],
  };
}
