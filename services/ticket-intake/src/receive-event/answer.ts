import { STATUS_CODES } from 'node:http';
import { INTAKE_MESSAGES, type IntakeMessage, languageOf, type Problem, say } from '@tocsin/contracts';
import type { FastifyReply } from 'fastify';
import type { Fault } from '../sources/mapping-pack.js';

/** What a sender is told: data until the route sends it. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly problem: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Refusal {
  readonly status: number;
  readonly message: IntakeMessage;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly faults?: readonly Fault[];
  /** Seconds. */
  readonly retryAfter?: number;
}

/** Problem details (RFC 9457) of a refusal, in the sender's language. */
export function problemOf(refusal: Refusal, acceptLanguage: string | undefined): Problem {
  const { status, message, facts, faults } = refusal;
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Refused',
    status,
    detail: say(INTAKE_MESSAGES[message], languageOf(acceptLanguage), facts),
    ...(faults === undefined || faults.length === 0 ? {} : { errors: [...faults] }),
  };
}

export function refusalAnswer(refusal: Refusal, acceptLanguage: string | undefined): Answer {
  const headers = {
    ...(refusal.retryAfter === undefined ? {} : { 'retry-after': String(refusal.retryAfter) }),
    ...(refusal.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  };
  return { status: refusal.status, body: problemOf(refusal, acceptLanguage), problem: true, headers };
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.headers !== undefined) void reply.headers(answer.headers);
  return reply
    .code(answer.status)
    .header(
      'content-type',
      answer.problem ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8',
    )
    .send(JSON.stringify(answer.body));
}
