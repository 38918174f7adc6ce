/** How much of something a key may have: a token bucket. */
export interface RateLimit {
  /** The most at one moment. */
  readonly burst: number;
  /** How many come back per second. */
  readonly perSecond: number;
}

export type RateDecision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly retryAfterSeconds: number };

/** Counts takes per key. A hint for shedding and throttling, never a truth: it may forget, and when it cannot tell it allows. */
export interface RateWindow {
  /** Takes `count` from the key's bucket if all of it is there; else takes nothing. Never throws. */
  take(key: string, limit: RateLimit, count?: number): Promise<RateDecision>;
}
