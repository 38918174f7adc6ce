import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { generic } from './generic.pack.js';

const event = (more: object = {}): object => ({
  id: 'e-1',
  type: 'ticket.created',
  key: 'T-1',
  subject: 'db down',
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'the least that is understood',
    body: event(),
    expected: [
      {
        senderId: 'e-1',
        kind: 'ticket',
        type: 'ticket.created',
        key: 'T-1',
        subject: 'db down',
        tags: [],
        attributes: {},
      },
    ],
  },
  { title: 'an alert', body: event({ type: 'alert.raised' }), expected: [{ kind: 'alert' }] },
  {
    title: 'everything there is',
    body: event({
      body: 'b',
      category: 'live.payout',
      market: 'SG',
      language: 'zh-CN',
      channel: 'app',
      severity: 'critical',
      affected: 1200,
      tags: ['a'],
      status: 'open',
      service: 's',
      requester: { id: 'u1', tier: 'top' },
      link: 'https://x.example/1',
      occurredAt: '2026-11-22T17:00:00+08:00',
      version: 3,
    }),
    expected: [
      {
        body: 'b',
        category: 'live.payout',
        market: 'SG',
        severity: 'critical',
        affected: 1200,
        tags: ['a'],
        status: 'open',
        service: 's',
        requester: { id: 'u1', tier: 'top' },
        link: 'https://x.example/1',
        occurredAt: Date.UTC(2026, 10, 22, 9),
        version: { by: 'sender', at: 3 },
      },
    ],
  },
  {
    title: 'Chinese, Japanese and emoji',
    body: event({ subject: '提现失败', body: '至急 🚨' }),
    expected: [{ subject: '提现失败', body: '至急 🚨' }],
  },
  {
    title: 'null for absent',
    body: event({
      body: null,
      tags: null,
      severity: null,
      requester: null,
      attributes: null,
      occurredAt: null,
      version: null,
    }),
    expected: [{ body: undefined, tags: [], severity: undefined, flags: [] }],
  },
  {
    title: 'numbers for ids',
    body: event({ id: 7, key: 35436 }),
    expected: [{ senderId: '7', key: '35436' }],
  },
  {
    title: 'a version above 2^53 as text',
    body: event({ version: '98765432109876543210' }),
    expected: [{ version: { by: 'sender', tie: '98765432109876543210'.padStart(40, '0') } }],
  },
  {
    title: 'an instant as version',
    body: event({ version: '2026-11-22T09:00:00Z' }),
    expected: [{ version: { by: 'sender', at: Date.UTC(2026, 10, 22, 9) } }],
  },
  {
    title: 'a version that orders nothing',
    body: event({ version: 'beta' }),
    expected: [{ flags: ['odd-version'], attributes: { version: 'beta' } }],
  },
  {
    title: 'members that are not ours',
    body: event({ build: 'r17', attributes: { a: 1 } }),
    expected: [{ attributes: { build: 'r17', a: 1 } }],
  },
  {
    title: 'optional members of a wrong form',
    body: event({ affected: -1, tags: 'a,b', link: 'javascript:alert(1)', status: 'weird', market: 7 }),
    expected: [
      {
        affected: undefined,
        tags: [],
        link: undefined,
        attributes: { affected: -1, tags: 'a,b', link: 'javascript:alert(1)', status: 'weird', market: 7 },
        flags: expect.arrayContaining(['odd-affected', 'odd-tags', 'odd-link', 'odd-status', 'odd-market']),
      },
    ],
  },
  {
    title: 'attributes that are no object',
    body: event({ attributes: [1] }),
    expected: [{ attributes: { attributes: [1] } }],
  },
  {
    title: 'a priority as severity, whatever its case',
    body: event({ severity: ' p1 ' }),
    expected: [{ severity: 'p1' }],
  },
  { title: 'a count written as text', body: event({ affected: '1200' }), expected: [{ affected: 1200 }] },
  {
    title: 'milliseconds for an instant',
    body: event({ occurredAt: 1_795_334_400_000 }),
    expected: [{ occurredAt: 1_795_334_400_000 }],
  },
  {
    title: 'a resolve without a subject',
    body: { type: 'ticket.resolved', key: 'T-1', id: 'e-2' },
    expected: [{ subject: undefined }],
  },
  {
    title: 'an id from the signature’s header',
    body: { ...event(), id: undefined },
    headers: { 'webhook-id': 'msg_1' },
    expected: [{ senderId: 'webhook-id:msg_1' }],
  },
  {
    title: 'an id from Idempotency-Key',
    body: { ...event(), id: undefined },
    headers: { 'idempotency-key': 'k1' },
    expected: [{ senderId: 'idempotency-key:k1' }],
  },
];

describe('the generic pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(generic, fixture))).toMatchObject(fixture.expected);
  });

  it.each([
    [event({ type: 'ticket.exploded' }), '/type'],
    [event({ key: undefined }), '/key'],
    [event({ key: 98_765_432_109_876_543_210 }), '/key'],
    [event({ id: {} }), '/id'],
    [event({ subject: undefined }), '/subject'],
    [event({ subject: ' ' }), '/subject'],
    [event({ severity: { $gt: '' } }), '/severity'],
    [event({ severity: 'P-1' }), '/severity'],
    [event({ severity: 'P6' }), '/severity'],
    [event({ occurredAt: 'yesterday' }), '/occurredAt'],
    [event({ occurredAt: '+275761-01-01T00:00:00Z' }), '/occurredAt'],
    [[event()], ''],
    ['text', ''],
  ])('refuses %j by its pointer', (body, pointer) => {
    expect(
      mapFixture(generic, { body: typeof body === 'string' ? JSON.stringify(body) : body }),
    ).toMatchObject({ ok: false, faults: [{ pointer }] });
  });

  it('makes an id from the content, whatever the order of its members', () => {
    const ids = [
      { type: 'alert.raised', key: 'k', subject: 's' },
      { subject: 's', key: 'k', type: 'alert.raised' },
    ].map((body) => eventsOf(mapFixture(generic, { body }))[0]?.senderId);
    expect(ids[0]).toMatch(/^content:[0-9a-f]{64}$/);
    expect(ids[1]).toBe(ids[0]);
  });
});
