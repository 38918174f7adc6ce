import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { languageOf, problemIn } from '@tocsin/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ProblemError } from './problem-error.js';

/** Turns whatever a request ends with into problem+json, on Nest's routes and on plain Fastify's alike. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Logger): void {
  const problem = toProblem(error);
  if (problem.status >= 500)
    log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'request failed');
  void reply
    .status(problem.status)
    .headers(problem.details.headers ?? {})
    .type('application/problem+json')
    .send(problemIn(languageOf(request.headers['accept-language']), problem.body()));
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException)
    return new ProblemError(error.getStatus(), titleOf(error.getStatus(), error.message));
  const status = statusOf(error);
  if (status !== undefined && status < 500)
    return new ProblemError(status, titleOf(status, (error as Error).message));
  if (isUnavailable(error))
    return new ProblemError(503, 'The database cannot be reached', {
      detail: 'Nothing was stored. Send the same request again.',
      headers: { 'retry-after': '1' },
    });
  return new ProblemError(500, 'Internal error', {
    detail: 'Nothing is known to have been stored. Send the same request again.',
  });
}

const titleOf = (status: number, message: string): string => (status === 404 ? 'Not found' : message);

/** Fastify's own errors (body too large, bad media type …) carry the status. */
function statusOf(error: unknown): number | undefined {
  const status: unknown = error instanceof Error ? (error as { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** Connection faults of Node (E…) and of PostgreSQL (class 08, 53, 57): the server is away, full or restarting. */
function isUnavailable(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = (cause as { code?: unknown }).code;
    if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|08|53|57P)/.test(code)) return true;
    if (/timeout exceeded when trying to connect|Connection terminated/i.test(cause.message)) return true;
  }
  return false;
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    // A consumer's failure is the event log's business: it decides about retry and dead letters.
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    sendProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), this.log);
  }
}
