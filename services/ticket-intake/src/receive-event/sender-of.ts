import type { FastifyRequest } from 'fastify';
import { authenticate, hasKey } from '../authenticate-sender/authenticate.js';
import type { Directory, KnownSource } from '../authenticate-sender/known-source.js';
import type { Refusal } from './answer.js';

export type Sender =
  | { readonly ok: true; readonly source: KnownSource }
  | { readonly ok: false; readonly refusal: Refusal };

const refused = (refusal: Refusal): Sender => ({ ok: false, refusal });

/** Seconds after which a sender should try again while this process cannot take events. */
export const COME_BACK_AFTER = 1;

/**
 * What can be told before the body is read: unknown sources, foreign tenants, and keys of sources that do not sign.
 * @param directory undefined while no config has arrived: then nothing is refused for good
 */
export function senderBeforeBody(
  directory: Directory | undefined,
  name: string,
  { headers }: FastifyRequest,
): Sender {
  if (directory === undefined)
    return refused({ status: 503, message: 'noConfig', retryAfter: COME_BACK_AFTER });
  const source = directory.byName.get(name);
  if (source === undefined) return refused({ status: 404, message: 'unknownSource' });
  if (source.secrets.length === 0 && !hasKey(source, headers.authorization))
    return refused({ status: 401, message: 'badKey' });
  const tenant = headers['x-tenant-id'];
  if (tenant !== undefined && tenant !== directory.config.tenant)
    return refused({ status: 403, message: 'otherTenant' });
  return { ok: true, source };
}

/** The rest: signatures are over the body's bytes. */
export function senderOfBody(
  source: KnownSource,
  { headers }: FastifyRequest,
  body: Buffer,
  now: number,
): Refusal | undefined {
  const verdict = authenticate(source, headers, body, now);
  if (verdict === 'ok') return undefined;
  return { status: 401, message: verdict === 'stale' ? 'staleSignature' : 'badKey' };
}
