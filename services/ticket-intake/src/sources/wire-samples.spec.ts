import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { testData, whenGiven } from '@tocsin/test-rig';
import { headerOf, type VendorSignature } from '../authenticate-sender/signature.js';
import { standardWebhooks } from '../authenticate-sender/standard-webhooks.js';
import { hubspotSignature } from './hubspot/hubspot-signature.js';
import type { Mapping, MappingPack } from './mapping-pack.js';
import { eventsOf, mapFixture } from './pack.rig.js';
import { mapChange } from './pagerduty/pagerduty.pack.js';
import { packOf } from './registry.js';

interface Sample {
  readonly path?: string;
  readonly body?: unknown;
  readonly body_parsed?: unknown;
  readonly raw_body?: string;
  readonly headers?: Record<string, string>;
}

interface Folder {
  readonly vendor: string;
  /** Kind of the pack, where the folder is not called so. */
  readonly kind?: string;
  /** Which files are deliveries of that vendor, and how many there are at least. */
  readonly files: RegExp;
  readonly atLeast: number;
  readonly pack?: Pick<MappingPack, 'map'>;
}

const FOLDERS: readonly Folder[] = [
  { vendor: 'zendesk', files: /^event-.*\.json$/, atLeast: 3 },
  { vendor: 'alertmanager', files: /^http-webhook-resolved\.json$/, atLeast: 1 },
  { vendor: 'pagerduty', files: /^(enqueue|http)-.*\.json$/, atLeast: 6 },
  { vendor: 'pagerduty', files: /^change-.*\.json$/, atLeast: 1, pack: { map: mapChange } },
  { vendor: 'grafana', files: /^webhook-.*\.json$/, atLeast: 1 },
  { vendor: 'jira', files: /^issue_.*\.json$/, atLeast: 1 },
  { vendor: 'hubspot', files: /^webhook-.*\.json$/, atLeast: 2 },
  { vendor: 'salesforce', files: /^outbound-message-case\.xml$/, atLeast: 1 },
  { vendor: 'aws-sns', kind: 'sns', files: /\.json$/, atLeast: 2 },
  { vendor: 'aws-cloudwatch', kind: 'sns', files: /^alarm-.*\.json$/, atLeast: 1 },
  { vendor: 'datadog', files: /^template-.*\.json$/, atLeast: 2 },
  { vendor: 'sentry', files: /^event_alert\.json$/, atLeast: 1 },
  { vendor: 'cloudevents', files: /^http-.*\.json$/, atLeast: 2 },
  { vendor: 'avaya', files: /\.json$/, atLeast: 2 },
];

const textOf = (...path: string[]): string => readFileSync(testData('wire', ...path), 'utf8');

type Pack = Pick<MappingPack, 'map' | 'read'>;

function readSample(pack: Pack, text: string, headers: Record<string, string>): unknown {
  const parsed = pack.read?.(text, headers);
  if (parsed?.ok === false) throw new Error(`not read: ${text.slice(0, 100)}`);
  return parsed?.value;
}

function mapSample(pack: Pack, name: string, text: string): Mapping {
  if (!name.endsWith('.json')) return mapFixture(pack, { body: readSample(pack, text, {}) });
  // Templates of Datadog are of variables: each gets a value that its name fits.
  const filled = text.replaceAll('"$ALERT_TRANSITION"', '"Triggered"').replaceAll(/"\$([A-Z_]+)"/g, '"a $1"');
  const sample = JSON.parse(filled) as Sample;
  const headers = Object.fromEntries(
    Object.entries(sample.headers ?? {}).map(([header, value]) => [header.toLowerCase(), value]),
  );
  const read = sample.raw_body === undefined ? undefined : readSample(pack, sample.raw_body, headers);
  return mapFixture(pack, { body: read ?? insideOf(sample), headers });
}

/** A capture has the headers beside the body; a body alone may have a member of that name. */
const insideOf = (sample: Sample): unknown =>
  sample.body_parsed ?? (sample.headers === undefined ? sample : (sample.body ?? sample));

whenGiven('test data', it)('samples of every vendor of whom there are some map', () => {
  for (const { vendor, kind = vendor, files, atLeast, pack = packOf(kind) } of FOLDERS) {
    const names = readdirSync(testData('wire', vendor)).filter((name) => files.test(name));
    expect(names.length).toBeGreaterThanOrEqual(atLeast);
    for (const name of names) {
      const [event] = eventsOf(mapSample(pack, name, textOf(vendor, name)));
      expect({ name, key: event?.key ?? '' }).toEqual({ name, key: expect.stringMatching(/./) });
    }
  }
});

interface Vector {
  readonly raw_body: string;
  readonly [member: string]: unknown;
}

whenGiven('test data', it)('vectors of other people’s signatures verify: HubSpot, Standard Webhooks', () => {
  const verdict = (signature: VendorSignature, headers: Record<string, string>, more: object): unknown =>
    signature.verify(
      { headers, body: Buffer.alloc(0), method: 'POST', url: '/', now: 0, ...more },
      { secrets: [headerOf(headers, 'secret') ?? ''], senders: [] },
    );
  const hubspot = JSON.parse(textOf('hubspot', 'signature-v3-vector.json')) as Vector;
  const address = new URL(String(hubspot['uri']));
  const ofHubSpot = {
    host: address.host,
    secret: String(hubspot['client_secret']),
    'x-hubspot-request-timestamp': String(hubspot['timestamp']),
    'x-hubspot-signature-v3': String(hubspot['X-HubSpot-Signature-v3']),
  };
  const sent = { body: Buffer.from(hubspot.raw_body), url: address.pathname + address.search };
  expect(verdict(hubspotSignature, ofHubSpot, { ...sent, now: Number(hubspot['timestamp']) })).toBe('ok');
  const standard = JSON.parse(textOf('standard-webhooks', 'signature-vector.json')) as Vector;
  const ofStandard = {
    secret: String(standard['secret']),
    'webhook-id': String(standard['id']),
    'webhook-timestamp': String(standard['timestamp']),
    'webhook-signature': String(standard['signature']),
  };
  const at = { body: Buffer.from(standard.raw_body), now: Number(standard['timestamp']) * 1000 };
  expect(verdict(standardWebhooks, ofStandard, at)).toBe('ok');
  expect(verdict(standardWebhooks, ofStandard, { ...at, body: Buffer.from('{}') })).toBe('bad');
});
