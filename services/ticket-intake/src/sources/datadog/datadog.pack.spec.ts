import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { datadog } from './datadog.pack.js';

const AT = Date.UTC(2026, 10, 22, 9);
const body = (more: object = {}): object => ({
  id: '7654321',
  date: String(AT),
  alert_id: '1234',
  alert_cycle_key: 'cycle-1',
  alert_transition: 'Triggered',
  alert_type: 'error',
  alert_priority: 'P2',
  alert_scope: 'host:api-1',
  alert_title: '[Triggered] Payout errors on api-1',
  text_only_msg: 'errors above 5 %',
  hostname: 'api-1',
  link: 'https://app.datadoghq.com/event/event?id=7654321',
  tags: 'env:prod,service:live-payouts,market:SG',
  ...more,
});
const transition = (name: string, more: object = {}): object =>
  body({ alert_transition: name, alert_priority: '$ALERT_PRIORITY', ...more });

const FIXTURES: readonly Fixture[] = [
  {
    title: 'an alert that was triggered',
    body: body(),
    expected: [
      {
        senderId: 'event:7654321 cycle-1 triggered',
        kind: 'alert',
        type: 'alert.raised',
        key: 'cycle-1',
        occurredAt: AT,
        subject: '[Triggered] Payout errors on api-1',
        body: 'errors above 5 %',
        severity: 'p2',
        service: 'live-payouts',
        market: 'SG',
        tags: ['env:prod', 'service:live-payouts', 'market:SG'],
        attributes: { hostname: 'api-1', alert_scope: 'host:api-1' },
      },
    ],
  },
  {
    title: 'one triggered again',
    body: transition('Re-Triggered'),
    expected: [{ type: 'alert.raised', severity: 'error' }],
  },
  {
    title: 'a warning',
    body: transition('Warn', { alert_type: 'warning' }),
    expected: [{ severity: 'warning' }],
  },
  { title: 'a warning again', body: transition('Re-Warn'), expected: [{ severity: 'warning' }] },
  {
    title: 'no data',
    body: transition('No Data'),
    expected: [{ type: 'alert.raised', severity: 'no data' }],
  },
  { title: 'no data again', body: transition('Re-No Data'), expected: [{ severity: 'no data' }] },
  {
    title: 'a recovery, under the key of what it ends',
    body: transition('Recovered', { alert_type: 'success' }),
    expected: [{ type: 'alert.cleared', key: 'cycle-1', severity: undefined }],
  },
  {
    title: 'variables that Datadog had nothing for',
    body: body({
      alert_cycle_key: '$ALERT_CYCLE_KEY',
      aggreg_key: 'null',
      hostname: '',
      link: null,
      tags: '$TAGS',
    }),
    expected: [{ key: '1234 host:api-1', link: undefined, tags: [], attributes: { alert_id: '1234' } }],
  },
  {
    title: 'a template with other names, and Chinese text',
    body: {
      id: '9',
      alert_id: '77',
      alert_transition: 'Triggered',
      title: '[触发] 提现失败率过高',
      body: '请查看面板',
      last_updated: '1795338000000',
      org: { id: '1', name: '$ORG_NAME' },
    },
    expected: [
      {
        key: '77',
        subject: '[触发] 提现失败率过高',
        body: '请查看面板',
        occurredAt: 1_795_338_000_000,
        attributes: { org: { id: '1' } },
      },
    ],
  },
  {
    title: 'a time in seconds',
    body: body({ date: undefined, date_posix: String(AT / 1000) }),
    expected: [{ occurredAt: AT }],
  },
  {
    title: 'our own form',
    body: { id: 'd-1', type: 'alert.raised', key: 'k', subject: 's' },
    expected: [{ senderId: 'd-1' }],
  },
];

describe('the Datadog pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(datadog, fixture))).toMatchObject(fixture.expected);
  });

  it.each([
    { body: {} },
    { body: [] },
    { body: body({ alert_transition: '$ALERT_TRANSITION' }) },
    { body: { alert_transition: 'Warn' } },
  ])('says why it cannot map $body', (fixture) => {
    expect(mapFixture(datadog, fixture)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });
});
