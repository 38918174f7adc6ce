import type { Instant, Seconds, SlaClockState } from '@tocsin/contracts';
import { dueAt, workedBetween } from './count-work.js';
import { presentPause, type SlaClock } from './sla-clock.js';
import { type SlaTerms, targetOf } from './sla-terms.js';

/** When a clock is at risk and due, as far as is known now. */
export interface ClockTimes {
  /** Seconds of working time. */
  readonly target: Seconds;
  /** Absent while a pause that lasts stands before it. */
  readonly atRiskAt?: Instant | undefined;
  readonly dueAt?: Instant | undefined;
}

/** @returns undefined when nothing is promised at the clock's priority */
export function clockTimes(clock: SlaClock, terms: SlaTerms): ClockTimes | undefined {
  const target = targetOf(terms, clock.kind, clock.priority);
  if (target === undefined) return undefined;
  const atRiskAt = runFor(clock, terms, (target * terms.policy['at-risk']) / 100);
  return { target, atRiskAt, dueAt: runFor(clock, terms, target) };
}

/** The clock's only timer: when it must be looked at; undefined when nothing is due unless something else happens. */
export function slaWakeAt(clock: SlaClock, terms: SlaTerms): Instant | undefined {
  if (clock.ended !== undefined || clock.told === 'breached') return undefined;
  const times = clockTimes(clock, terms);
  return clock.told === 'nothing' ? times?.atRiskAt : times?.dueAt;
}

/** When the clock has run for so much working time; undefined when it stands still before that. */
function runFor({ startedAt, pauses }: SlaClock, { hours }: SlaTerms, seconds: Seconds): Instant | undefined {
  let [from, left] = [startedAt, seconds];
  for (const pause of pauses) {
    const due = dueAt(hours, from, left);
    if (due <= pause.from) return due;
    if (pause.until === undefined) return undefined;
    left -= workedBetween(hours, from, pause.from);
    from = pause.until;
  }
  return dueAt(hours, from, left);
}

/** A breach stays a breach, also when it was met later. */
export function clockStateOf(clock: SlaClock, terms: SlaTerms): SlaClockState {
  if (clock.told === 'breached') return 'breached';
  if (targetOf(terms, clock.kind, clock.priority) === undefined) return 'no-target';
  if (clock.ended !== undefined) return 'met';
  if (presentPause(clock) !== undefined) return 'paused';
  return clock.told === 'at-risk' ? 'at-risk' : 'running';
}
