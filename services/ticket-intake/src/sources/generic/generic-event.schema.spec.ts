import { describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { genericEventSchema } from './generic-event.schema.js';

const FILE = new URL('../../../../../docs/events/generic-event.schema.json', import.meta.url);

describe('docs/events/generic-event.schema.json', () => {
  it('says what the contract says; where it does not, it is written anew and this fails once', async () => {
    const current: unknown = JSON.parse(JSON.stringify(genericEventSchema()));
    const written: unknown = JSON.parse(await readFile(FILE, 'utf8').catch(() => 'null'));
    if (!isDeepStrictEqual(written, current))
      await writeFile(FILE, `${JSON.stringify(current, undefined, 2)}\n`);
    expect(written).toEqual(current);
  });
});
