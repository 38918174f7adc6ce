/** Where every received event ends: exactly one of these. */
export const OUTCOMES = ['accepted', 'duplicate', 'quarantined', 'rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type Outcomes = Partial<Record<Outcome, number>>;

/** Counts of one source and minute. `received` is counted at the door, the rest when the sender is answered. */
export interface Tally extends Record<Outcome, number> {
  readonly tenant: string;
  readonly source: string;
  /** Milliseconds since 1970, the start of the minute in which the event was received. */
  readonly minute: number;
  received: number;
}

/** What one request holds until it is answered: its outcomes are counted in the minute in which it came. */
export interface Counted {
  readonly tenant: string;
  readonly source: string;
  readonly minute: number;
}

export const minuteOf = (at: number): number => at - (at % 60_000);
