import type { Instant, Layer, OnCallRole } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call-shift.js';
import type { Recurrence } from './recurrence.js';

/** What every change has. It is never altered: cancelling it adds when and by whom, and voids it as a whole. */
interface Recorded {
  readonly id: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string;
  readonly reason?: string | undefined;
  readonly cancelledAt?: Instant | undefined;
  readonly cancelledBy?: string | undefined;
}

interface InLane {
  readonly schedule: string;
  readonly role: OnCallRole;
}

/**
 * A person covers a lane; with `replaces` only the turns of that one person. Where it repeats, its span is the first of
 * its stretches.
 */
export interface Override extends Recorded, InLane, TimeSpan {
  readonly kind: 'override';
  readonly person: string;
  readonly replaces?: string | undefined;
  readonly repeats?: Recurrence | undefined;
  /** The request for cover that became this override. */
  readonly cover?: string | undefined;
}

/** Two people exchange what they have: in the first's span the second is on call, and the other way round. */
export interface Swap extends Recorded, InLane {
  readonly kind: 'swap';
  readonly first: TimeSpan & { readonly person: string };
  readonly second: TimeSpan & { readonly person: string };
}

/** Other layers stand in place of all layers of a schedule, in every role, such as in the week of an event. */
export interface TemporaryLayers extends Recorded, TimeSpan {
  readonly kind: 'temporary';
  readonly schedule: string;
  readonly layers: readonly Layer[];
}

/** A person is away: in all schedules. */
export interface Leave extends Recorded, TimeSpan {
  readonly kind: 'leave';
  readonly person: string;
  /** The calendar that it was imported from, and its key in it. */
  readonly imported?: { readonly calendar: string; readonly key: string } | undefined;
}

export type ShiftChange = Override | Swap | TemporaryLayers | Leave;
