import { createHmac } from 'node:crypto';
import type { Headers, Verdict } from './authenticate.js';
import { anyEqual } from './standard-webhooks.js';

const TOLERANCE = 5 * 60_000;

export const isSigned = (headers: Headers): boolean => headers['x-zendesk-webhook-signature'] !== undefined;

/**
 * base64 of HMAC-SHA256 over timestamp + body, keyed with the secret as the text it is (not decoded), no separator.
 * https://developer.zendesk.com/documentation/webhooks/verifying/
 */
export function verifyZendesk(
  secrets: readonly string[],
  headers: Headers,
  body: Buffer,
  now: number,
): Verdict {
  const { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': timestamp } =
    headers;
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return 'bad';
  const right = secrets.map((secret) => createHmac('sha256', secret).update(timestamp).update(body).digest());
  if (!anyEqual([Buffer.from(signature, 'base64')], right)) return 'bad';
  const at = Date.parse(timestamp);
  return Math.abs(now - at) <= TOLERANCE ? 'ok' : 'stale';
}
