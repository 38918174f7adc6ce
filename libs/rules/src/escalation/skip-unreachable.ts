import type { CaseInput } from './case-input.js';
import type { Decision } from './decision.js';
import type { EscalationCase } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, stay, tell } from './outcomes.js';
import { goOn } from './page-step.js';
import { walkOf } from './walk-plan.js';

type StepUnreachable = Extract<CaseInput, { type: 'StepUnreachable' }>;

/** Nobody of the present step can be reached: it must not wait out its time (L2). */
export function skipUnreachable(state: EscalationCase, input: StepUnreachable, scene: Scene): Decision {
  if (state.status !== 'running' && state.status !== 'exhausted') return stay(state, 'step-left');
  if (!isPresentStep(state, input) || state.paged.length === 0) return stay(state, 'step-left');
  const paged = input.person === undefined ? [] : state.paged.filter((person) => person !== input.person);
  if (paged.length > 0) return stay({ ...state, paged }, 'others-remain');
  const { epoch, round, step } = state;
  if (state.status === 'exhausted') {
    // Nobody is left to ask until the reminder; asking on at once would spin while phones are down.
    const alarm = tell('EscalationExhausted', epoch, { reason: 'fallback.unreachable', round, persons: [] });
    return { state: { ...state, paged }, effects: [alarm] };
  }
  const stepName = scene.plan.steps[step]?.name;
  const skipped = tell('StepSkipped', epoch, { round, step, stepName, reason: 'step.unreachable' });
  return preceded([skipped], goOn(state, walkOf(state), scene));
}

const isPresentStep = (state: EscalationCase, at: StepUnreachable): boolean =>
  at.epoch === state.epoch && at.round === state.round && at.step === state.step;
