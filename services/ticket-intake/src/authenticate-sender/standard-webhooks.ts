import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Headers, Verdict } from './authenticate.js';

const TOLERANCE = 5 * 60_000;

export const isSigned = (headers: Headers): boolean => headers['webhook-signature'] !== undefined;

/**
 * Standard Webhooks 1.0.0, symmetric: `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`. Any of several
 * signatures by any of several secrets counts, so that keys can be rotated.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function verifyStandardWebhook(
  secrets: readonly string[],
  headers: Headers,
  body: Buffer,
  now: number,
): Verdict {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return 'bad';
  if (!/^\d{1,12}$/.test(timestamp)) return 'bad';
  const sent = signature
    .split(' ')
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []));
  const right = secrets
    .flatMap(keysOf)
    .map((key) => createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest());
  if (!anyEqual(sent, right)) return 'bad';
  return Math.abs(now - Number(timestamp) * 1000) <= TOLERANCE ? 'ok' : 'stale';
}

/** `whsec_` + base64 as the standard writes it; a secret in another form is used as the text it is, too. */
function keysOf(secret: string): Buffer[] {
  if (secret.startsWith('whsec_')) return [Buffer.from(secret.slice('whsec_'.length), 'base64')];
  return [Buffer.from(secret), Buffer.from(secret, 'base64')].filter((key) => key.length > 0);
}

/** Compares all with all: the time taken tells nothing. Lengths differ when a signature was cut. */
export function anyEqual(sent: readonly Buffer[], right: readonly Buffer[]): boolean {
  let found = false;
  for (const one of sent)
    for (const other of right) found = (one.length === other.length && timingSafeEqual(one, other)) || found;
  return found;
}
