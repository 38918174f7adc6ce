import { createHash, timingSafeEqual } from 'node:crypto';
import { resolveSecret } from '@tocsin/connections';
import type { Heartbeat } from '@tocsin/contracts';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Is this the heartbeat's own key, as `Bearer KEY`? Compared as digests: neither length nor position can be timed. */
export function isKeyOf({ key }: Heartbeat, authorization: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (key === undefined || given === undefined) return false;
  const secret = resolveSecret(key);
  return secret.ok && timingSafeEqual(digestOf(secret.value), digestOf(given));
}
