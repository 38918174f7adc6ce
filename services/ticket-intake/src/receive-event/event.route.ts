import { traceparentOf } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Directory, KnownSource } from '../authenticate-sender/known-source.js';
import { MIB } from '../sources/mapping-pack.js';
import { MEDIA_TYPES } from '../sources/registry.js';
import { type Refusal, send } from './answer.js';
import { takeBytes } from './body-parsers.js';
import { refuse, refuseFastifyErrors } from './count-refusal.js';
import { eventAnswer } from './event-answers.js';
import type { IntakeRim } from './intake-routes.js';
import { JSON_TYPE, mediaTypeOf, readBody } from './read-body.js';
import type { Received } from './prepare-events.js';
import { storeBody } from './store-body.js';
import { COME_BACK_AFTER, senderBeforeBody, senderOfBody } from './sender-of.js';

const named = (request: FastifyRequest): string | undefined => (request.params as { source?: string }).source;

/** `POST /v1/sources/{source}/events`: one event, or one body of a vendor. */
export function eventRoute(scope: FastifyInstance, rim: IntakeRim): void {
  takeBytes(scope, MEDIA_TYPES);
  refuseFastifyErrors(scope, rim, named);
  refuseBeforeBody(scope, rim);
  scope.post<{ Params: { source: string } }>(
    '/v1/sources/:source/events',
    { bodyLimit: MIB },
    async (request, reply) => {
      const { source: name } = request.params;
      const directory = rim.directory();
      const source = directory?.byName.get(name);
      // The config may have changed while the body came in.
      if (directory === undefined || source === undefined)
        return refuse(rim, name, { status: 404, message: 'unknownSource' }, reply);
      return receiveOne(rim, directory, source, reply);
    },
  );
  scope.options<{ Params: { source: string } }>('/v1/sources/:source/events', (request, reply) => {
    const { source: name } = request.params;
    const headers = rim.directory()?.byName.get(name)?.pack.handshake?.(request.headers);
    return headers === undefined
      ? reply.code(405).header('allow', 'POST').send()
      : reply.code(200).headers(headers).send();
  });
}

/** Answers 404, 401, 403 and 503 before a byte of the body is kept. */
export function refuseBeforeBody(scope: FastifyInstance, rim: IntakeRim): void {
  scope.addHook('onRequest', (request, reply, next) => {
    const name = named(request) ?? '';
    const sender = senderBeforeBody(rim.directory(), name, request);
    if (!sender.ok) refuse(rim, name, sender.refusal, reply);
    else if (isForeign(sender.source, request))
      refuse(rim, name, { status: 415, message: 'mediaType' }, reply);
    else next();
  });
}

/** Another vendor's media type: the parsers of this scope take those of all. */
const isForeign = ({ pack }: KnownSource, { headers }: FastifyRequest): boolean => {
  const type = mediaTypeOf(headers);
  return MEDIA_TYPES.includes(type) && type !== JSON_TYPE && pack.mediaTypes?.includes(type) !== true;
};

async function receiveOne(
  rim: IntakeRim,
  directory: Directory,
  source: KnownSource,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { request } = reply;
  const body = bytesOf(request);
  const limit = source.pack.bodyLimit;
  if (body.length > limit)
    return refuse(rim, source.name, { status: 413, message: 'tooLarge', facts: { bytes: limit } }, reply);
  const refusal = await senderOfBody(source, request, body, rim.clock.now());
  if (refusal !== undefined) return refuse(rim, source.name, refusal, reply);
  const parsed = readBody(body, source.pack, request.headers);
  if (!parsed.ok) {
    const { message, facts } = parsed;
    return refuse(rim, source.name, { status: 400, message, facts }, reply);
  }
  const { value, raw } = parsed;
  if (!isAdmitted(source, value))
    return refuse(rim, source.name, { status: 401, message: 'otherSender' }, reply);
  if ((await source.pack.confirm?.(value)) === false)
    return refuse(rim, source.name, notConfirmed(source), reply);
  const received = { ...receivedOf(directory, source, request), value, raw };
  return send(reply, eventAnswer(await storeBody(rim, received), source, request));
}

const notConfirmed = ({ pack }: KnownSource): Refusal => ({
  status: pack.comeBack,
  message: 'notConfirmed',
  retryAfter: COME_BACK_AFTER,
});

/** Where the config names `senders`, a body that names another is refused, whatever key came with it. */
function isAdmitted({ config: { senders = [] }, pack }: KnownSource, body: unknown): boolean {
  const sender = pack.senderOf?.(body);
  return senders.length === 0 || sender === undefined || senders.includes(sender);
}

/** What all bodies of a request have in common. */
export const receivedOf = (
  directory: Directory,
  source: KnownSource,
  request: FastifyRequest,
): Omit<Received, 'value' | 'raw'> => ({
  source,
  config: directory.config,
  headers: request.headers,
  traceparent: traceparentOf(request.headers['traceparent']),
  route: 'events',
});

/** A request without a body has none of its own. */
export const bytesOf = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
