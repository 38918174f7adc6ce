import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { alertmanager } from './alertmanager.pack.js';

const alert = (more: object = {}): object => ({
  status: 'firing',
  labels: { alertname: 'HighErrorRate', instance: 'api-1', severity: 'critical' },
  annotations: { summary: '5xx over 5% for 5m' },
  startsAt: '2026-11-22T20:07:56.863854105Z',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.example/graph?g0.expr=up',
  fingerprint: '9c9d646e95cceef1',
  ...more,
});
const group = (alerts: unknown, more: object = {}): object => ({
  version: '4',
  groupKey: '{}:{alertname="HighErrorRate"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'tocsin',
  groupLabels: { alertname: 'HighErrorRate' },
  commonLabels: { alertname: 'HighErrorRate' },
  commonAnnotations: {},
  externalURL: 'http://alertmanager.example',
  alerts,
  ...more,
});
const cleared = { status: 'resolved', endsAt: '2026-11-22T20:10:00Z' };

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a firing alert',
    body: group([alert()]),
    expected: [
      {
        kind: 'alert',
        type: 'alert.raised',
        key: '9c9d646e95cceef1',
        subject: '5xx over 5% for 5m',
        severity: 'critical',
        orderedByReceipt: true,
        link: 'http://prometheus.example/graph?g0.expr=up',
        occurredAt: Date.parse('2026-11-22T20:07:56.863Z'),
        tags: ['HighErrorRate'],
        senderId: '{}:{alertname="HighErrorRate"} firing 9c9d646e95cceef1 2026-11-22T20:07:56.863854105Z',
      },
    ],
  },
  {
    title: 'a resolved alert',
    body: group([alert(cleared)], { status: 'resolved' }),
    expected: [{ type: 'alert.cleared', occurredAt: Date.UTC(2026, 10, 22, 20, 10) }],
  },
  {
    title: 'a group that mixes firing and resolved alerts',
    body: group([alert(), alert({ ...cleared, fingerprint: '548c65afbe2be212' })]),
    expected: [{ type: 'alert.raised' }, { type: 'alert.cleared', key: '548c65afbe2be212' }],
  },
  {
    title: 'an alert that says nothing of its own state',
    body: group([alert({ status: undefined })], { status: 'resolved' }),
    expected: [{ type: 'alert.cleared' }],
  },
  {
    title: 'an alert without annotations',
    body: group([alert({ annotations: {} })]),
    expected: [{ subject: 'HighErrorRate (api-1)' }],
  },
  {
    title: 'null annotations and labels only in the group',
    body: group([alert({ annotations: null, labels: null })], {
      commonLabels: { alertname: 'Down', severity: 'Warning' },
    }),
    expected: [{ subject: 'Down', severity: 'warning' }],
  },
  {
    title: 'Chinese text',
    body: group([alert({ annotations: { summary: '直播提现错误率过高', description: '请查看仪表盘' } })]),
    expected: [{ subject: '直播提现错误率过高', body: '请查看仪表盘' }],
  },
  {
    title: 'Japanese labels',
    body: group([alert({ labels: { alertname: '遅延', 地域: '東京' }, annotations: {} })]),
    expected: [{ subject: '遅延', attributes: { labels: { 地域: '東京' } } }],
  },
  {
    title: 'an alert without a fingerprint',
    body: group([alert({ fingerprint: undefined })]),
    expected: [{ key: expect.stringMatching(/^[0-9a-f]{16}$/) }],
  },
  {
    title: 'a start that was never set',
    body: group([alert({ startsAt: '0001-01-01T00:00:00Z' })]),
    expected: [{ occurredAt: undefined }],
  },
  {
    title: 'labels that route it',
    body: group([
      alert({ labels: { alertname: 'x', market: 'MY', category: 'live.payout', service: 'live-payouts' } }),
    ]),
    expected: [{ market: 'MY', category: 'live.payout', service: 'live-payouts' }],
  },
  {
    title: 'members of later versions',
    body: group([alert()], { notification_reason: 'repeat', routeLabels: { a: 'b' } }),
    expected: [{ type: 'alert.raised' }],
  },
  {
    title: 'no link of its own',
    body: group([alert({ generatorURL: '' })]),
    expected: [{ link: 'http://alertmanager.example' }],
  },
  {
    title: 'a number above 2^53 as a label’s text',
    body: group([alert({ labels: { alertname: 'x', account: '98765432109876543210' } })]),
    expected: [{ attributes: { labels: { account: '98765432109876543210' } } }],
  },
  {
    title: 'our own form, written by the admin',
    body: { id: 'p-1', type: 'alert.raised', key: 'k', subject: 's' },
    expected: [{ senderId: 'p-1', key: 'k' }],
  },
];

describe('the Alertmanager pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(alertmanager, fixture))).toMatchObject(fixture.expected);
  });

  it('knows a repeat by group, state, alert and start, and tells a new firing from it', () => {
    const idOf = (one: object): string =>
      eventsOf(mapFixture(alertmanager, { body: group([one]) }))[0]?.senderId ?? '';
    expect(idOf(alert({ annotations: { summary: '7 %' } }))).toBe(idOf(alert()));
    expect(idOf(alert({ startsAt: '2026-11-22T21:00:00Z' }))).not.toBe(idOf(alert()));
    expect(idOf(alert(cleared))).not.toBe(idOf(alert()));
  });

  it('maps what it can of a group and sets the rest apart', () => {
    expect(
      mapFixture(alertmanager, { body: group([alert(), 'no alert', null], { commonLabels: {} }) }),
    ).toMatchObject({
      ok: true,
      events: [{ type: 'alert.raised' }],
      unmapped: [{ part: 'no alert' }, { part: null }],
    });
  });

  it.each([[[]], [{ alerts: [] }], [{ anything: 1 }]])('cannot map %j', (body) => {
    expect(mapFixture(alertmanager, { body })).toMatchObject({ ok: false });
  });
});
