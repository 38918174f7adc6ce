import type { QuietCause } from '../quiet/quiet-window.js';
import type { Decision } from './decision.js';
import type { Suppressed } from './escalation-case.js';
import type { Scene } from './escalation-context.js';
import { preceded, stay, tell, TOCSIN } from './outcomes.js';
import { pageFallback, remindFallback } from './page-fallback.js';
import { pageFrom } from './page-step.js';
import { type Walk, walkOf } from './walk-plan.js';

/** The same scene for what a person asks for by hand: whoever asks wants somebody to be paged. */
export const unhushed = (scene: Scene): Scene => ({ ...scene, quiet: undefined });

/**
 * A suppressed case is looked at again: at the end of what keeps it quiet, or when that, or the case itself, has
 * changed. It goes on with the very step that was held back, at once.
 */
export function lookIfQuiet(state: Suppressed, scene: Scene): Decision {
  const quiet = scene.quiet?.(state.priority, scene.now);
  if (quiet === undefined) return endSuppression(state, scene);
  if (isSame(state.by, quiet.by) && state.wakeAt === quiet.until) return stay(state, 'still-suppressed');
  const later = { ...state, wakeAt: quiet.until };
  // A parent has no end that could be told: the case is only looked at again later.
  if (isSame(state.by, quiet.by) && quiet.by.kind === 'parent')
    return { ...stay(state, 'still-suppressed'), state: later };
  const after: Suppressed = { ...later, by: quiet.by };
  const facts = { by: quiet.by, until: quiet.until, round: state.round, step: state.step, was: state.by };
  return { state: after, effects: [tell('EscalationSuppressed', state.epoch, facts)] };
}

const isSame = (a: QuietCause, b: QuietCause): boolean =>
  a.kind === b.kind && a.name === b.name && a.id === b.id;

/** @param walk the epoch and wish that it goes on with */
export function endSuppression(
  state: Suppressed,
  scene: Scene,
  walk: Walk = walkOf(state),
  by: string = TOCSIN,
): Decision {
  const told = tell('SuppressionEnded', walk.epoch, { suppressedBy: state.by, since: state.since }, by);
  return preceded([told], goOnFrom(state, walk, scene));
}

function goOnFrom({ round, step, due }: Suppressed, walk: Walk, scene: Scene): Decision {
  switch (due) {
    case 'step':
      return pageFrom(walk, { round, step }, scene);
    case 'fallback':
      return pageFallback(walk, 'ended', scene);
    case 'reminder':
      return remindFallback(walk, scene);
  }
}
