import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { generic } from '../sources/generic/generic.pack.js';
import { zendesk } from '../sources/zendesk/zendesk.pack.js';
import { authenticate as verdictOf, hasKey } from './authenticate.js';
import { digestOf, type KnownSource } from './known-source.js';
import type { Headers, Verdict } from './signature.js';

const NOW = Date.UTC(2026, 10, 22, 9);
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = Buffer.from('{"id":"1","subject":"提现"}');
const source = (more: Partial<KnownSource>): KnownSource => ({
  name: 's',
  config: {} as never,
  pack: generic,
  keys: [digestOf('one'), digestOf('two')],
  secrets: [],
  proven: new Set(),
  ...more,
});

const authenticate = (
  from: KnownSource,
  headers: Headers,
  bytes: Buffer,
  now: number,
): Verdict | Promise<Verdict> =>
  verdictOf(from, { headers, body: bytes, method: 'POST', url: '/v1/sources/s/events', now });

const signed = (secret: string, at = NOW): Record<string, string> => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(at / 1000),
  'webhook-signature': new Webhook(secret).sign('msg_1', new Date(at), body.toString()),
});

describe('bearer keys', () => {
  it.each([
    ['Bearer one', true],
    ['bearer two', true],
    [`Basic ${Buffer.from('anybody:one').toString('base64')}`, true],
    [`Basic ${Buffer.from('one').toString('base64')}`, false],
    ['Bearer three', false],
    ['Bearer ', false],
    ['one', false],
    ['Bearer eyJhbGciOiJub25lIn0.e30.', false],
    [undefined, false],
  ])('«%s» is known: %s', (authorization, known) => {
    expect(hasKey(source({}), authorization)).toBe(known);
  });
});

describe('Standard Webhooks', () => {
  const signing = source({
    keys: [],
    secrets: [`whsec_${Buffer.from('an older secret, 24 b.').toString('base64')}`, SECRET],
  });

  it('takes what the reference library signs, by any of several secrets', () => {
    expect(authenticate(signing, signed(SECRET), body, NOW)).toBe('ok');
  });

  it('takes any valid one of several signatures', () => {
    const headers = signed(SECRET);
    const several = {
      ...headers,
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} v1a,x ${headers['webhook-signature']}`,
    };
    expect(authenticate(signing, several, body, NOW)).toBe('ok');
  });

  it.each([
    ['five minutes old', NOW - 300_000, 'ok'],
    ['older', NOW - 301_000, 'stale'],
    ['an hour ahead', NOW + 3_600_000, 'stale'],
  ])('calls one that is %s', (_, at, verdict) => {
    expect(authenticate(signing, signed(SECRET, at), body, NOW)).toBe(verdict);
  });

  it.each(['v1,AA', 'v1,', '', 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'garbage'])(
    'refuses «%s» and never throws',
    (signature) => {
      expect(authenticate(signing, { ...signed(SECRET), 'webhook-signature': signature }, body, NOW)).toBe(
        'bad',
      );
    },
  );

  it('refuses another body, another id, and a right key beside a wrong signature', () => {
    expect(authenticate(signing, signed(SECRET), Buffer.from('{}'), NOW)).toBe('bad');
    expect(authenticate(signing, { ...signed(SECRET), 'webhook-id': 'msg_2' }, body, NOW)).toBe('bad');
    const both = source({ secrets: [SECRET] });
    expect(
      authenticate(both, { ...signed(SECRET), authorization: 'Bearer one' }, Buffer.from('{}'), NOW),
    ).toBe('bad');
    expect(authenticate(both, { authorization: 'Bearer one' }, body, NOW)).toBe('ok');
  });
});

describe('Zendesk’s signature', () => {
  const signing = source({ pack: zendesk, keys: [], secrets: ['other', 'c2VjcmV0'] });
  const at = new Date(NOW).toISOString();
  const headers = (secret: string, time = at): Record<string, string> => ({
    'x-zendesk-webhook-signature-timestamp': time,
    'x-zendesk-webhook-signature': createHmac('sha256', secret).update(time).update(body).digest('base64'),
  });

  it('is keyed with the secret as the text it is', () => {
    expect(authenticate(signing, headers('c2VjcmV0'), body, NOW)).toBe('ok');
    expect(authenticate(signing, headers('secret'), body, NOW)).toBe('bad');
  });

  it('agrees with Zendesk’s published test secret', () => {
    const raw = Buffer.from('{"event":"ticket.updated","id":123}');
    const verdict = authenticate(
      source({ pack: zendesk, secrets: ['dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ=='] }),
      {
        'x-zendesk-webhook-signature': 'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=',
        'x-zendesk-webhook-signature-timestamp': '2021-03-25T05:09:27Z',
      },
      raw,
      Date.parse('2021-03-25T05:10:00Z'),
    );
    expect(verdict).toBe('ok');
  });

  it('is refused when it is old, or its time is none', () => {
    expect(authenticate(signing, headers('c2VjcmV0', '2026-11-22T08:00:00Z'), body, NOW)).toBe('stale');
    expect(authenticate(signing, headers('c2VjcmV0', 'now'), body, NOW)).toBe('stale');
  });
});

describe('a key that was proven', () => {
  it('is remembered for its own source only, and a wrong one never', () => {
    const [mine, other] = [source({}), source({ keys: [digestOf('three')] })];
    for (let time = 0; time < 2; time++) {
      expect(hasKey(mine, 'Bearer one')).toBe(true);
      expect(hasKey(other, 'Bearer one')).toBe(false);
      expect(hasKey(mine, 'Bearer three')).toBe(false);
    }
    expect([...mine.proven]).toEqual(['Bearer one']);
  });

  it('is remembered in a bounded number of spellings', () => {
    const mine = source({});
    const spelled = (user: number): string => `Basic ${Buffer.from(`${user}:one`).toString('base64')}`;
    for (let user = 0; user < 200; user++) expect(hasKey(mine, spelled(user))).toBe(true);
    expect(mine.proven.size).toBe(64);
  });
});
