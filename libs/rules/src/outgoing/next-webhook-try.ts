import type { Instant, Seconds } from '@tocsin/contracts';

/** How long to wait after each failed try (Standard Webhooks 1.0.0); after the tenth it is dead. */
export const WEBHOOK_WAITS: readonly Seconds[] = [
  5,
  5 * 60,
  30 * 60,
  2 * 3600,
  5 * 3600,
  10 * 3600,
  14 * 3600,
  20 * 3600,
  24 * 3600,
];

/** Up to a tenth of the wait is added, so that what failed together does not come back together. */
const JITTER = 0.1;

/** A receiver may ask for at most this much. */
const LONGEST_ASKED: Seconds = 24 * 3600;

/** What a receiver answered; without a status nothing was. */
export interface WebhookAnswer {
  readonly status?: number | undefined;
  /** Seconds that it asks to be left alone. */
  readonly retryAfter?: Seconds | undefined;
}

/** What follows from a try. `quietUntil` is for the whole endpoint. */
export type WebhookVerdict =
  | { readonly type: 'delivered' }
  | { readonly type: 'again'; readonly at: Instant; readonly quietUntil?: Instant }
  /** 410 Gone: nothing is sent any more until somebody looks at it; this delivery is kept, and goes first then. */
  | { readonly type: 'disable' }
  | { readonly type: 'dead' };

/**
 * Only 2xx is a delivery; a redirect is a failure like any other.
 * @param tries made, this one included
 * @param jitter 0 to 1, random
 */
export function nextWebhookTry(
  { status, retryAfter }: WebhookAnswer,
  tries: number,
  now: Instant,
  jitter: number,
): WebhookVerdict {
  if (status !== undefined && status >= 200 && status < 300) return { type: 'delivered' };
  if (status === 410) return { type: 'disable' };
  const wait = WEBHOOK_WAITS[tries - 1];
  if (wait === undefined) return { type: 'dead' };
  const asked = status === 429 || status === 503 ? retryAfter : undefined;
  const planned = now + Math.round(wait * 1000 * (1 + JITTER * jitter));
  if (asked === undefined) return { type: 'again', at: planned };
  const quietUntil = now + Math.min(Math.max(asked, 0), LONGEST_ASKED) * 1000;
  return { type: 'again', at: Math.max(planned, quietUntil), quietUntil };
}
