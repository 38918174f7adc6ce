import { type Instant, type Priority, rankOf, type Seconds } from '@tocsin/contracts';
import type { FailedOutcome, RetryVerdict } from './retry-verdict.js';

/** How long a page is worth repeating after its first try: late help for P1 is the next channel, not the tenth try. */
export const RETRY_BUDGET = {
  P1: 10 * 60,
  P2: 60 * 60,
  P3: 60 * 60,
  P4: 60 * 60,
  P5: 60 * 60,
} as const satisfies Record<Priority, Seconds>;

/** Full jitter: a random part of a wait that doubles from the first to the longest. */
export const BACK_OFF = { first: 1, longest: 30 } as const satisfies Record<string, Seconds>;

/** P1 and P2 do not wait for a receipt of an unknown try; lower ones do, this long, where one may still come. */
export const RECEIPT_WAIT: Seconds = 60;

export interface FailedTry {
  readonly outcome: FailedOutcome;
  readonly priority: Priority;
  /** Tries made, this one included. */
  readonly tries: number;
  readonly firstAt: Instant;
  /** Whether this channel tells later that a page arrived; without that there is nothing to wait for. */
  readonly receipts: boolean;
  /** What the provider asked for. */
  readonly retryAfter?: Seconds | undefined;
}

/**
 * Whether and when the same method is tried again.
 *
 * | outcome | P1, P2, and any on a channel without receipts | P3–P5 where a receipt may come |
 * |---|---|---|
 * | retryable | after the back-off | after the back-off |
 * | unknown, first time | at once, marked | after 60 s without a receipt, marked |
 * | unknown again | after the back-off, marked | after 60 s or the back-off, marked |
 * | permanent | never | never |
 *
 * @param jitter from 0 to 1, drawn by the caller
 */
export function nextTry(failed: FailedTry, now: Instant, jitter: number): RetryVerdict {
  if (failed.outcome === 'permanent') return { again: false, reason: 'permanent' };
  const at = now + waitOf(failed, jitter) * 1000;
  return at > failed.firstAt + RETRY_BUDGET[failed.priority] * 1000
    ? { again: false, reason: 'budget-spent' }
    : { again: true, at, repeat: failed.outcome === 'unknown' };
}

function waitOf({ outcome, priority, tries, receipts, retryAfter = 0 }: FailedTry, jitter: number): Seconds {
  const waits = receipts && rankOf(priority) > 2;
  if (outcome === 'unknown' && !waits && tries === 1) return retryAfter;
  const atLeast = outcome === 'unknown' && waits ? RECEIPT_WAIT : 0;
  return Math.max(backOff(tries, jitter), atLeast, retryAfter);
}

const backOff = (tries: number, jitter: number): Seconds =>
  jitter * Math.min(BACK_OFF.longest, BACK_OFF.first * 2 ** (tries - 1));
