import type { Instant } from '@tocsin/contracts';

/** Who answers at an instant, by which layer, and from when until when that layer names this person. */
export interface OnCallShift {
  readonly person: string;
  /** 1 is the first layer as written; a later layer wins where it covers. */
  readonly layer: number;
  readonly from: Instant;
  /** The first instant that is no longer this person's by this layer. */
  readonly until: Instant;
}
