import { describe, expect, it } from '@jest/globals';
import { TOPICS, type Topic } from '../topics.js';
import { eventSchema, type JsonSchema } from './event-schemas.js';
import { incompatibilities } from './schema-compatibility.js';

const BEFORE = {
  oneOf: [{ $ref: '#/$defs/Opened' }, { $ref: '#/$defs/Closed' }],
  $defs: {
    Opened: {
      type: 'object',
      properties: {
        type: { type: 'string', const: 'Opened' },
        priority: { type: 'string', enum: ['P1', 'P2'] },
        persons: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
        note: { type: 'string' },
      },
      required: ['type', 'priority'],
    },
    Closed: { type: 'object', properties: { type: { type: 'string', const: 'Closed' } }, required: ['type'] },
  },
} as const;

type Draft = Record<string, unknown>;

/** A copy of a schema in which something was changed. */
function changed(
  change: (opened: Draft & { properties: Draft; required: string[] }, all: Draft) => void,
): JsonSchema {
  const copy = structuredClone(BEFORE) as unknown as Draft & {
    $defs: { Opened: Draft & { properties: Draft; required: string[] } };
  };
  change(copy.$defs.Opened, copy);
  return copy;
}

describe('a schema within its version', () => {
  it.each<[string, JsonSchema]>([
    ['stays as it is', BEFORE],
    ['gets a member', changed(({ properties }) => (properties['by'] = { type: 'string' }))],
    [
      'gets a value',
      changed(({ properties }) => (properties['priority'] = { type: 'string', enum: ['P3', 'P2', 'P1'] })),
    ],
    ['allows any value', changed(({ properties }) => (properties['priority'] = { type: 'string' }))],
    [
      'gets a kind, before the others',
      changed((opened, all) => {
        all['oneOf'] = [{ $ref: '#/$defs/Merged' }, ...BEFORE.oneOf];
        all['$defs'] = {
          ...BEFORE.$defs,
          Merged: { properties: { type: { const: 'Merged' } } },
          Opened: opened,
        };
      }),
    ],
  ])('may change so that it %s', (_, now) => {
    expect(incompatibilities(BEFORE, now)).toEqual([]);
  });

  it.each<[string, JsonSchema, string[]]>([
    ['loses a member', changed(({ properties }) => delete properties['note']), ['/Opened/note: is gone']],
    [
      'renames a member',
      changed(({ properties }) => {
        properties['remark'] = properties['note'];
        delete properties['note'];
      }),
      ['/Opened/note: is gone'],
    ],
    [
      'requires a member',
      changed(({ required }) => required.push('note')),
      ['/Opened/note: has become required'],
    ],
    [
      'requires a new member',
      changed(({ properties, required }) => {
        properties['by'] = { type: 'string' };
        required.push('by');
      }),
      ['/Opened/by: has become required'],
    ],
    [
      'no longer always has a member',
      changed(({ required }) => required.pop()),
      ['/Opened/priority: is no longer always there'],
    ],
    [
      'loses a value',
      changed(({ properties }) => (properties['priority'] = { type: 'string', enum: ['P2'] })),
      ['/Opened/priority: value "P1" is gone'],
    ],
    [
      'keeps one value only',
      changed(({ properties }) => (properties['priority'] = { type: 'string', const: 'P1' })),
      ['/Opened/priority: value "P2" is gone'],
    ],
    [
      'allows some values only',
      changed(({ properties }) => (properties['note'] = { type: 'string', enum: ['x'] })),
      ['/Opened/note: only some values are allowed now'],
    ],
    [
      'changes a type inside of a list',
      changed(({ properties }) => {
        properties['persons'] = {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'number' } } },
        };
      }),
      ['/Opened/persons/items/name: type was "string", is "number"'],
    ],
    [
      'refuses further members',
      changed((opened) => (opened['additionalProperties'] = false)),
      ['/Opened: further members are refused now'],
    ],
    ['loses a kind', changed((_, all) => (all['oneOf'] = BEFORE.oneOf.slice(0, 1))), ['/Closed: is gone']],
  ])('is broken when it %s', (_, now, faults) => {
    expect(incompatibilities(BEFORE, now)).toEqual(faults);
  });
});

/** Where a name or value could be taken out of a document, as the way to it. */
function* losses(at: unknown, way: readonly (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof at !== 'object' || at === null) return;
  for (const [key, value] of Object.entries(at)) {
    const here = [...way, Array.isArray(at) ? Number(key) : key];
    const named = way.at(-1) === 'properties' || way.at(-1) === '$defs' || way.at(-1) === 'enum';
    if (named && typeof value !== 'undefined') yield here;
    yield* losses(value, here);
  }
}

function without(schema: JsonSchema, way: readonly (string | number)[]): JsonSchema {
  const copy = structuredClone(schema);
  const last = way.at(-1) ?? '';
  let at = copy as Record<string | number, unknown>;
  for (const key of way.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  if (Array.isArray(at)) at.splice(Number(last), 1);
  else delete at[last];
  return copy;
}

const MOST_TRIED = 150;

describe('a schema that is published', () => {
  it.each(Object.keys(TOPICS) as Topic[])('%s: the loss of any one member or value is noticed', (topic) => {
    const schema = JSON.parse(JSON.stringify(eventSchema(topic))) as JsonSchema;
    const all = [...losses(schema)];
    expect(all.length).toBeGreaterThan(5);
    // The cases have thousands: an even part of them is enough to see that the check goes everywhere.
    const ways = all.filter((_, i) => i % Math.ceil(all.length / MOST_TRIED) === 0);
    const unnoticed = ways.filter((way) => incompatibilities(schema, without(schema, way)).length === 0);
    expect(unnoticed).toEqual([]);
  });
});
