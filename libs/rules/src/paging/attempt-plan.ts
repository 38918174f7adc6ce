import type { Channel, Instant, Priority } from '@tocsin/contracts';

/** A contact method by its name; `joins` puts it into the first step of those bands though no rule names it. */
export interface NamedMethod {
  readonly name: string;
  readonly channel: Channel;
  readonly joins?: readonly Priority[] | undefined;
}

/** One attempt to make: try 1 of this page over this method. */
export interface PlannedAttempt {
  readonly method: string;
  readonly channel: Channel;
  readonly dueAt: Instant;
}

/** In the order of their due times; without attempts the reason says why. */
export interface AttemptPlan {
  readonly attempts: readonly PlannedAttempt[];
  /** `no-rule`: no rule of this band, so every method at once. `no-methods`: nobody can be reached (L2). */
  readonly reason?: 'no-rule' | 'no-methods' | undefined;
}
