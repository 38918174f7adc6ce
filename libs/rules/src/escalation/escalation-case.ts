import type { Instant, Priority } from '@tocsin/contracts';

/** Where an escalation stands. Plain JSON. The triple (epoch, round, step) only ever grows (S4). */
interface Position {
  /** 0 until the first escalation; then 1, +1 at every reopening or restart. */
  readonly epoch: number;
  readonly round: number;
  /** Index of the step paged last; the number of steps in the plan means the fallback. */
  readonly step: number;
  readonly priority: Priority;
  /** When a person last asked for the next step: the same wish within seconds is one action. */
  readonly escalatedAt?: Instant | undefined;
}

/** Why a case has no escalation. */
export type NoEscalationReason = 'not-opened' | 'below-band' | 'no-policy';

/**
 * The escalation of one case. `wakeAt` is its only timer: running and exhausted always have one, the others
 * never do (L3); the types say so.
 */
export type EscalationCase =
  | (Position & { readonly status: 'none'; readonly reason: NoEscalationReason })
  | (Position & {
      readonly status: 'running' | 'exhausted';
      readonly wakeAt: Instant;
      /** Persons of the step paged last who may still be reached. */
      readonly paged: readonly string[];
    })
  | (Position & { readonly status: 'acknowledged' | 'resolved'; readonly by: string; readonly at: Instant });

/** The state before `Opened`. */
export const NOT_OPENED: EscalationCase = {
  status: 'none',
  reason: 'not-opened',
  epoch: 0,
  round: 0,
  step: 0,
  priority: 'P4',
};

/** When this case must be looked at again; undefined when nothing is due ever. */
export const wakeAtOf = (state: EscalationCase): Instant | undefined =>
  state.status === 'running' || state.status === 'exhausted' ? state.wakeAt : undefined;
