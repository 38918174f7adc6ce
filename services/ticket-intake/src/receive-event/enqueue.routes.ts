import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Directory, digestOf, type KnownSource } from '../authenticate-sender/known-source.js';
import type { Fault } from '../sources/mapping-pack.js';
import { MIB } from '../sources/mapping-pack.js';
import { pagerduty } from '../sources/pagerduty/pagerduty.pack.js';
import { isObject } from '../sources/read-members.js';
import { takeBytes } from './body-parsers.js';
import { bytesOf, receivedOf } from './event.route.js';
import type { IntakeRim } from './intake-routes.js';
import type { Received } from './prepare-events.js';
import { readBody } from './read-body.js';
import type { BodyOutcome } from './receiver.js';
import { sizeOf, endingsOf } from './receiver.js';

const ROUTING_KEY_LENGTH = 32;

/** PagerDuty Events API v2 in its own answers: 202, 400 with `errors`, 429; nothing else means anything to its clients. */
export function enqueueRoutes(scope: FastifyInstance, rim: IntakeRim): void {
  takeBytes(scope, ['application/json']);
  scope.setErrorHandler((error, _request, reply) => {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === undefined || statusCode >= 500) throw error;
    countRejected(rim);
    return invalid(
      reply,
      [error instanceof Error ? error.message : 'unreadable'],
      statusCode === 413 ? 413 : 400,
    );
  });
  for (const [path, route] of [
    ['/v2/enqueue', 'events'],
    ['/v2/change/enqueue', 'change'],
  ] as const)
    scope.post(path, { bodyLimit: MIB }, (request, reply) => enqueue(rim, route, request, reply));
}

async function enqueue(
  rim: IntakeRim,
  route: Received['route'],
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const directory = rim.directory();
  if (directory === undefined) return comeBack(reply);
  const body = bytesOf(request);
  const parsed = readBody(body, pagerduty, request.headers);
  if (!parsed.ok || !isObject(parsed.value)) {
    countRejected(rim);
    return invalid(reply, ['Event object is invalid JSON']);
  }
  const source = senderOf(directory, parsed.value['routing_key']);
  if (typeof source === 'string') {
    countRejected(rim);
    return invalid(reply, [source]);
  }
  const received = {
    ...receivedOf(directory, source, request),
    value: parsed.value,
    raw: parsed.raw,
    route,
  };
  return answer(reply, await storeStrictly(rim, received));
}

const countRejected = (rim: IntakeRim): void => {
  const counted = rim.counters.received(rim.directory()?.config.tenant ?? 'default', 'unknown', 1);
  rim.counters.ended(counted, { rejected: 1 });
};

/** @returns the source whose key it is, or PagerDuty's complaint */
function senderOf(directory: Directory, routingKey: unknown): KnownSource | string {
  if (typeof routingKey !== 'string' || routingKey === '') return `'routing_key' is missing or blank`;
  const source = directory.byRoutingKey.get(digestOf(routingKey).toString('hex'));
  if (source !== undefined) return source;
  return routingKey.length === ROUTING_KEY_LENGTH
    ? `'routing_key' is not a known integration key`
    : `Length of 'routing_key' is incorrect (should be ${ROUTING_KEY_LENGTH} characters)`;
}

interface Enqueued {
  readonly outcome: BodyOutcome;
  readonly dedupKey: string;
}

/** Here the vendor's own form is refused with 400, as PagerDuty does: its clients show the errors to their users. */
async function storeStrictly(rim: IntakeRim, received: Received): Promise<Enqueued | readonly Fault[]> {
  const prepared = rim.preparer.prepare(received);
  const size = sizeOf(prepared);
  const counted = rim.counters.received(received.config.tenant, received.source.name, size);
  const refused = prepared.ok ? prepared.quarantined : [];
  if (!prepared.ok || refused.length > 0) {
    rim.counters.ended(counted, { rejected: size });
    return prepared.ok ? refused.flatMap(({ faults }) => JSON.parse(faults) as Fault[]) : prepared.faults;
  }
  const [outcome] = (await rim.receiver.store([[received, prepared]])) as [BodyOutcome];
  rim.counters.ended(counted, endingsOf(outcome, size));
  const key = prepared.rows[0]?.key ?? '';
  return { outcome, dedupKey: key.slice(`${received.config.tenant}:${received.source.name}:`.length) };
}

function answer(reply: FastifyReply, result: Enqueued | readonly Fault[]): FastifyReply {
  if (!('outcome' in result))
    return invalid(
      reply,
      result.map(({ detail }) => detail),
    );
  if (result.outcome.kind !== 'stored') return comeBack(reply);
  return reply.code(202).send({ status: 'success', message: 'Event processed', dedup_key: result.dedupKey });
}

const invalid = (reply: FastifyReply, errors: readonly string[], status = 400): FastifyReply =>
  reply.code(status).send({ status: 'invalid event', message: 'Event object is invalid', errors });

/** 429: the one status on which all of PagerDuty's clients come back. */
const comeBack = (reply: FastifyReply): FastifyReply =>
  reply
    .code(429)
    .header('retry-after', '1')
    .send({ status: 'throttle exceeded', message: 'Not stored; send the same event again', errors: [] });
