import type { Instant, Priority } from '@tocsin/contracts';
import type { PolicyPlan } from './policy-plan.js';

/** What a case keeps while it walks its plan. */
export interface Walk {
  readonly epoch: number;
  /** The round that it is in; 1 before the first step. */
  readonly round: number;
  readonly priority: Priority;
  /** What a person last asked for by hand: the same wish within seconds is one action. */
  readonly wish?: Wish | undefined;
  /** Responders whom people have asked for by hand. */
  readonly added?: AddedResponders | undefined;
}

export interface AddedResponders {
  /** So many pages were asked for: each has a place of its own behind those of the plan. */
  readonly pages: number;
  /** When each person was last asked for. */
  readonly last: readonly { readonly person: string; readonly at: Instant }[];
}

export interface Wish {
  /** Such as `escalate` or `reassign person chen`. */
  readonly what: string;
  readonly at: Instant;
}

/** What goes on into the next step or epoch. */
export const walkOf = ({ epoch, round, priority, wish, added }: Walk): Walk => ({
  epoch,
  round,
  priority,
  ...(wish === undefined ? {} : { wish }),
  ...(added === undefined ? {} : { added }),
});

/** A place in the plan. */
export interface Place {
  readonly round: number;
  readonly step: number;
}

/** Where an epoch begins; undefined when the plan has no steps. */
export const firstPlace = (plan: PolicyPlan): Place | undefined =>
  plan.steps.length === 0 ? undefined : { round: 1, step: 0 };

/**
 * The place after this one: the next step, else the step that the policy repeats from, one round on.
 * @returns undefined when the last round has ended and only the fallback is left
 */
export function placeAfter(plan: PolicyPlan, { round, step }: Place): Place | undefined {
  if (step >= plan.steps.length) return undefined;
  if (step + 1 < plan.steps.length) return { round, step: step + 1 };
  const { repeat } = plan;
  // `times` counts the rounds after the first, so round `times` may still be followed by one more.
  return repeat !== undefined && round <= repeat.times ? { round: round + 1, step: repeat.from } : undefined;
}
