import type { ReachedPerson } from '../routing/resolved-targets.js';
import type { Decision } from './decision.js';
import type { Effect } from './effect.js';
import type { Paging } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { hold } from './hold-step.js';
import { hushed } from './hush.js';
import { preceded, tell } from './outcomes.js';
import { pageFallback, remindFallback } from './page-fallback.js';
import type { PlannedStep, PolicyPlan } from './policy-plan.js';
import { conditionOf } from './step-condition.js';
import { type TakenTurn, takeTurn } from './take-turn.js';
import { after } from './timing.js';
import { type Place, placeAfter, type Walk } from './walk-plan.js';

/**
 * Pages the first step from `place` on that may page and leads to anybody; steps that do not are left at once and told
 * (L2), or held when they say so. When no step does, the fallback is paged. Exactly one step is planned, however late.
 *
 * @param regardless the first step pages whatever its condition says: a person asks for it
 */
export function pageFrom(walk: Walk, place: Place | undefined, scene: Scene, regardless = false): Decision {
  const quiet = place === undefined ? undefined : hushed(walk, { due: 'step', ...place }, scene);
  return quiet ?? pageLoud(walk, place, scene, regardless);
}

function pageLoud(walk: Walk, place: Place | undefined, scene: Scene, regardless: boolean): Decision {
  const told: Effect[] = [];
  const tried = new Set<number>();
  let { round } = walk;
  let at = place;
  // A step that led to nobody leads to nobody in the next round of the same instant either: each is tried once.
  while (at !== undefined && !tried.has(at.step)) {
    const step = scene.plan.steps[at.step];
    if (step === undefined) break;
    if (at.round > round) told.push(tell('RoundStarted', walk.epoch, { round: at.round, from: step.name }));
    round = at.round;
    const outcome = tryStep(walk, { at, step, regardless: regardless && at === place }, scene);
    if ('decision' in outcome) return preceded(told, outcome.decision);
    told.push(outcome.skipped);
    tried.add(at.step);
    at = outcome.next;
  }
  const reason = tried.size > 0 ? 'all-empty' : 'ended';
  return preceded(told, pageFallback({ ...walk, round }, reason, scene));
}

interface StepAt {
  readonly at: Place;
  readonly step: PlannedStep;
  readonly regardless: boolean;
}

type Outcome =
  | { readonly decision: Decision }
  | { readonly skipped: Effect; readonly next: Place | undefined };

function tryStep(walk: Walk, { at, step, regardless }: StepAt, scene: Scene): Outcome {
  const { met, error } = conditionOf(step, { ...walk, round: at.round }, scene);
  if (!met && !regardless) {
    if (step.otherwise === 'hold') return { decision: hold(walk, { at, step }, scene) };
    return { skipped: skippedByCondition(walk, at, step), next: placeOutside(scene.plan, at, step) };
  }
  const taken = step.inTurn === undefined ? undefined : takeTurn(step.inTurn, scene);
  const { persons, empty } =
    taken === undefined ? scene.resolve(step.page, scene.now) : { ...taken, empty: [] };
  if (persons.length > 0) return { decision: pageStep(walk, { at, step, persons, error, taken }, scene) };
  const facts = { ...at, stepName: step.name, reason: 'step.empty', targets: empty } as const;
  return { skipped: tell('StepSkipped', walk.epoch, facts), next: placeAfter(scene.plan, at) };
}

/** A step outside of its condition may name a later one; the check of the config refuses an earlier one (S4). */
const placeOutside = (plan: PolicyPlan, at: Place, { otherwise }: PlannedStep): Place | undefined =>
  typeof otherwise === 'object' && otherwise.goTo > at.step
    ? { round: at.round, step: otherwise.goTo }
    : placeAfter(plan, at);

const skippedByCondition = (walk: Walk, at: Place, { name, when }: PlannedStep): Effect =>
  tell('StepSkipped', walk.epoch, { ...at, stepName: name, reason: 'step.condition', when });

interface FoundStep {
  readonly at: Place;
  readonly step: PlannedStep;
  readonly persons: readonly ReachedPerson[];
  readonly error: string | undefined;
  readonly taken: TakenTurn | undefined;
}

function pageStep(
  walk: Walk,
  { at, step, persons, error, taken }: FoundStep,
  { plan, now }: Scene,
): Decision {
  const nextStepAt = after(now, step.wait);
  const place = { ...at, stepName: step.name, steps: plan.steps.length };
  const erred = error === undefined ? {} : { conditionError: error };
  return {
    state: { ...walk, ...at, status: 'running', wakeAt: nextStepAt, paged: persons.map((p) => p.person) },
    effects: [
      tell('StepStarted', walk.epoch, { ...place, persons, wait: step.wait, ...erred, ...taken?.facts }),
      { type: 'RequestPages', epoch: walk.epoch, ...place, persons, dueAt: now, nextStepAt },
      ...(taken === undefined ? [] : [taken.effect]),
    ],
  };
}

/** What follows a step that nobody answered: the next one; after the fallback's place, the fallback again. */
export function goOn(state: Paging, walk: Walk, scene: Scene): Decision {
  if (state.status === 'exhausted') return remindFallback(walk, scene);
  if (state.goesOn === undefined && state.step >= scene.plan.steps.length)
    return pageFallback({ ...walk, round: walk.round + 1 }, 'ended', scene);
  return pageFrom(walk, state.goesOn ?? placeAfter(scene.plan, state), scene);
}
