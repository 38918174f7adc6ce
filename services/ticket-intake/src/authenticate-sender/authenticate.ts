import { timingSafeEqual } from 'node:crypto';
import { digestOf, type KnownSource } from './known-source.js';
import { isSigned as isStandardSigned, verifyStandardWebhook } from './standard-webhooks.js';
import { isSigned as isZendeskSigned, verifyZendesk } from './zendesk-signature.js';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** `stale`: the signature may be right, but its time is out of bounds. */
export type Verdict = 'ok' | 'bad' | 'stale';

/**
 * Is this request of that source? A signature, where one is sent and the source has signing secrets, decides alone:
 * a right key beside a wrong signature means that somebody changed the body.
 * @param body the bytes as they were sent (inflated)
 * @param now milliseconds since 1970
 */
export function authenticate(source: KnownSource, headers: Headers, body: Buffer, now: number): Verdict {
  if (source.secrets.length > 0) {
    if (source.pack.signature === 'zendesk' && isZendeskSigned(headers))
      return verifyZendesk(source.secrets, headers, body, now);
    if (isStandardSigned(headers)) return verifyStandardWebhook(source.secrets, headers, body, now);
  }
  return hasKey(source, headers['authorization']) ? 'ok' : 'bad';
}

/** Headers that are remembered per source: a key may be written with any user name and white space. */
const MOST_PROVEN = 64;

/** `Bearer KEY`, or Basic with the key as password (Alertmanager's `basic_auth`). */
export function hasKey(source: KnownSource, authorization: string | string[] | undefined): boolean {
  if (typeof authorization !== 'string') return false;
  if (source.proven.has(authorization)) return true;
  const key = keyOf(authorization);
  const found = key !== undefined && isKeyOf(source, key);
  if (found && source.proven.size < MOST_PROVEN) source.proven.add(authorization);
  return found;
}

/** Every key is compared every time: the time tells nothing about them. */
function isKeyOf(source: KnownSource, key: string): boolean {
  const digest = digestOf(key);
  let found = false;
  for (const known of source.keys) found = timingSafeEqual(known, digest) || found;
  return found;
}

function keyOf(authorization: string): string | undefined {
  const [, scheme = '', value = ''] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== 'basic') return value === '' ? undefined : value;
  const pair = Buffer.from(value, 'base64').toString();
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}
