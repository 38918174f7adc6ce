import type { Effect } from './effect.js';
import type { EscalationCase } from './escalation-case.js';

/** Why nothing happened, though nothing was wrong. */
export type StayReason =
  /** Woke before `wakeAt`. */
  | 'too-early'
  /** Woke, but no timer is running. */
  | 'nothing-due'
  | 'already-open'
  | 'already-resolved'
  /** Acknowledged again by the person who owns the case. */
  | 'already-yours'
  | 'same-priority'
  /** The step that is said to be unreachable is no longer the present one. */
  | 'step-left'
  /** Others of the step may still be reached. */
  | 'others-remain'
  /** Escalate pressed again within seconds: one action. */
  | 'just-escalated'
  /** Reassigned to the same again within seconds. */
  | 'just-reassigned'
  /** The same responder asked for again within seconds. */
  | 'just-asked'
  /** The responder belongs to the present step. */
  | 'already-paged'
  /** The case pins the newest revision. */
  | 'newest-already'
  /** The condition of the held step is not met yet. */
  | 'still-held'
  /** What keeps the case quiet goes on. */
  | 'still-suppressed'
  /** Part of another case: nothing of its own moves. */
  | 'is-merged'
  | 'not-merged'
  /** Snoozed again until the same instant. */
  | 'already-snoozed'
  /** The owner of this case has these times already. */
  | 'already-so';

/** Why an input was refused. */
export type RefusalReason =
  | 'already-acknowledged'
  | 'stale-epoch'
  | 'already-resolved'
  /** Part of another case, which goes on in its place. */
  | 'merged'
  | 'no-policy'
  /** Times for an owner, and nobody has the case. */
  | 'no-owner'
  /** Until an instant that has passed. */
  | 'time-passed'
  /** Whom a person wants to be paged leads to nobody now. */
  | 'nobody-there'
  /** A responder for a case that is silent on purpose. */
  | 'snoozed'
  /** No escalation is on its way that could be moved. */
  | 'not-running';

export interface Refusal {
  readonly reason: RefusalReason;
  /** Who owns or resolved the case. */
  readonly owner?: string | undefined;
}

/**
 * What follows from an input. Either there are effects, or `stayed` or `refused` says why there are none; then
 * `state` is the one that was given (but `others-remain` remembers who cannot be reached, and a wake-up that
 * came to nothing may put the next one off).
 */
export interface Decision {
  readonly state: EscalationCase;
  readonly effects: readonly Effect[];
  readonly stayed?: StayReason | undefined;
  readonly refused?: Refusal | undefined;
}
