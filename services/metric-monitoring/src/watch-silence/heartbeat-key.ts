import { createHash, timingSafeEqual } from 'node:crypto';
import { type CurrentConfig, resolveSecret } from '@tocsin/connections';
import type { Heartbeat } from '@tocsin/contracts';
import type { Host } from '@tocsin/runtime';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Is this the heartbeat's own key, as `Bearer KEY`? Compared as digests: neither length nor position can be timed. */
export function isKeyOf({ key }: Heartbeat, authorization: string | undefined): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (key === undefined || given === undefined) return false;
  const secret = resolveSecret(key);
  return secret.ok && timingSafeEqual(digestOf(secret.value), digestOf(given));
}

/** Says which heartbeats have a key that cannot be found: their senders would be refused, and would count as silent. */
export function tellUnusableKeys({ config, revision }: CurrentConfig, log: Host['log']): void {
  for (const [heartbeat, { key }] of Object.entries(config.heartbeats)) {
    const secret = key === undefined ? undefined : resolveSecret(key);
    if (secret?.ok === false)
      log.error({ revision, heartbeat, reason: secret.error }, 'key of a heartbeat cannot be used');
  }
}
