import { Readable } from 'node:stream';
import type { HealthCheck } from '@tocsin/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { forward } from './forward.js';
import { answerHeaders, requestHeaders } from './forwarded-headers.js';
import { Replicas } from './replicas.js';
import { type ForwardedService, WHO_ANSWERS } from './who-answers.js';

/** Largest body that any service takes (a batch); theirs is the real limit, ours stops the absurd. */
const BODY_LIMIT = 32 * 1024 * 1024;

/** Forwards by path to the other services, so that a client needs one base URL. Bodies pass as raw bytes. */
export class Gateway {
  private readonly services: readonly (readonly [ForwardedService, Replicas])[];

  constructor(urls: Readonly<Record<ForwardedService, readonly string[]>>) {
    this.services = (Object.keys(WHO_ANSWERS) as ForwardedService[])
      .filter((service) => urls[service].length > 0)
      .map((service) => [service, new Replicas(urls[service])] as const);
  }

  routes(http: FastifyInstance): void {
    void http.register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // Untouched: signatures are over the raw bytes, and compressed bodies are the service's business.
      scope.addContentTypeParser('*', { bodyLimit: BODY_LIMIT }, (_request, body, parsed) => {
        parsed(null, body);
      });
      for (const [service, replicas] of this.services)
        for (const prefix of WHO_ANSWERS[service])
          for (const url of [prefix, `${prefix}/*`])
            scope.all(url, { bodyLimit: BODY_LIMIT }, (request, reply) =>
              pass(service, replicas, request, reply),
            );
      done();
    });
  }

  /** One line of readiness per service; console is ready without them, and says so. */
  checks(): HealthCheck[] {
    return this.services.map(([service, replicas]) => ({
      name: `gateway ${service}`,
      required: false,
      check: async () => {
        const answers = await Promise.all(replicas.inTurn().map(({ url, pool }) => isAlive(pool, url)));
        const dead = answers.filter((answer) => answer !== undefined);
        return {
          ok: dead.length < answers.length,
          ...(dead.length === 0 ? {} : { detail: dead.join('; ') }),
        };
      },
    }));
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map(([, replicas]) => replicas.close()));
  }
}

async function isAlive(
  pool: ReturnType<Replicas['inTurn']>[number]['pool'],
  url: string,
): Promise<string | undefined> {
  try {
    const { statusCode, body } = await pool.request({
      method: 'GET',
      path: '/livez',
      headersTimeout: 2000,
      bodyTimeout: 2000,
    });
    await body.dump();
    return statusCode === 200 ? undefined : `${url} answers ${statusCode}`;
  } catch (error) {
    return `${url}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function pass(
  service: string,
  replicas: Replicas,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const answer = await forward(service, replicas, {
    method: request.method,
    path: request.raw.url ?? '/',
    headers: requestHeaders({
      rawHeaders: request.raw.rawHeaders,
      headers: request.headers,
      remoteAddress: request.raw.socket.remoteAddress,
    }),
    body: request.body instanceof Readable ? request.body : undefined,
    signal: gone.signal,
  });
  return reply.status(answer.statusCode).headers(answerHeaders(answer.headers)).send(answer.body);
}
