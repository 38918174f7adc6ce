import type { Counterfactual, Instant, Priority } from '@tocsin/contracts';
import type { EventFacts } from '../conditions/event-facts.js';
import type { KnownCategory } from './category-owning.js';
import type { PriorityDecision } from './priority-decision.js';

/** A decision that stands: by which revision it was made, and what would have changed it. */
export interface StandingDecision extends PriorityDecision {
  readonly revision: number;
  readonly counterfactual: Counterfactual;
}

/** A priority that a person has given; it holds until `until`, or until it is taken back. */
export interface Pin {
  readonly priority: Priority;
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  readonly until?: Instant | undefined;
}

/** What the priority of one case stands on. Plain JSON; changed by `reweigh` only. */
export interface Weighing {
  /** What all of its events together have said. */
  readonly facts: EventFacts;
  /** What the taxonomy calls the category of these facts; absent when it knows none. */
  readonly category?: KnownCategory | undefined;
  /** The computed priority: what the case has while nobody has pinned another. */
  readonly standing: StandingDecision;
  /** The facts have asked for this less urgent priority; it follows at `at` if they still do. */
  readonly lowering?: { readonly to: Priority; readonly at: Instant } | undefined;
  readonly pin?: Pin | undefined;
}

/** The earliest instant at which time alone may change the priority. */
export function reweighAt({ lowering, pin }: Weighing): Instant | undefined {
  const times = [lowering?.at, pin?.until].filter((at) => at !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
