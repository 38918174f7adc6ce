import type { FastifyInstance } from 'fastify';
import { API_ROUTES } from './api-routes.js';
import { openApiOf } from './openapi.js';

/** `GET /openapi.json`: made at the first request, then kept. */
export function openApiRoutes(http: FastifyInstance): void {
  let document: string | undefined;
  http.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiOf(API_ROUTES));
    return reply.type('application/json; charset=utf-8').send(document);
  });
}
