import type { Decision } from './decision.js';
import type { Suppressed } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { tell } from './outcomes.js';
import type { Walk } from './walk-plan.js';

/** What is held back: a step of the plan, its fallback, or another reminder of the fallback. */
type HeldBack = Pick<Suppressed, 'due' | 'round' | 'step'>;

/**
 * Something keeps the case quiet now: what would be paged is held back, and told (never dropped).
 * @returns undefined when nothing does
 */
export function hushed(walk: Walk, heldBack: HeldBack, scene: Scene): Decision | undefined {
  const { now, plan } = scene;
  const quiet = scene.quiet?.(walk.priority, now);
  if (quiet === undefined) return undefined;
  const { by, until } = quiet;
  const stepName = plan.steps[heldBack.step]?.name ?? 'fallback';
  return {
    state: { ...walk, ...heldBack, status: 'suppressed', by, since: now, wakeAt: until },
    effects: [tell('EscalationSuppressed', walk.epoch, { by, until, ...heldBack, stepName })],
  };
}
