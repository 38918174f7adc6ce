import { describe, expect, it } from '@jest/globals';
import { API_ROUTES } from './api-routes.js';
import { openApiOf } from './openapi.js';

interface Operation {
  readonly parameters: { name: string; in: string }[];
  readonly requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
}

describe('the OpenAPI document', () => {
  const document = openApiOf(API_ROUTES) as { paths: Record<string, Record<string, Operation>> };

  it('lists every route once, with the parameters of its path', () => {
    const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect(listed).toHaveLength(API_ROUTES.length);
    expect(document.paths['/v1/cases/{id}/timeline']?.['get']?.parameters).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  it('describes bodies as they are written, not as they are read', () => {
    const schema = document.paths['/v1/config']?.['put']?.requestBody?.content['application/json']?.schema;
    expect(schema).toMatchObject({ type: 'object', properties: { people: { type: 'object' } } });
    expect(schema?.['required']).toBeUndefined();
  });
});
