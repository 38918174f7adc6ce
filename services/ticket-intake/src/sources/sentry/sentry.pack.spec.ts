import { describe, expect, it } from '@jest/globals';
import { hmacOf } from '../../authenticate-sender/signature.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { sentrySignature } from './sentry-signature.js';
import { sentry } from './sentry.pack.js';

const hook = (action: string, data: object): object => ({
  action,
  actor: { id: 'sentry', name: 'Sentry', type: 'application' },
  data,
  installation: { uuid: 'i-1' },
});
const headers = (resource: string): Record<string, string> => ({
  'sentry-hook-resource': resource,
  'request-id': 'r-1',
});
const error = (more: object = {}): object => ({
  event_id: 'e1',
  issue_id: '4711',
  level: 'error',
  title: 'TypeError: 余额 is undefined',
  culprit: 'pay.withdraw',
  datetime: '2026-11-22T09:00:00.500000Z',
  platform: 'javascript',
  project: 1,
  tags: [['browser', 'Chrome 120'], ['handled', 'no'], 'odd'],
  web_url: 'https://sentry.io/organizations/acme/issues/4711/events/e1/',
  ...more,
});
const issue = (more: object = {}): object => ({
  id: '4711',
  shortId: 'PAY-1',
  title: '提现失败',
  level: 'fatal',
  status: 'unresolved',
  platform: 'python',
  lastSeen: '2026-11-22T09:00:00Z',
  web_url: 'https://sentry.io/organizations/acme/issues/4711/',
  ...more,
});
const metric = (more: object = {}): object => ({
  metric_alert: {
    id: '5',
    identifier: '2',
    title: 'Too many errors',
    alert_rule: { name: 'errors' },
    projects: ['pay'],
    date_started: '2026-11-22T09:00:00Z',
    date_closed: null,
    ...more,
  },
  description_title: 'Critical: Too many errors',
  description_text: '1000 events in the last 10 minutes',
  web_url: 'https://sentry.io/organizations/acme/alerts/rules/details/2/',
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'an issue alert',
    body: hook('triggered', { event: error(), triggered_rule: 'payouts' }),
    headers: headers('event_alert'),
    expected: [
      {
        senderId: 'request:r-1',
        kind: 'alert',
        type: 'alert.raised',
        key: 'issue-4711',
        subject: 'TypeError: 余额 is undefined',
        body: 'pay.withdraw',
        severity: 'error',
        occurredAt: Date.UTC(2026, 10, 22, 9, 0, 0, 500),
        tags: ['browser:Chrome 120', 'handled:no'],
        link: 'https://sentry.io/organizations/acme/issues/4711/events/e1/',
        attributes: { rule: 'payouts', project: 1, platform: 'javascript', event_id: 'e1' },
      },
    ],
  },
  {
    title: 'an issue alert with nulls, whose issue stands in an address',
    body: hook('triggered', {
      event: error({
        issue_id: null,
        issue_url: 'https://sentry.io/api/0/issues/77/',
        title: null,
        metadata: { value: 'x' },
        tags: null,
        datetime: null,
        timestamp: 1_795_338_000.25,
      }),
    }),
    headers: headers('event_alert'),
    expected: [{ key: 'issue-77', subject: 'x', tags: [], occurredAt: 1_795_338_000_250 }],
  },
  {
    title: 'a metric alert that is critical',
    body: hook('critical', metric()),
    headers: headers('metric_alert'),
    expected: [
      {
        type: 'alert.raised',
        key: 'metric-alert-5',
        severity: 'critical',
        subject: 'Critical: Too many errors',
        body: '1000 events in the last 10 minutes',
        attributes: { rule: 'errors', projects: ['pay'] },
      },
    ],
  },
  {
    title: 'one that warns',
    body: hook('warning', metric()),
    headers: headers('metric_alert'),
    expected: [{ severity: 'warning' }],
  },
  {
    title: 'one that is over',
    body: hook('resolved', metric({ date_closed: '2026-11-22T09:10:00Z' })),
    headers: headers('metric_alert'),
    expected: [
      {
        type: 'alert.cleared',
        key: 'metric-alert-5',
        severity: undefined,
        occurredAt: Date.UTC(2026, 10, 22, 9, 10),
      },
    ],
  },
  {
    title: 'an issue created',
    body: hook('created', { issue: issue() }),
    headers: headers('issue'),
    expected: [
      {
        type: 'alert.raised',
        key: 'issue-4711',
        severity: 'fatal',
        subject: '提现失败',
        attributes: { shortId: 'PAY-1' },
      },
    ],
  },
  {
    title: 'an issue resolved',
    body: hook('resolved', { issue: issue() }),
    headers: headers('issue'),
    expected: [{ type: 'alert.cleared' }],
  },
  {
    title: 'an issue archived',
    body: hook('archived', { issue: issue() }),
    headers: headers('issue'),
    expected: [{ type: 'alert.cleared' }],
  },
  {
    title: 'an issue that came again',
    body: hook('unresolved', { issue: issue() }),
    headers: headers('issue'),
    expected: [{ type: 'alert.raised' }],
  },
  {
    title: 'an issue assigned',
    body: hook('assigned', { issue: issue() }),
    headers: headers('issue'),
    expected: [{ type: 'ticket.updated' }],
  },
  {
    title: 'a comment, which customers never see',
    body: hook('created', {
      comment: '见日志',
      comment_id: '1',
      issue_id: '4711',
      project_slug: 'pay',
      timestamp: '2026-11-22T09:00:00Z',
    }),
    headers: headers('comment'),
    expected: [{ type: 'ticket.commented', body: '见日志', author: { role: 'agent', internal: true } }],
  },
  {
    title: 'a single error: kept, not used',
    body: hook('created', { error: { event_id: 'e2', issue_id: '4711' } }),
    headers: headers('error'),
    expected: [{ recordOnly: true, subject: 'error created' }],
  },
  {
    title: 'an installation: kept, not used',
    body: hook('created', { installation: { uuid: 'i-1' } }),
    headers: headers('installation'),
    expected: [{ recordOnly: true }],
  },
  {
    title: 'a hook that lost its headers',
    body: hook('triggered', { event: error() }),
    expected: [{ type: 'alert.raised', key: 'issue-4711', senderId: expect.stringMatching(/^content:/) }],
  },
];

describe('the Sentry pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(sentry, fixture))).toMatchObject(fixture.expected);
  });

  it.each([
    { body: {} },
    { body: [] },
    { body: hook('triggered', { event: {} }), headers: headers('event_alert') },
    { body: hook('critical', {}), headers: headers('metric_alert') },
  ])('says why it cannot map %j', (fixture) => {
    expect(mapFixture(sentry, fixture)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });
});

describe('Sentry’s signature', () => {
  const written = '{"action":"triggered","标题":"x"}';
  const spaced = Buffer.from('{ "action": "triggered", "\\u6807\\u9898": "x" }');
  const verdict = (body: Buffer, signature: string): unknown =>
    sentrySignature.verify(
      { headers: { 'sentry-hook-signature': signature }, body, now: 0, method: 'POST', url: '/' },
      { secrets: ['before', 'client-secret'], senders: [] },
    );
  const hex = (text: string | Buffer): string => hmacOf('client-secret', text).toString('hex');

  it('is over the bytes, else over the body written out again', () => {
    expect(verdict(spaced, hex(spaced))).toBe('ok');
    expect(verdict(spaced, hex(written))).toBe('ok');
  });

  it('is refused for another body, for none, and for what is no JSON', () => {
    expect(verdict(Buffer.from('{"action":"resolved"}'), hex(written))).toBe('bad');
    expect(verdict(spaced, '')).toBe('bad');
    expect(verdict(Buffer.from('{'), hex(written))).toBe('bad');
  });
});
