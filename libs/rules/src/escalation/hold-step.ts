import type { Instant } from '@tocsin/contracts';
import type { Decision } from './decision.js';
import type { Scene } from './escalation-context.js';
import { tell } from './outcomes.js';
import type { PlannedStep } from './policy-plan.js';
import type { Place, Walk } from './walk-plan.js';

const MINUTE_MS = 60_000;

/** A condition over `now.*` changes with a minute of the wall clock at the earliest; every zone's offset is whole minutes. */
export const nextMinute = (now: Instant): Instant => (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;

interface StepToHold {
  readonly at: Place;
  readonly step: PlannedStep;
}

/** The step waits for its condition: that it does is state, so it survives whatever happens to the process. */
export function hold(walk: Walk, { at, step }: StepToHold, { now }: Scene): Decision {
  const wakeAt = nextMinute(now);
  const facts = { ...at, stepName: step.name, when: step.when, lookedAtAgain: wakeAt };
  return {
    state: { ...walk, ...at, status: 'held', wakeAt },
    effects: [tell('StepHeld', walk.epoch, facts)],
  };
}
