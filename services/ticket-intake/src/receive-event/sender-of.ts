import type { FastifyRequest } from 'fastify';
import { authenticate, isKeyHolder, signatureOf } from '../authenticate-sender/authenticate.js';
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
  request: Pick<FastifyRequest, 'headers' | 'url'>,
): Sender {
  if (directory === undefined)
    return refused({ status: 503, message: 'noConfig', retryAfter: COME_BACK_AFTER });
  const source = directory.byName.get(name);
  if (source === undefined) return refused({ status: 404, message: 'unknownSource' });
  if (!mayBeProven(source, request)) return refused({ status: 401, message: 'badKey' });
  const tenant = request.headers['x-tenant-id'];
  if (tenant !== undefined && tenant !== directory.config.tenant)
    return refused({ status: 403, message: 'otherTenant' });
  return { ok: true, source };
}

/** Can what the body brings still prove this request? A source that has signing secrets may be sent a signature. */
const mayBeProven = (source: KnownSource, request: Pick<FastifyRequest, 'headers' | 'url'>): boolean =>
  source.secrets.length > 0 ||
  signatureOf(source, request.headers) !== undefined ||
  isKeyHolder(source, request);

/** The rest: signatures are over the body's bytes. */
export async function senderOfBody(
  source: KnownSource,
  { headers, method, url }: FastifyRequest,
  body: Buffer,
  now: number,
): Promise<Refusal | undefined> {
  const verdict = await authenticate(source, { headers, method, url, body, now });
  if (verdict === 'ok') return undefined;
  if (verdict === 'unknown')
    return { status: source.pack.comeBack, message: 'unavailable', retryAfter: COME_BACK_AFTER };
  return { status: 401, message: verdict === 'stale' ? 'staleSignature' : 'badKey' };
}
