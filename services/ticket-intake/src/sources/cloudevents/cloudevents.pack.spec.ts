import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { cloudevents } from './cloudevents.pack.js';
import { decodedHeader } from './read-cloudevents.js';

const event = (more: object = {}): object => ({
  specversion: '1.0',
  id: 'A-1',
  source: '/crm/eu',
  type: 'com.example.ticket.created',
  subject: 'ticket/42',
  time: '2026-11-22T09:00:00.5Z',
  datacontenttype: 'application/json',
  data: { title: '提现失败', priority: 'high', market: 'SG', build: 'r17' },
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a structured event',
    body: event(),
    expected: [
      {
        senderId: '/crm/eu A-1',
        kind: 'ticket',
        type: 'ticket.created',
        key: 'ticket/42',
        subject: '提现失败',
        severity: 'high',
        market: 'SG',
        occurredAt: Date.UTC(2026, 10, 22, 9, 0, 0, 500),
        attributes: { build: 'r17', cloudevent: { source: '/crm/eu', type: 'com.example.ticket.created' } },
      },
    ],
  },
  {
    title: 'an event without a text of its own',
    body: event({ data: { ticket: 42 } }),
    expected: [{ subject: 'ticket/42', attributes: { ticket: 42 } }],
  },
  {
    title: 'an alert',
    body: event({ type: 'alert.cleared' }),
    expected: [{ kind: 'alert', type: 'alert.cleared' }],
  },
  {
    title: 'a type that the data tells',
    body: event({ type: 'com.example.changed', data: { type: 'ticket.resolved', key: 'T-1' } }),
    expected: [{ type: 'ticket.resolved', key: 'T-1' }],
  },
  {
    title: 'extensions',
    body: event({ partitionkey: 'p', traceparent: '00-1-1-01' }),
    expected: [{ attributes: { cloudevent: { partitionkey: 'p', traceparent: '00-1-1-01' } } }],
  },
  {
    title: 'data that is a text, or none',
    body: [event({ data: '<x/>', datacontenttype: 'text/xml' }), event({ id: 'A-2', data: null })],
    expected: [{ attributes: { data: '<x/>' } }, { senderId: '/crm/eu A-2' }],
  },
  { title: 'an empty batch', body: [], expected: [] },
];

const binary = {
  'content-type': 'application/json',
  'ce-specversion': '1.0',
  'ce-id': 'A-1',
  'ce-source': '/crm/eu',
  'ce-type': 'com.example.ticket.created',
  'ce-subject': 'Euro%20%E2%82%AC%20%F0%9F%98%80',
};

describe('the CloudEvents pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(cloudevents, fixture))).toMatchObject(fixture.expected);
  });

  it('reads the attributes of the binary mode from headers', () => {
    const read = cloudevents.read?.('{"title":"x"}', binary);
    if (read?.ok !== true) throw new Error('not read');
    expect(eventsOf(mapFixture(cloudevents, { body: read.value }))).toMatchObject([
      { senderId: '/crm/eu A-1', key: 'Euro € 😀', subject: 'x' },
    ]);
    expect(cloudevents.read?.('', binary)).toMatchObject({ ok: true, value: { id: 'A-1', data: null } });
    expect(cloudevents.read?.('{}', { ...binary, 'ce-subject': '%C0%A0' })).toMatchObject({ ok: false });
    expect(cloudevents.read?.('{', binary)).toMatchObject({ ok: false });
  });

  it.each([
    ['Euro%20%e2%82%ac', 'Euro €'],
    ['"a \\"quoted\\" text"', 'a "quoted" text'],
    ['100%', '100%'],
    ['plain', 'plain'],
    ['%C0%A0', undefined],
  ])('decodes the header «%s»', (value, text) => {
    expect(decodedHeader(value)).toBe(text);
  });

  it('maps what it can of a batch and sets the rest apart', () => {
    const batch = [event(), event({ id: undefined }), 'x', event({ type: 'com.example.other' })];
    expect(mapFixture(cloudevents, { body: batch })).toMatchObject({
      ok: true,
      events: [{ senderId: '/crm/eu A-1' }],
      unmapped: [
        { reason: 'a CloudEvent without id' },
        { reason: 'no CloudEvent' },
        { reason: expect.stringContaining('ticket.created') },
      ],
    });
  });

  it('lets a sender know that it may send', () => {
    expect(cloudevents.handshake?.({ 'webhook-request-origin': 'events.example.com' })).toMatchObject({
      'webhook-allowed-origin': 'events.example.com',
      allow: 'POST',
    });
  });
});
