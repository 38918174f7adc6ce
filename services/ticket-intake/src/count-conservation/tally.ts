/** Where every received event ends: exactly one of these. */
export const OUTCOMES = ['accepted', 'duplicate', 'quarantined', 'rejected'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What the process knows of an ending. What is stored (accepted, duplicate, quarantined) is counted by the statement
 * that stores it; the rest is counted here:
 * - rejected: refused before any statement was sent
 * - conflict: counted by the statement as a duplicate, refused since its content is another
 * - unknown: the sender was told to come back after a statement was sent; if it was stored, the statement has counted it
 */
export const ENDINGS = [...OUTCOMES, 'conflict', 'unknown'] as const;
export type Endings = Partial<Record<(typeof ENDINGS)[number], number>>;

/** What is added to the counts of one source and minute. */
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
