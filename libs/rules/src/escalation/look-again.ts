import type { Decision } from './decision.js';
import type { Held } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { nextMinute } from './hold-step.js';
import { stay } from './outcomes.js';
import { pageFrom } from './page-step.js';
import { conditionOf } from './step-condition.js';
import { walkOf } from './walk-plan.js';

/** The condition of a held step is looked at again, when its time has come or the case has changed. */
export function lookAgain(state: Held, scene: Scene): Decision {
  const step = scene.plan.steps[state.step];
  const walk = walkOf(state);
  const stillOut = step !== undefined && !conditionOf(step, walk, scene).met && step.otherwise === 'hold';
  if (stillOut) return { ...stay(state, 'still-held'), state: { ...state, wakeAt: nextMinute(scene.now) } };
  return pageFrom(walk, { round: state.round, step: state.step }, scene);
}
