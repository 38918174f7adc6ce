import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inWordsOf, type Refusal, refusalAnswer, send } from './answer.js';
import type { IntakeRim } from './intake-routes.js';

/** Refuses one request that never became an event, and counts it as received and rejected. */
export function refuse(
  rim: IntakeRim,
  source: string | undefined,
  refusal: Refusal,
  reply: FastifyReply,
): FastifyReply {
  const directory = rim.directory();
  const known = source === undefined ? undefined : directory?.byName.get(source);
  const counted = rim.counters.received(directory?.config.tenant ?? 'default', known?.name ?? 'unknown', 1);
  rim.counters.ended(counted, { rejected: 1 });
  const answer = refusalAnswer(refusal, reply.request.headers['accept-language']);
  return send(reply, inWordsOf(known?.pack, answer, reply.request.headers));
}

/** Fastify's own refusals (size, media type, encoding, a body cut short) in our form, counted. */
export function refuseFastifyErrors(
  scope: FastifyInstance,
  rim: IntakeRim,
  sourceOf: (request: FastifyRequest) => string | undefined,
): void {
  scope.setErrorHandler((error, request, reply) => {
    const refusal = refusalOf(error, request.routeOptions.bodyLimit);
    if (refusal === undefined) throw error;
    return refuse(rim, sourceOf(request), refusal, reply);
  });
}

function refusalOf(error: unknown, bytes: number): Refusal | undefined {
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  if (statusCode === 413) return { status: 413, message: 'tooLarge', facts: { bytes } };
  if (statusCode === 415) return { status: 415, message: 'mediaType' };
  const unreadable = statusCode === 400 || (typeof code === 'string' && code.startsWith('Z_'));
  return unreadable
    ? { status: 400, message: 'unreadable', facts: { fault: typeof code === 'string' ? code : 'unknown' } }
    : undefined;
}
