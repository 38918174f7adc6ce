import { traceparentOf } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Directory, KnownSource } from '../authenticate-sender/known-source.js';
import { MIB } from '../sources/mapping-pack.js';
import { send } from './answer.js';
import { takeBytes } from './body-parsers.js';
import { refuse, refuseFastifyErrors } from './count-refusal.js';
import { eventAnswer } from './event-answers.js';
import type { IntakeRim } from './intake-routes.js';
import { MOST_KEYS, parseBody } from './parse-body.js';
import { countOf, outcomesOf } from './receiver.js';
import { senderBeforeBody, senderOfBody } from './sender-of.js';

/** A group of alerts has many members; their number is bounded by the body's size. */
export const VENDOR_KEYS = 200_000;

export type SourceRequest = FastifyRequest<{ Params: { source: string } }>;

const named = (request: FastifyRequest): string | undefined => (request.params as { source?: string }).source;

/** `POST /v1/sources/{source}/events`: one event, or one body of a vendor. */
export function eventRoute(scope: FastifyInstance, rim: IntakeRim): void {
  takeBytes(scope, ['application/json']);
  refuseFastifyErrors(scope, rim, named);
  refuseBeforeBody(scope, rim);
  scope.post<{ Params: { source: string } }>('/v1/sources/:source/events', { bodyLimit: MIB }, async (request, reply) => {
    const directory = rim.directory() as Directory;
    const source = directory.byName.get(request.params.source) as KnownSource;
    return receiveOne(rim, directory, source, request, reply);
  });
}

/** Answers 404, 401, 403 and 503 before a byte of the body is kept. */
export function refuseBeforeBody(scope: FastifyInstance, rim: IntakeRim): void {
  scope.addHook('onRequest', async (request, reply) => {
    const name = named(request) ?? '';
    const sender = senderBeforeBody(rim.directory(), name, request);
    return sender.ok ? undefined : refuse(rim, name, sender.refusal, request, reply);
  });
}

async function receiveOne(
  rim: IntakeRim,
  directory: Directory,
  source: KnownSource,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = bytesOf(request);
  const limit = source.pack.bodyLimit;
  if (body.length > limit) return refuse(rim, source.name, { status: 413, message: 'tooLarge', facts: { bytes: limit } }, request, reply);
  const refusal = senderOfBody(source, request, body, rim.clock.now());
  if (refusal !== undefined) return refuse(rim, source.name, refusal, request, reply);
  const parsed = parseBody(body, source.pack.refusesFaults ? MOST_KEYS : VENDOR_KEYS);
  if (!parsed.ok) return refuse(rim, source.name, { status: 400, ...parsed }, request, reply);
  const counted = rim.counters.received(directory.config.tenant, source.name, 0);
  const outcome = await rim.receiver.receive({
    source,
    config: directory.config,
    headers: request.headers,
    value: parsed.value,
    raw: body.toString('utf8'),
    traceparent: traceparentOf(request.headers['traceparent']),
    route: 'events',
  });
  rim.counters.receivedMore(counted, countOf(outcome));
  rim.counters.ended(counted, outcomesOf(outcome));
  return send(reply, eventAnswer(outcome, source, request));
}

/** A request without a body has none of its own. */
export const bytesOf = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
