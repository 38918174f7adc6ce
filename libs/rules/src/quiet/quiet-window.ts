import type { Instant, QuietScope, Seconds, Weekday } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call/on-call-shift.js';

/** A window of one stretch, such as one that was made at run time. */
export interface OnceOnly extends TimeSpan {
  readonly kind: 'once';
}

/** A window that begins on these days of the week at a minute of the wall clock, and lasts so long by the clock's ticks. */
export interface Weekly {
  readonly kind: 'weekly';
  readonly timeZone: string;
  readonly days: readonly Weekday[];
  /** Minutes since midnight. */
  readonly from: number;
  readonly lasts: Seconds;
  /** First and last local day on which it may begin: `2026-12-05`. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** A maintenance window as the engine looks at it. */
export interface QuietWindow {
  readonly name: string;
  /** Of a window made at run time; those of the config have their name only. */
  readonly id?: string | undefined;
  readonly scope: QuietScope;
  /** Urgent safety cases page all the same, or not. */
  readonly safety: 'exempt' | 'muted';
  readonly times: OnceOnly | Weekly;
}

/** What keeps a case quiet: a window, its source, which has said that it is over, or the open case of another service. */
export interface QuietCause {
  readonly kind: 'window' | 'resolving' | 'parent';
  /** Of the window, the source or the parent's service. */
  readonly name: string;
  /** Of a window made at run time, or of the parent case. */
  readonly id?: string | undefined;
}

/** That a case is hushed, by what, and until when it surely is unless something changes. */
export interface Quiet {
  readonly by: QuietCause;
  readonly until: Instant;
}
