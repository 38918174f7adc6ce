import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { testData, whenGiven } from '@tocsin/test-rig';
import type { MappingPack } from './mapping-pack.js';
import { eventsOf, mapFixture } from './pack.rig.js';
import { mapChange } from './pagerduty/pagerduty.pack.js';
import { packOf } from './registry.js';

interface Sample {
  readonly path?: string;
  readonly body?: unknown;
  readonly body_parsed?: unknown;
}

/** Folder, which files are deliveries of that vendor, and how many there are at least. */
const FOLDERS: readonly {
  vendor: string;
  files: RegExp;
  atLeast: number;
  pack?: Pick<MappingPack, 'map'>;
}[] = [
  { vendor: 'zendesk', files: /^event-.*\.json$/, atLeast: 3 },
  { vendor: 'alertmanager', files: /^http-webhook-resolved\.json$/, atLeast: 1 },
  { vendor: 'pagerduty', files: /^(enqueue|http)-.*\.json$/, atLeast: 6 },
  { vendor: 'pagerduty', files: /^change-.*\.json$/, atLeast: 1, pack: { map: mapChange } },
];

whenGiven('test data', it)('samples of real senders map: Zendesk, Alertmanager, PagerDuty', () => {
  for (const { vendor, files, atLeast, pack = packOf(vendor) } of FOLDERS) {
    const names = readdirSync(testData('wire', vendor)).filter((name) => files.test(name));
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
    for (const name of names) {
      const sample = JSON.parse(readFileSync(testData('wire', vendor, name), 'utf8')) as Sample;
      const [event] = eventsOf(mapFixture(pack, { body: sample.body_parsed ?? sample.body ?? sample }));
      expect({ name, key: event?.key ?? '' }).toEqual({ name, key: expect.stringMatching(/./) });
    }
  }
});
