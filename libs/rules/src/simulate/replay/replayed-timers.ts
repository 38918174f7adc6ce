import type { CaseTimer, Instant } from '@tocsin/contracts';
import { wakeAtOf } from '../../escalation/escalation-case.js';
import { reweighAt } from '../../priority/weighing.js';
import { clocksWakeAt } from './replay-clocks.js';
import { isOver, type ReplayedCase } from './replayed-case.js';

/** When a timer of a case rings; undefined while it does not wait. */
export function dueOf(found: ReplayedCase, timer: CaseTimer): Instant | undefined {
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
  }
}

/** Since when it is hushed and nobody has looked whether it still is; undefined when it is not. */
export const hushedSince = ({ escalation, lookedAt = 0 }: ReplayedCase): Instant | undefined =>
  escalation.status === 'suppressed' ? Math.max(escalation.since, lookedAt) : undefined;
