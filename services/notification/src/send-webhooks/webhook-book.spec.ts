import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { deliveryId } from './delivery-id.js';
import { type Endpoint, WebhookBook } from './webhook-book.js';

const GOOD = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const configOf = (more: object = {}): Config =>
  Config.parse({
    webhooks: {
      bridge: { url: 'https://example.com/in', secret: ['env:NEW', 'env:OLD'], events: ['case.*'], ...more },
    },
  });

function given(known: Record<string, string>, config = configOf()) {
  const asked: string[] = [];
  let inForce = config;
  const book = new WebhookBook({
    config: () => inForce,
    resolve: (ref) => {
      asked.push(ref);
      const value = known[ref];
      return value === undefined ? { ok: false, error: `${ref} is not set` } : { ok: true, value };
    },
  });
  const bridge = (): Endpoint => {
    const [endpoint] = book.all();
    if (endpoint === undefined) throw new Error('no endpoint');
    return endpoint;
  };
  const apply = (next: Config): void => {
    inForce = next;
  };
  return { book, asked, bridge, apply };
}

describe('the book of outgoing webhooks', () => {
  it('gives all secrets that can be used, the first of the config first', () => {
    const { book, bridge, asked } = given({ 'env:NEW': GOOD, 'env:OLD': GOOD });
    expect(book.secretsOf(bridge())).toEqual({ ok: true, values: [GOOD, GOOD] });
    book.secretsOf(bridge());
    expect(asked).toEqual(['env:NEW', 'env:OLD']);
  });

  it('does with one while the other cannot be found or read', () => {
    const { book, bridge } = given({ 'env:NEW': 'too-short', 'env:OLD': GOOD });
    expect(book.secretsOf(bridge())).toEqual({ ok: true, values: [GOOD] });
  });

  it('says what is wrong with each when none can be used, and looks again', () => {
    const known: Record<string, string> = { 'env:NEW': 'c2hvcnQ=' };
    const { book, bridge } = given(known);
    expect(book.secretsOf(bridge())).toEqual({
      ok: false,
      fault: expect.stringMatching(/env:NEW: write whsec_.*; env:OLD is not set/),
    });
    known['env:OLD'] = GOOD;
    expect(book.secretsOf(bridge())).toEqual({ ok: true, values: [GOOD] });
  });

  it('tells an endpoint by another fingerprint once its config is another', () => {
    const { book, bridge, apply } = given({});
    const before = bridge().fingerprint;
    apply(configOf());
    expect(bridge().fingerprint).toBe(before);
    apply(configOf({ url: 'https://example.com/other' }));
    expect(bridge().fingerprint).not.toBe(before);
    expect(book.one('default', 'bridge')).toBe(bridge());
    expect(book.one('other', 'bridge')).toBeUndefined();
  });
});

it('a delivery has one id, of its event and its endpoint', () => {
  const event = { topic: 'cases', batch: '17', n: 2 } as const;
  const endpoint = { tenant: 'default', name: 'bridge' };
  expect(deliveryId(endpoint, event)).toMatch(/^msg_[0-9a-z]{26}$/);
  expect(deliveryId(endpoint, { ...event })).toBe(deliveryId(endpoint, event));
  const others = [
    deliveryId({ ...endpoint, name: 'other' }, event),
    deliveryId({ ...endpoint, tenant: 'b' }, event),
    deliveryId(endpoint, { ...event, n: 3 }),
    deliveryId(endpoint, { ...event, batch: '172' }),
    deliveryId(endpoint, { ...event, topic: 'maintenance' }),
  ];
  expect(new Set([...others, deliveryId(endpoint, event)]).size).toBe(6);
});
