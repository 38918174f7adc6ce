import type { Instant } from '@tocsin/contracts';
import { wakeAtOf } from '../../escalation/escalation-case.js';
import { reweighAt } from '../../priority/weighing.js';
import { clocksWakeAt } from './replay-clocks.js';
import { isOver, type ReplayedCase } from './replayed-case.js';
import type { ReplayTimer } from './timer-queue.js';

/**
 * When a timer of a case rings; undefined while it does not wait.
 * @param looks when what hushes cases was changed, in order
 */
export function dueOf(
  found: ReplayedCase,
  timer: ReplayTimer,
  looks: readonly Instant[],
): Instant | undefined {
  switch (timer) {
    case 'wake':
      return wakeAtOf(found.escalation);
    case 'sla':
      return clocksWakeAt(found.clocks);
    case 'weigh':
      return isOver(found) ? undefined : reweighAt(found.weighing);
    case 'close':
      return found.closeAt;
    case 'calm':
      return found.group?.flapping?.calmAt;
    case 'look':
      return lookDue(found, looks);
  }
}

/** A hushed case is looked at when what hushed it has changed, or the case that it was quiet for has let go of it. */
function lookDue({ escalation, lookedAt = 0, letGoAt }: ReplayedCase, looks: readonly Instant[]) {
  if (escalation.status !== 'suppressed') return undefined;
  const since = Math.max(escalation.since, lookedAt);
  const changed = looks.find((at) => at > since);
  return letGoAt === undefined || (changed !== undefined && changed < letGoAt) ? changed : letGoAt;
}
