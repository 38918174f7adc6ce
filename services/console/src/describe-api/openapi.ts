import { Problem } from '@tocsin/contracts';
import { z } from 'zod';
import type { ApiRoute } from './api-route.js';

type Json = Record<string, unknown>;

const SECURITY: Readonly<Record<ApiRoute['credential'], Json[]>> = {
  api: [{ apiToken: [] }],
  source: [{ sourceKey: [] }],
  open: [],
};

/** What no JSON Schema can say (a transform's result) is left open; the text of the error names the form. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const described: Json = { ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }) };
  delete described['$schema'];
  return described;
};

/** OpenAPI 3.1 of the given routes, made from the zod contracts that the services check with. */
export function openApiOf(routes: readonly ApiRoute[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Tocsin', version: 'v1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        apiToken: { type: 'http', scheme: 'bearer', description: 'A token of the config tree' },
        sourceKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'A key of the source; or a Standard Webhooks signature',
        },
      },
    },
  };
}

function operationOf({ path, summary, credential, query = [], body, answer }: ApiRoute): Json {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = query.map((name) => ({ name, in: 'query', schema: { type: 'string' } }));
  return {
    summary,
    security: SECURITY[credential],
    parameters: [...inPath, ...inQuery],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(body, 'input') } },
          },
        }),
    responses: {
      [answer.status]: {
        description: summary,
        ...(answer.schema === undefined
          ? {}
          : { content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } } }),
      },
      default: {
        description: 'RFC 9457 problem details',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
