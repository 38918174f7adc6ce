import type { Instant, Priority, Target } from '@tocsin/contracts';
import type { Migration } from './migrate.js';
import type { OwnerTimes } from './owner-times.js';

/** What may happen to an escalation. `by` is a person's name, a source, or `tocsin`. */
export type CaseInput =
  | { readonly type: 'Opened'; readonly priority: Priority }
  | { readonly type: 'PriorityChanged'; readonly to: Priority }
  /** The timer, or anything that claims it: before `wakeAt` it does nothing (S9). */
  | { readonly type: 'Woke' }
  /** `epoch` is the one that the answered page belonged to; without it the present one is meant. */
  | { readonly type: 'Acknowledged'; readonly by: string; readonly epoch?: number | undefined }
  | { readonly type: 'Resolved'; readonly by: string }
  /** What keeps cases quiet, or what this case is, has changed: a suppressed one is looked at again. */
  | { readonly type: 'QuietChanged' }
  /** After a resolution, or an acknowledgement taken back: a new epoch begins. */
  | { readonly type: 'Reopened'; readonly by: string }
  /** A person asks for the next step at once; of an acknowledged case that is a new epoch. */
  | { readonly type: 'EscalateNow'; readonly by: string; readonly epoch?: number | undefined }
  /** Silence until an instant; it returns by itself, or when the case becomes more urgent. */
  | {
      readonly type: 'Snoozed';
      readonly by: string;
      readonly until: Instant;
      readonly reason: string;
    }
  /** When the owner of this case is reminded, and loses it: in place of the policy's times, until an instant. */
  | ({ readonly type: 'OwnerTimesChanged' } & Omit<OwnerTimes, 'at'>)
  /** Others are paged in place of those who were. */
  | { readonly type: 'Reassigned'; readonly by: string; readonly to: readonly Target[] }
  /** One more person is paged. */
  | { readonly type: 'ResponderAdded'; readonly by: string; readonly person: string }
  /** A person makes the case part of another, which goes on in its place. */
  | { readonly type: 'Merged'; readonly by: string; readonly into: string }
  /** The same taken back. */
  | { readonly type: 'Unmerged'; readonly by: string }
  /** To the plan of another revision, which the context then has. */
  | ({ readonly type: 'Migrated' } & Migration)
  /** No way leads to this person for this page; without a person, to nobody of the step (L2). */
  | {
      readonly type: 'StepUnreachable';
      readonly epoch: number;
      readonly round: number;
      readonly step: number;
      readonly person?: string | undefined;
    };
