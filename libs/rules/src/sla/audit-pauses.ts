import type { PauseDoubt, Seconds } from '@tocsin/contracts';
import { workedBetween } from './count-work.js';
import { clockTimes } from './clock-times.js';
import type { SlaClock, SlaPause } from './sla-clock.js';
import type { SlaTerms } from './sla-terms.js';

export interface PauseFinding {
  /** Index in the clock's pauses. */
  readonly pause: number;
  readonly doubt: PauseDoubt;
}

/** A pause with less than this of the target left looks like one that was made to avoid the breach. */
const JUST_BEFORE: Seconds = 60;

/** A status and the answer that belongs to it come as two events, in either order. */
const SAME_ACT_MS = 60_000;

/**
 * Finds the pauses that a person should look at (X14): the ticket was said to wait for a customer who had replied
 * last, or the clock was stopped less than 60 seconds of working time before the breach. A doubt is no verdict.
 */
export const auditPauses = (clock: SlaClock, terms: SlaTerms): PauseFinding[] =>
  clock.pauses.flatMap((pause, i) => [
    ...(customerHadReplied(pause) ? [{ pause: i, doubt: 'customer-had-replied' as const }] : []),
    ...(isJustBeforeBreach(clock, i, terms) ? [{ pause: i, doubt: 'just-before-breach' as const }] : []),
  ]);

function customerHadReplied({ status, from, before, agentRepliedAt }: SlaPause): boolean {
  if (status !== 'waiting-for-customer' || before?.from !== 'customer') return false;
  return agentRepliedAt === undefined || agentRepliedAt > from + SAME_ACT_MS;
}

function isJustBeforeBreach(clock: SlaClock, index: number, terms: SlaTerms): boolean {
  const pause = clock.pauses[index];
  const dueAt = clockTimes({ ...clock, pauses: clock.pauses.slice(0, index) }, terms)?.dueAt;
  if (pause === undefined || dueAt === undefined || dueAt <= pause.from) return false;
  return workedBetween(terms.hours, pause.from, dueAt) < JUST_BEFORE;
}
