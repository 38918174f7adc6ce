import { readdir, readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { CASE_EVENT_TYPES } from '../events/case-event.js';
import { TOPICS, type Topic } from '../topics.js';
import { envelopeSchema, eventSchema, type JsonSchema } from './event-schemas.js';
import { incompatibilities } from './schema-compatibility.js';

const EVENTS = new URL('../../../../docs/events/', import.meta.url);

const NAMES = Object.keys(TOPICS) as Topic[];

/** What docs/events publishes, by the name of its file. */
const SCHEMAS: readonly (readonly [string, JsonSchema])[] = [
  ['envelope.schema.json', envelopeSchema()],
  ...NAMES.map((topic) => [`${topic}.schema.json`, eventSchema(topic)] as const),
];

const readJson = async (path: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(path, EVENTS), 'utf8'));

const schemasIn = async (folder: string): Promise<string[]> =>
  (await readdir(new URL(folder, EVENTS))).filter((name) => name.endsWith('.schema.json'));

describe('docs/events', () => {
  it.each(SCHEMAS)(
    '%s says what the contract says; where not, it is written anew and this fails once',
    async (name, schema) => {
      const current: unknown = JSON.parse(JSON.stringify(schema));
      const written = await readJson(name).catch(() => undefined);
      if (!isDeepStrictEqual(written, current))
        await writeFile(new URL(name, EVENTS), `${JSON.stringify(current, undefined, 2)}\n`);
      expect(written).toEqual(current);
    },
  );

  it.each(NAMES)('%s: the examples fit the published schema', async (topic) => {
    const schema = z.fromJSONSchema((await readJson(`${topic}.schema.json`)) as never);
    const examples = z
      .array(z.looseObject({ type: z.string() }))
      .parse(await readJson(`examples/${topic}.json`));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect([example.type, schema.safeParse(example).error]).toEqual([example.type, undefined]);
    expect(schema.safeParse({ ...examples[0], tenant: undefined }).success).toBe(false);
    if (topic === 'cases')
      expect(new Set(examples.map(({ type }) => type))).toEqual(new Set(CASE_EVENT_TYPES));
  });

  it('README.md tells of each topic who writes and reads it, and by what key', async () => {
    const page = await readFile(new URL('README.md', EVENTS), 'utf8');
    for (const topic of NAMES) {
      const { name, key, producer, consumers } = TOPICS[topic];
      expect(page).toContain(
        `| [\`${name}\`](${topic}.schema.json) | ${producer} | ${consumers.join(', ')} | \`${key}\` | [${topic}](examples/${topic}.json) |`,
      );
    }
  });
});

describe('what was published', () => {
  it('goes on being true: whoever reads or writes by the baseline still can', async () => {
    const published = await schemasIn('baseline/');
    expect(published).toContain('cases.schema.json');
    for (const name of published) {
      const before = (await readJson(`baseline/${name}`)) as JsonSchema;
      expect([name, incompatibilities(before, (await readJson(name)) as JsonSchema)]).toEqual([name, []]);
    }
  });
});
