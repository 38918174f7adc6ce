import { Category, Config } from '@tocsin/contracts';
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

const OPTIONS = { io: 'input', unrepresentable: 'any' } as const;

/**
 * JSON Schema (2020-12) of one file of a config tree as people write it, for editors that check and complete while one
 * types. Conditions, names and zones are checked by lint alone.
 */
export function configSchema(): Json {
  const { properties, $schema } = z.toJSONSchema(Config, OPTIONS);
  return {
    $schema,
    title: 'Tocsin config tree',
    type: 'object',
    properties: {
      ...properties,
      taxonomy: { type: 'object', additionalProperties: { $ref: '#/$defs/category' } },
    },
    additionalProperties: false,
    $defs: { category: nestedCategory() },
  };
}

/** Beside what a category says of itself stand the categories below it. */
function nestedCategory(): Json {
  const { properties } = z.toJSONSchema(Category, OPTIONS);
  return {
    type: 'object',
    properties: { ...properties },
    additionalProperties: { $ref: '#/$defs/category' },
  };
}
