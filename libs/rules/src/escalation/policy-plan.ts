import type { Priority, Seconds, Target } from '@tocsin/contracts';

/** A step of a pinned policy; its index is the `step` of the page key. */
export interface PlannedStep {
  readonly name: string;
  readonly page: readonly Target[];
  /** Seconds until the next step when nobody answers. */
  readonly wait: Seconds;
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
}
