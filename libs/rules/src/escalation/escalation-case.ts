import type { Instant } from '@tocsin/contracts';
import type { QuietCause } from '../quiet/quiet-window.js';
import type { OwnerTimes } from './owner-times.js';
import type { Place, Walk } from './walk-plan.js';

/** Where an escalation stands. Plain JSON. The triple (epoch, round, step) only ever grows (S4). */
interface Position extends Walk {
  /** Index of the step paged last, or held; the number of steps in the plan means the fallback. */
  readonly step: number;
}

/** Why a case has no escalation. */
export type NoEscalationReason = 'not-opened' | 'below-band' | 'no-policy';

export type Idle = Position & { readonly status: 'none'; readonly reason: NoEscalationReason };

export type Paging = Position & {
  readonly status: 'running' | 'exhausted';
  readonly wakeAt: Instant;
  /** Persons of the step paged last who may still be reached. */
  readonly paged: readonly string[];
  /** Where the policy goes on when that is not the step after: a page by hand has taken a turn. */
  readonly goesOn?: Place | undefined;
};

/** Its step waits for its condition; `wakeAt` is when that is looked at again. */
export type Held = Position & { readonly status: 'held'; readonly wakeAt: Instant };

/**
 * Something keeps the case quiet: what is `due` at its place is held back until `wakeAt`, when it is looked at again.
 * Unlike a snooze it has no end of its own: it may be over earlier, or go on.
 */
export type Suppressed = Position & {
  readonly status: 'suppressed';
  readonly by: QuietCause;
  readonly since: Instant;
  readonly wakeAt: Instant;
  readonly due: 'step' | 'fallback' | 'reminder';
};

/** Silent until `wakeAt`, when it goes on in a new epoch from the step it was at. */
export type Snoozed = Position & {
  readonly status: 'snoozed';
  readonly by: string;
  readonly at: Instant;
  readonly wakeAt: Instant;
  readonly reason: string;
  readonly after: 'none' | 'running' | 'exhausted' | 'held' | 'suppressed' | 'acknowledged';
};

/** Somebody whom the owner wants beside them, and the epoch of that page. */
export interface Responder {
  readonly person: string;
  readonly epoch: number;
}

export type Acknowledged = Position & {
  readonly status: 'acknowledged';
  readonly by: string;
  readonly at: Instant;
  /** The epoch that was answered; absent: the present one. Reminders and responders get epochs of their own. */
  readonly answered?: number | undefined;
  /** When the owner last said that they are still on it; absent: `at`. */
  readonly confirmedAt?: Instant | undefined;
  /** The reminder that waits for the owner's word. */
  readonly reminder?: { readonly at: Instant; readonly epoch: number } | undefined;
  /** Times that a person wants in place of the policy's. */
  readonly times?: OwnerTimes | undefined;
  /** Responders who have not joined yet. */
  readonly asked?: readonly Responder[] | undefined;
  /** When the owner is reminded or loses the case, or times of its own end; absent when nothing of that comes. */
  readonly wakeAt?: Instant | undefined;
};

export type Resolved = Position & { readonly status: 'resolved'; readonly by: string; readonly at: Instant };

/** Its case is part of another; `before` is what it goes on as when that is taken back. */
export type Cancelled = Position & {
  readonly status: 'cancelled';
  readonly by: string;
  readonly at: Instant;
  /** The id of the other case, as people see it. */
  readonly into: string;
  readonly before: LiveEscalation;
};

/** The escalation of a case that is not part of another. */
export type LiveEscalation = Idle | Paging | Held | Suppressed | Snoozed | Acknowledged | Resolved;

/**
 * The escalation of one case. `wakeAt` is its only timer: running, exhausted, held, suppressed and snoozed always have one (L3);
 * acknowledged has one when its policy reminds or reopens; the others never do. The types say so.
 */
export type EscalationCase = LiveEscalation | Cancelled;

/** The state before `Opened`. */
export const NOT_OPENED: Idle = {
  status: 'none',
  reason: 'not-opened',
  epoch: 0,
  round: 0,
  step: 0,
  priority: 'P4',
};

/** When this case must be looked at again; undefined when nothing is due ever. */
export const wakeAtOf = (state: EscalationCase): Instant | undefined =>
  'wakeAt' in state ? state.wakeAt : undefined;

/** What every state keeps, whatever it was before. */
export const positionOf = ({ epoch, round, step, priority, wish, added }: Position): Position => ({
  epoch,
  round,
  step,
  priority,
  ...(wish === undefined ? {} : { wish }),
  ...(added === undefined ? {} : { added }),
});
