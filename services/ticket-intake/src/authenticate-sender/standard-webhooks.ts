import { anyEqual, freshness, hmacOf, type VendorSignature } from './signature.js';

/**
 * Standard Webhooks 1.0.0, symmetric: `v1,` + base64 of HMAC-SHA256 over `id.timestamp.body`. Any of several
 * signatures by any of several secrets counts, so that keys can be rotated. Every source may use it.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export const standardWebhooks: VendorSignature = {
  isSigned: (headers) => headers['webhook-signature'] !== undefined,
  verify: ({ headers, body, now }, { secrets }) => {
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers;
    if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string')
      return 'bad';
    if (!/^\d{1,12}$/.test(timestamp)) return 'bad';
    const sent = signature
      .split(' ')
      .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []));
    const right = secrets.flatMap(keysOf).map((key) => hmacOf(key, `${id}.${timestamp}.`, body));
    return anyEqual(sent, right) ? freshness(Number(timestamp) * 1000, now) : 'bad';
  },
};

/** `whsec_` + base64 as the standard writes it; a secret in another form is used as the text it is, too. */
function keysOf(secret: string): Buffer[] {
  if (secret.startsWith('whsec_')) return [Buffer.from(secret.slice('whsec_'.length), 'base64')];
  return [Buffer.from(secret), Buffer.from(secret, 'base64')].filter((key) => key.length > 0);
}
