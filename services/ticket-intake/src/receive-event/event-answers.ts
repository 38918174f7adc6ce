import type { FastifyRequest } from 'fastify';
import type { KnownSource } from '../authenticate-sender/known-source.js';
import { type Answer, inWordsOf, type Refusal, refusalAnswer } from './answer.js';
import type { BodyOutcome } from './receiver.js';
import { COME_BACK_AFTER } from './sender-of.js';

export const linkOf = (eventId: string): string => `/v1/events/${eventId}`;

/** Why an outcome is refused; undefined when it is not. */
export function refusalOf(outcome: BodyOutcome, source: KnownSource): Refusal | undefined {
  if (outcome.kind === 'broken') return { status: 422, message: 'brokenEvent', faults: outcome.faults };
  if (outcome.kind === 'unavailable') {
    // A backlog is answered in the sender's own language; a database that is away is 503 for all that understand it.
    const status = source.pack.comeBack;
    return { status, message: 'unavailable', retryAfter: COME_BACK_AFTER };
  }
  return outcome.events.some((event) => event.outcome === 'conflict')
    ? { status: 409, message: 'conflict' }
    : undefined;
}

/** The answer to one body on our own paths. A duplicate gets the first answer with `duplicate: true`. */
export function eventAnswer(outcome: BodyOutcome, source: KnownSource, request: FastifyRequest): Answer {
  const refusal = refusalOf(outcome, source);
  const answer =
    refusal === undefined
      ? storedAnswer(outcome)
      : refusalAnswer(refusal, request.headers['accept-language']);
  return inWordsOf(source.pack, answer, request.headers);
}

function storedAnswer(outcome: BodyOutcome): Answer {
  const events = outcome.kind === 'stored' ? outcome.events : [];
  const [first] = events;
  // A batch of nothing is durable too.
  if (first === undefined) return { status: 202, problem: false, body: { events: [] } };
  const body = {
    eventId: first.eventId,
    duplicate: events.every(({ duplicate }) => duplicate),
    links: { event: linkOf(first.eventId) },
    ...(first.outcome === 'quarantined' ? { quarantined: true } : {}),
    ...(events.length > 1
      ? { events: events.map(({ eventId, duplicate }) => ({ eventId, duplicate })) }
      : {}),
  };
  return { status: 202, problem: false, body };
}
