import { describe, expect, it } from '@jest/globals';
import { hmacOf } from '../../authenticate-sender/signature.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { grafanaSignature } from './grafana-signature.js';
import { grafana } from './grafana.pack.js';

const alert = (more: object = {}): object => ({
  status: 'firing',
  labels: { alertname: 'PayoutErrors', grafana_folder: 'pay', severity: 'critical' },
  annotations: { summary: 'Payout errors above 5 %', runbook_url: 'https://runbook.example/pay' },
  startsAt: '2026-11-22T17:51:03.157076+08:00',
  endsAt: '0001-01-01T00:00:00Z',
  generatorURL: 'https://grafana.example/alerting/grafana/abc/view',
  fingerprint: 'c6eadffa33fcdf37',
  silenceURL: 'https://grafana.example/alerting/silence/new',
  dashboardURL: '',
  panelURL: '',
  values: { A: 7.25 },
  ...more,
});
const group = (alerts: unknown, more: object = {}): object => ({
  receiver: 'tocsin',
  status: 'firing',
  orgId: 1,
  version: '1',
  groupKey: '{}:{alertname="PayoutErrors"}',
  truncatedAlerts: 0,
  groupLabels: {},
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'https://grafana.example/',
  title: '[FIRING:1]',
  state: 'alerting',
  message: '**Firing**',
  alerts,
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a firing alert with its values and links',
    body: group([alert()]),
    expected: [
      {
        kind: 'alert',
        type: 'alert.raised',
        key: 'c6eadffa33fcdf37',
        subject: 'Payout errors above 5 %',
        severity: 'critical',
        occurredAt: Date.parse('2026-11-22T09:51:03.157Z'),
        link: 'https://grafana.example/alerting/grafana/abc/view',
        attributes: {
          orgId: 1,
          values: { A: 7.25 },
          silenceURL: 'https://grafana.example/alerting/silence/new',
          runbook: 'https://runbook.example/pay',
        },
      },
    ],
  },
  {
    title: 'a resolved alert, without values',
    body: group([alert({ status: 'resolved', endsAt: '2026-11-22T18:00:00+08:00', values: null })], {
      status: 'resolved',
      state: 'ok',
    }),
    expected: [{ type: 'alert.cleared', occurredAt: Date.UTC(2026, 10, 22, 10) }],
  },
  {
    title: 'a rule without data',
    body: group([alert({ labels: { alertname: 'DatasourceNoData', rulename: 'PayoutErrors' } })]),
    expected: [{ type: 'alert.raised', severity: 'nodata' }],
  },
  {
    title: 'a rule whose query fails',
    body: group([alert({ labels: { alertname: 'DatasourceError' } })]),
    expected: [{ severity: 'error' }],
  },
  {
    title: 'a panel, which is the better link',
    body: group([alert({ panelURL: 'https://grafana.example/d/a?viewPanel=2' })]),
    expected: [{ link: 'https://grafana.example/d/a?viewPanel=2' }],
  },
  {
    title: 'a group that mixes firing and resolved',
    body: group([alert(), alert({ status: 'resolved', fingerprint: 'b' })]),
    expected: [{ type: 'alert.raised' }, { type: 'alert.cleared', key: 'b' }],
  },
  {
    title: 'Chinese text',
    body: group([alert({ annotations: { summary: '提现失败率过高', description: '请查看面板' } })]),
    expected: [{ subject: '提现失败率过高', body: '请查看面板' }],
  },
  {
    title: 'a custom payload in our own form',
    body: { id: 'g-1', type: 'alert.raised', key: 'k', subject: 's' },
    expected: [{ senderId: 'g-1', key: 'k' }],
  },
];

describe('the Grafana pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(grafana, fixture))).toMatchObject(fixture.expected);
  });

  it.each([{ body: [] }, { body: group([]) }, { body: { title: 'custom' } }])(
    'says why it cannot map $body',
    ({ body }) => {
      expect(mapFixture(grafana, { body })).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
    },
  );
});

describe('Grafana’s signature', () => {
  const body = Buffer.from('{"状态":"firing"}');
  const now = Date.UTC(2026, 10, 22, 9);
  const verdict = (headers: Record<string, string>, secrets = ['old', 'secret']): unknown =>
    grafanaSignature.verify(
      { headers, body, now, method: 'POST', url: '/v1/sources/grafana/events' },
      { secrets, senders: [] },
    );
  const hex = (...parts: (string | Buffer)[]): string => hmacOf('secret', ...parts).toString('hex');

  it('is over the body alone, or over timestamp and body', () => {
    expect(verdict({ 'x-grafana-alerting-signature': hex(body) })).toBe('ok');
    const at = String(now / 1000 - 60);
    expect(
      verdict({ 'x-grafana-alerting-signature': hex(`${at}:`, body), 'x-grafana-alerting-timestamp': at }),
    ).toBe('ok');
  });

  it('is refused for another body, another secret or an old time', () => {
    expect(verdict({ 'x-grafana-alerting-signature': hex('{}') })).toBe('bad');
    expect(verdict({ 'x-grafana-alerting-signature': hex(body) }, ['old'])).toBe('bad');
    expect(verdict({ 'x-grafana-alerting-signature': 'zz' })).toBe('bad');
    const old = String(now / 1000 - 301);
    const headers = {
      'x-grafana-alerting-signature': hex(`${old}:`, body),
      'x-grafana-alerting-timestamp': old,
    };
    expect(verdict(headers)).toBe('stale');
    expect(verdict({ ...headers, 'x-grafana-alerting-timestamp': 'soon' })).toBe('bad');
  });
});
