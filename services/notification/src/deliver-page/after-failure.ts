import type { AttemptState, Instant, Priority, Seconds } from '@tocsin/contracts';
import { type FailedOutcome, nextTry } from '@tocsin/rules';

/** An attempt of the page, as the ledger has it. */
export interface Sibling {
  readonly method: string;
  readonly try: number;
  readonly state: AttemptState;
  readonly dueAt: Instant;
}

export interface Failure {
  readonly method: string;
  readonly try: number;
  readonly priority: Priority;
  readonly outcome: FailedOutcome;
  readonly retryAfter?: Seconds | undefined;
  /** Our own process died with it in hand: no fault of the receiver, so it is not made to wait for one. */
  readonly abandoned?: boolean | undefined;
}

/** None of today's channels tells later that a page arrived: to wait for it would only make a lost page later. */
const RECEIPTS = false;

/** What a failed attempt sets off. The ledger interprets it. */
export type Aftermath =
  | { readonly type: 'try-again'; readonly try: number; readonly dueAt: Instant; readonly repeat: boolean }
  /** Another method of the person, planned for later, is due now. */
  | { readonly type: 'next-method'; readonly method: string; readonly try: number }
  /** Nothing is left and nothing arrived: the step must not wait out its time (L2). */
  | { readonly type: 'unreachable' }
  /** Another method has arrived or is still on its way. */
  | { readonly type: 'nothing' };

/**
 * S6: a further try only after `retryable` or `unknown`. A permanent failure or a spent budget opens the next method
 * of the person at once.
 * @param siblings all attempts of the page, the failed one among them
 * @param jitter 0 to 1, random
 */
export function afterFailure(
  failed: Failure,
  siblings: readonly Sibling[],
  now: Instant,
  jitter: number,
): Aftermath {
  const tries = siblings.filter((s) => s.method === failed.method);
  const firstAt = Math.min(...tries.map((s) => s.dueAt), now);
  const { outcome, priority, retryAfter } = failed;
  const counted = failed.abandoned === true ? 1 : failed.try;
  const verdict = nextTry(
    { outcome, priority, tries: counted, firstAt, retryAfter, receipts: RECEIPTS },
    now,
    jitter,
  );
  if (verdict.again)
    return { type: 'try-again', try: failed.try + 1, dueAt: verdict.at, repeat: verdict.repeat };
  const others = siblings.filter((s) => s.method !== failed.method || s.try > failed.try);
  if (others.some((s) => s.state === 'accepted' || s.state === 'delivered')) return { type: 'nothing' };
  const [next] = others.filter((s) => s.state === 'planned').toSorted((a, b) => a.dueAt - b.dueAt);
  if (next !== undefined)
    return next.dueAt > now
      ? { type: 'next-method', method: next.method, try: next.try }
      : { type: 'nothing' };
  return others.some((s) => s.state === 'handed' || s.state === 'leased')
    ? { type: 'nothing' }
    : { type: 'unreachable' };
}
