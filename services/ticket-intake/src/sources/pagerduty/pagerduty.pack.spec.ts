import { describe, expect, it } from '@jest/globals';
import { contentHash } from '../canonical-json.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { mapChange, pagerduty } from './pagerduty.pack.js';

const ROUTING_KEY = '0123456789abcdef0123456789abcdef';
const payload = { summary: 'Disk 95% on db-1', source: 'db-1', severity: 'warning' };
const trigger = (more: object = {}, of: object = {}): object => ({
  routing_key: ROUTING_KEY,
  event_action: 'trigger',
  dedup_key: 'disk/db-1',
  payload: { ...payload, ...of },
  ...more,
});
const fresh = 'f'.repeat(32);

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a trigger',
    body: trigger({}, { component: 'postgres', group: 'data', class: 'disk', custom_details: { pct: 95 } }),
    expected: [
      {
        kind: 'alert',
        type: 'alert.raised',
        key: 'disk/db-1',
        subject: 'Disk 95% on db-1',
        severity: 'warning',
        attributes: { component: 'postgres', custom_details: { pct: 95 }, source: 'db-1' },
      },
    ],
  },
  {
    title: 'a trigger without a key, which gets one',
    body: trigger({ dedup_key: undefined }),
    expected: [{ key: fresh, senderId: `delivery:${fresh}` }],
  },
  {
    title: 'an acknowledgement without payload',
    body: { routing_key: ROUTING_KEY, event_action: 'acknowledge', dedup_key: 'k' },
    expected: [{ type: 'ticket.updated', key: 'k', attributes: { event_action: 'acknowledge' } }],
  },
  {
    title: 'a resolve without payload',
    body: { routing_key: ROUTING_KEY, event_action: 'resolve', dedup_key: 'k' },
    expected: [{ type: 'alert.cleared', key: 'k', subject: undefined }],
  },
  {
    title: 'a resolve with a whole payload',
    body: { ...trigger(), event_action: 'resolve' },
    expected: [{ type: 'alert.cleared', subject: 'Disk 95% on db-1' }],
  },
  {
    title: 'an offset without colon',
    body: trigger({}, { timestamp: '2026-11-22T08:42:58.315+0000' }),
    expected: [{ occurredAt: Date.parse('2026-11-22T08:42:58.315Z') }],
  },
  {
    title: 'an old client’s offset and Z',
    body: trigger({}, { timestamp: '2026-11-22T08:42:58.315123+00:00Z' }),
    expected: [{ occurredAt: Date.parse('2026-11-22T08:42:58.315Z') }],
  },
  {
    title: 'an empty severity',
    body: trigger({}, { severity: '' }),
    expected: [{ severity: 'error', flags: ['odd-severity'] }],
  },
  {
    title: 'a severity of its own',
    body: trigger({}, { severity: 'FATAL' }),
    expected: [{ severity: 'error', flags: ['odd-severity'] }],
  },
  {
    title: 'a null severity, null details and null links',
    body: trigger({ links: null, images: null, client: null }, { severity: null, custom_details: null }),
    expected: [{ severity: 'error', attributes: { source: 'db-1' } }],
  },
  {
    title: 'line breaks and Chinese in the summary',
    body: trigger({}, { summary: '支付\r\n超时' }),
    expected: [{ subject: '支付\r\n超时' }],
  },
  {
    title: 'Korean details and texts for numbers',
    body: trigger({}, { custom_details: { 지역: '서울', num_firing: '2' } }),
    expected: [{ attributes: { custom_details: { 지역: '서울', num_firing: '2' } } }],
  },
  {
    title: 'the first link',
    body: trigger({
      links: [{ href: 'https://runbook.example/x', text: 'rb' }],
      client_url: 'https://c.example',
    }),
    expected: [{ link: 'https://runbook.example/x' }],
  },
  {
    title: 'the client’s link when there is no other',
    body: trigger({ client: 'Alertmanager', client_url: 'http://vm:9093/#/alerts' }),
    expected: [{ link: 'http://vm:9093/#/alerts' }],
  },
  {
    title: 'a number for a key, beyond what JavaScript counts',
    body: trigger({ dedup_key: '98765432109876543210' }),
    expected: [{ key: '98765432109876543210' }],
  },
];

describe('the PagerDuty pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(pagerduty, fixture))).toMatchObject(fixture.expected);
  });

  it('tells a retry from a new event only where a timestamp lets it', () => {
    const timed = trigger({}, { timestamp: '2026-11-22T08:42:58Z' });
    expect(eventsOf(mapFixture(pagerduty, { body: timed }))[0]?.senderId).toBe(
      `content:${contentHash(timed)}`,
    );
    expect(eventsOf(mapFixture(pagerduty, { body: trigger() }))[0]?.senderId).toBe(`delivery:${fresh}`);
  });

  it.each([
    [{ ...trigger(), event_action: 'explode' }, '/event_action'],
    [{ routing_key: ROUTING_KEY, event_action: 'resolve' }, '/dedup_key'],
    [trigger({ payload: undefined }), '/payload/summary'],
    [trigger({}, { summary: '  ' }), '/payload/summary'],
    [trigger({ dedup_key: 'k'.repeat(256) }), '/dedup_key'],
    [[], ''],
  ])('refuses %j as PagerDuty does', (body, pointer) => {
    expect(mapFixture(pagerduty, { body })).toMatchObject({
      ok: false,
      faults: [{ pointer, detail: expect.stringMatching(/\w/) }],
    });
  });

  it('keeps a change event and hands it to nobody', () => {
    const body = {
      routing_key: ROUTING_KEY,
      payload: {
        summary: '构建成功',
        timestamp: '2026-07-17T08:42:58.315+0000',
        custom_details: { build: 220 },
      },
    };
    expect(eventsOf(mapFixture({ map: mapChange }, { body }))).toMatchObject([
      { recordOnly: true, subject: '构建成功' },
    ]);
    expect(mapFixture({ map: mapChange }, { body: {} })).toMatchObject({ ok: false });
  });
});
