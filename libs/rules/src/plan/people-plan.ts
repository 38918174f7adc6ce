import type { Instant, Priority, Seconds } from '@tocsin/contracts';
import type { WatchChange } from './watch-changes.js';
import type { WindowChange } from './window-changes.js';

/** One person's pages by one service at some priorities, before and after; no times: never paged. */
export interface PagesChange {
  readonly service: string;
  readonly priorities: readonly Priority[];
  /** From the first event, where nobody answers, whoever is on call. */
  readonly before: readonly Seconds[];
  readonly after: readonly Seconds[];
}

/** Hours on call in the span of the plan. */
export interface OnCallChange {
  readonly schedule: string;
  readonly before: number;
  readonly after: number;
}

/** What a change of config means to one person. */
export interface PersonChange {
  readonly person: string;
  readonly pages: readonly PagesChange[];
  readonly onCall: readonly OnCallChange[];
}

/** How long one person alone has a P1; null: nobody else is ever paged. */
export interface SecondPersonChange {
  readonly service: string;
  readonly before: Seconds | null;
  readonly after: Seconds | null;
  readonly worsens: boolean;
}

/** What a change means to people, over a span of time sampled at every change of shift. */
export interface PeoplePlan {
  readonly from: Instant;
  readonly until: Instant;
  readonly people: readonly PersonChange[];
  readonly secondPerson: readonly SecondPersonChange[];
  readonly windows: readonly WindowChange[];
  /** Rules that only watch from now on, or decide that did not. */
  readonly watched: readonly WatchChange[];
}
