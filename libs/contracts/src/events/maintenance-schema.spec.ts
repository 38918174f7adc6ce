import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { MaintenanceEvent } from './maintenance-event.js';

const FILE = new URL('../../../../docs/events/maintenance-event.schema.json', import.meta.url);

describe('docs/events/maintenance-event.schema.json', () => {
  it('says what the contract says; where it does not, it is written anew and this fails once', async () => {
    const current: unknown = JSON.parse(JSON.stringify(z.toJSONSchema(MaintenanceEvent, { io: 'input' })));
    const written: unknown = JSON.parse(await readFile(FILE, 'utf8').catch(() => 'null'));
    if (!isDeepStrictEqual(written, current))
      await writeFile(FILE, `${JSON.stringify(current, undefined, 2)}\n`);
    expect(written).toEqual(current);
  });
});
