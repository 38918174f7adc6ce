import type { Priority, RoundRobin, Seconds, Target } from '@tocsin/contracts';

/** A step that pages one of a team in turn. */
export interface TurnRule {
  /** Whose counter it is. */
  readonly policy: string;
  /** Name of the team. */
  readonly of: string;
  readonly prefer: RoundRobin['prefer'];
}

/** A step of a pinned policy; its index is the `step` of the page key. */
export interface PlannedStep {
  readonly name: string;
  readonly page: readonly Target[];
  /** Seconds until the next step when nobody answers. */
  readonly wait: Seconds;
  /** Instead of all targets, one of a team; the targets when that leads to nobody. */
  readonly inTurn?: TurnRule | undefined;
  /** CEL over `case.*` and `now.*`; absent: always. */
  readonly when?: string | undefined;
  /** Whose wall clock `now.*` shows: an IANA zone. */
  readonly timeZone?: string | undefined;
  /** Outside of its condition: absent goes on to the next step; `hold` waits; `goTo` is the index of a later step. */
  readonly otherwise?: 'hold' | { readonly goTo: number } | undefined;
}

/** How long an acknowledgement holds, in seconds since the owner's last word; absent: for ever. */
export interface AcknowledgedTimes {
  /** The owner is reminded this often. */
  readonly remind?: Seconds | undefined;
  /** The case is taken back and escalates again. */
  readonly reopen?: Seconds | undefined;
  /** Index of the step that it then starts at; absent: the first. */
  readonly restart?: number | undefined;
}

/**
 * What a case pins when it opens: the policy as it was then. Plain JSON, so it may be stored with the case.
 * Without a policy there are no steps, and the fallback is the last resort of P1 and P2: `everyone`.
 */
export interface PolicyPlan {
  /** Name of the policy; undefined when the case has none. */
  readonly policy?: string | undefined;
  readonly service?: string | undefined;
  readonly steps: readonly PlannedStep[];
  /** After the last step: again from the step with index `from`, `times` rounds after the first. */
  readonly repeat?: { readonly from: number; readonly times: number } | undefined;
  readonly fallback: readonly Target[];
  /** The least urgent priority that escalates; cases below it open without an escalation. */
  readonly escalatesDownTo: Priority;
  /** By priority; a priority that is not named is never reminded. */
  readonly acknowledged?: Readonly<Partial<Record<Priority, AcknowledgedTimes>>> | undefined;
}
