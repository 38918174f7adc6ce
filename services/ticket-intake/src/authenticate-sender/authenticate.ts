import { timingSafeEqual } from 'node:crypto';
import { digestOf, type KnownSource } from './known-source.js';
import { type Headers, type SignedRequest, type Verdict, type VendorSignature } from './signature.js';
import { standardWebhooks } from './standard-webhooks.js';

/**
 * Is this request of that source? A signature, where one is sent and can be checked, decides alone: a right key beside
 * a wrong signature means that somebody changed the body.
 */
export function authenticate(source: KnownSource, request: SignedRequest): Verdict | Promise<Verdict> {
  const signature = signatureOf(source, request.headers);
  if (signature !== undefined)
    return signature.verify(request, { secrets: source.secrets, senders: source.config.senders ?? [] });
  return isKeyHolder(source, request) ? 'ok' : 'bad';
}

/** The signature that this request carries and that this source can check. */
export function signatureOf(source: KnownSource, headers: Headers): VendorSignature | undefined {
  const own = source.pack.signature;
  if (own !== undefined && (own.byCertificate === true || source.secrets.length > 0) && own.isSigned(headers))
    return own;
  return source.secrets.length > 0 && standardWebhooks.isSigned(headers) ? standardWebhooks : undefined;
}

/** A key in the `authorization` header, or, for vendors that can set none, in the address. */
export function isKeyHolder(
  source: KnownSource,
  { headers, url }: Pick<SignedRequest, 'headers' | 'url'>,
): boolean {
  if (hasKey(source, headers['authorization'])) return true;
  if (source.pack.keyInAddress !== true) return false;
  const key = new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('key');
  return key !== null && isKeyOf(source, key);
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
