import type { Instant, OnCallRole } from '@tocsin/contracts';

/** What put a person on call. Precedence is fixed: swap, override, temporary layers, the later layer. */
export type ShiftReason =
  /** `layer` 1 is the first as written; `turn` 0 is its first. */
  | { readonly by: 'layer'; readonly layer: number; readonly turn: number }
  /** A layer of those that stand in place of the schedule's own. */
  | { readonly by: 'temporary'; readonly change: string; readonly layer: number; readonly turn: number }
  | { readonly by: 'override'; readonly change: string; readonly replaces?: string | undefined }
  /** `of` is the person who gave the turn away. */
  | { readonly by: 'swap'; readonly change: string; readonly of: string };

/** Who answers, why, and from when until when nothing of that changes. */
export interface OnCallShift {
  readonly person: string;
  readonly why: ShiftReason;
  /** Minus infinity when it always was so. */
  readonly from: Instant;
  /** The first instant at which somebody or something else decides. */
  readonly until: Instant;
}

/** Why nobody answers. */
export type GapReason =
  /** No layer of this role covers. */
  | { readonly by: 'no-layer' }
  /** The turn of a person on leave, whom nobody covers. */
  | { readonly by: 'leave'; readonly change: string; readonly person: string; readonly layer: number };

export interface OnCallGap {
  readonly why: GapReason;
  readonly from: Instant;
  readonly until: Instant;
}

/** A time window, the end not included. */
export interface TimeSpan {
  readonly from: Instant;
  readonly until: Instant;
}

/** Shifts and gaps of one role: together they fill the window, none overlaps another. */
export interface Timeline {
  readonly role: OnCallRole;
  readonly shifts: readonly OnCallShift[];
  readonly gaps: readonly OnCallGap[];
}
