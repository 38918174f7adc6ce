import { STATUS_CODES } from 'node:http';
import { INTAKE_MESSAGES, type IntakeMessage, languageOf, type Problem, say } from '@tocsin/contracts';
import type { FastifyReply } from 'fastify';
import type { Headers } from '../authenticate-sender/signature.js';
import type { Fault, MappingPack } from '../sources/mapping-pack.js';
import { mediaTypeOf } from './read-body.js';

/** What a sender is told: data until the route sends it. */
export interface Answer {
  readonly status: number;
  /** JSON, or text that is in the vendor's words already. */
  readonly body: object | string;
  readonly problem: boolean;
  /** Of a body in the vendor's words. */
  readonly mediaType?: string;
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

/** The same in the words of this vendor, where it has any of its own. */
export function inWordsOf(pack: MappingPack | undefined, answer: Answer, headers: Headers): Answer {
  const { detail = '' } = answer.body as Partial<Problem>;
  const words = pack?.answer?.({
    status: answer.status,
    mediaType: mediaTypeOf(headers),
    ...(answer.problem ? { refused: detail } : {}),
  });
  return words === undefined ? answer : { ...answer, ...words, problem: false };
}

export function send(reply: FastifyReply, answer: Answer): FastifyReply {
  if (answer.headers !== undefined) void reply.headers(answer.headers);
  return reply
    .code(answer.status)
    .header('content-type', `${typeOf(answer)}; charset=utf-8`)
    .send(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
}

const typeOf = ({ mediaType, problem }: Answer): string =>
  mediaType ?? (problem ? 'application/problem+json' : 'application/json');
