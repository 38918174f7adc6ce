import { describe, expect, it } from '@jest/globals';
import { hmacOf } from '../../authenticate-sender/signature.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { jiraSignature } from './jira-signature.js';
import { jira } from './jira.pack.js';

const status = (name: string, category: string): object => ({ name, statusCategory: { key: category } });
const TODO = status('Open', 'new');
const issue = (fields: object = {}): object => ({
  id: '10042',
  key: 'OPS-7',
  self: 'https://acme.atlassian.net/rest/api/2/issue/10042',
  fields: {
    summary: '提现失败',
    status: TODO,
    priority: { name: 'Highest', id: '1' },
    reporter: { accountId: 'acc-1', displayName: '王芳' },
    labels: ['payout'],
    updated: '2026-11-22T17:00:00.500+0800',
    ...fields,
  },
});
const hook = (webhookEvent: string, more: object = {}, fields: object = {}): object => ({
  timestamp: Date.UTC(2026, 10, 22, 9),
  webhookEvent,
  user: { displayName: 'Bo' },
  issue: issue(fields),
  ...more,
});
const changed = (field: string, toString: string, fromString = 'Open'): object => ({
  issue_event_type_name: 'issue_generic',
  changelog: { id: '1', items: [{ field, fieldtype: 'jira', from: '1', fromString, to: '5', toString }] },
});
const adf = {
  type: 'doc',
  version: 1,
  content: [
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: '用户无法提现 ' },
        { type: 'mention', attrs: { text: '@Bo' } },
      ],
    },
    {
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'iOS' }] }] },
        { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Android' }] }] },
      ],
    },
  ],
};

const FIXTURES: readonly Fixture[] = [
  {
    title: 'an issue created',
    body: hook(
      'jira:issue_created',
      { issue_event_type_name: 'issue_created' },
      { description: '尾号 1234' },
    ),
    headers: { 'x-atlassian-webhook-identifier': 'd-1' },
    expected: [
      {
        senderId: 'delivery:d-1',
        kind: 'ticket',
        type: 'ticket.created',
        key: '10042',
        subject: '提现失败',
        body: '尾号 1234',
        severity: 'highest',
        status: 'new',
        tags: ['payout'],
        requester: { id: 'acc-1' },
        occurredAt: Date.UTC(2026, 10, 22, 9),
        link: 'https://acme.atlassian.net/browse/OPS-7',
        attributes: { issueKey: 'OPS-7', user: 'Bo' },
      },
    ],
  },
  {
    title: 'a description in Atlassian Document Format',
    body: hook('jira:issue_created', {}, { description: adf }),
    expected: [{ body: '用户无法提现 @Bo\niOS\nAndroid' }],
  },
  {
    title: 'nulls wherever Jira writes them',
    body: hook(
      'jira:issue_created',
      { user: null, changelog: null },
      {
        description: null,
        priority: null,
        reporter: null,
        labels: null,
        resolution: null,
        customfield_10009: null,
      },
    ),
    expected: [{ severity: undefined, body: undefined, tags: [], requester: undefined }],
  },
  {
    title: 'a priority raised',
    body: hook('jira:issue_updated', changed('priority', 'Highest', 'Low')),
    expected: [
      {
        type: 'ticket.updated',
        severity: 'highest',
        attributes: { changes: [{ field: 'priority', from: 'Low', to: 'Highest' }] },
      },
    ],
  },
  {
    title: 'an issue done',
    body: hook('jira:issue_updated', changed('status', 'Done'), { status: status('Done', 'done') }),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'an update of a done issue, which closes nothing anew',
    body: hook('jira:issue_updated', changed('labels', 'x'), { status: status('Done', 'done') }),
    expected: [{ type: 'ticket.updated', status: 'solved' }],
  },
  {
    title: 'a reopening',
    body: hook('jira:issue_updated', changed('status', 'Reopened', 'Done'), {
      status: status('Reopened', 'indeterminate'),
    }),
    expected: [{ type: 'ticket.updated', status: 'open' }],
  },
  {
    title: 'a service request that waits for its customer',
    body: hook('jira:issue_updated', changed('status', 'Waiting for customer'), {
      status: status('Waiting for customer', 'indeterminate'),
    }),
    expected: [{ status: 'waiting-for-customer' }],
  },
  {
    title: 'a request on hold',
    body: hook('jira:issue_updated', changed('status', 'Pending'), {
      status: status('Pending', 'indeterminate'),
    }),
    expected: [{ status: 'on-hold' }],
  },
  {
    title: 'a status in a language of its own, known by its category',
    body: hook('jira:issue_updated', changed('status', '处理中'), {
      status: status('处理中', 'indeterminate'),
    }),
    expected: [{ status: 'open' }],
  },
  {
    title: 'a deleted issue',
    body: hook('jira:issue_deleted'),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'an issue moved to another project: its id stays',
    body: hook('jira:issue_updated', changed('Key', 'PAY-9', 'OPS-7'), {}),
    expected: [{ type: 'ticket.updated', key: '10042' }],
  },
  {
    title: 'a comment of the reporter',
    body: hook('comment_created', {
      comment: {
        id: '5',
        body: 'まだ直りません',
        author: { accountId: 'acc-1', displayName: '王芳' },
        jsdPublic: true,
      },
    }),
    expected: [
      { type: 'ticket.commented', body: 'まだ直りません', author: { role: 'customer', name: '王芳' } },
    ],
  },
  {
    title: 'an agent’s answer on the portal',
    body: hook('comment_created', {
      comment: { body: adf, author: { accountId: 'acc-9', displayName: 'Bo' }, jsdPublic: true },
    }),
    expected: [{ body: expect.stringContaining('用户无法提现'), author: { role: 'agent', name: 'Bo' } }],
  },
  {
    title: 'a note that the customer cannot read',
    body: hook('comment_created', {
      comment: { body: 'b', author: { accountId: 'acc-9' }, jsdPublic: false },
    }),
    expected: [{ author: { role: 'agent', internal: true } }],
  },
  {
    title: 'a comment of Jira without service management: nobody’s role is guessed',
    body: hook('comment_created', { comment: { body: 'b', author: { accountId: 'acc-9' } } }),
    expected: [{ type: 'ticket.commented', author: undefined }],
  },
  {
    title: 'an old server’s comment, which comes as an update',
    body: hook('jira:issue_updated', {
      issue_event_type_name: 'issue_commented',
      comment: { body: 'c', author: { name: 'bo' }, updated: '2026-11-22T12:00:00.000+0300' },
      timestamp: '2026-11-22 12:00:00,225',
    }),
    expected: [{ type: 'ticket.commented', body: 'c', occurredAt: Date.UTC(2026, 10, 22, 9) }],
  },
  {
    title: 'an old server’s time without a zone: the issue’s own counts',
    body: hook('jira:issue_created', { timestamp: '2018-1-11 13:08:04,225' }),
    expected: [{ occurredAt: Date.UTC(2026, 10, 22, 9, 0, 0, 500) }],
  },
  {
    title: 'an attachment',
    body: hook('jira:issue_updated', changed('Attachment', '截图.png'), {
      attachment: [{ id: '3', filename: '截图.png', content: 'https://acme.atlassian.net/a/3' }],
    }),
    expected: [{ type: 'ticket.updated', attributes: { attachments: ['截图.png'] } }],
  },
  {
    title: 'custom fields, kept as they are',
    body: hook(
      'jira:issue_created',
      {},
      { customfield_10110: { value: 'SG' }, components: [{ name: 'pay' }] },
    ),
    expected: [{ attributes: { customfield_10110: { value: 'SG' }, components: [{ name: 'pay' }] } }],
  },
  {
    title: 'an issue that an automation rule sends',
    body: issue({ status: status('Done', 'done') }),
    expected: [{ type: 'ticket.resolved', key: '10042', senderId: expect.stringMatching(/^content:/) }],
  },
  {
    title: 'an event of something else: kept, not used',
    body: { timestamp: 1, webhookEvent: 'sprint_started', sprint: { id: 4 } },
    expected: [{ recordOnly: true, subject: 'sprint_started' }],
  },
];

describe('the Jira pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(jira, fixture))).toMatchObject(fixture.expected);
  });

  it.each([{ body: {} }, { body: [] }, { body: { issue: { fields: {} } } }, { body: { hello: 1 } }])(
    'says why it cannot map $body',
    ({ body }) => {
      expect(mapFixture(jira, { body })).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
    },
  );
});

describe('Jira’s signature', () => {
  const body = Buffer.from('{"摘要":1}');
  const verdict = (signature: string): unknown =>
    jiraSignature.verify(
      { headers: { 'x-hub-signature': signature }, body, now: 0, method: 'POST', url: '/' },
      { secrets: ['before', 'now'], senders: [] },
    );

  it('is sha256= and hex, by any of several secrets', () => {
    expect(verdict(`sha256=${hmacOf('now', body).toString('hex')}`)).toBe('ok');
    expect(verdict(`sha256=${hmacOf('before', body).toString('hex').toUpperCase()}`)).toBe('ok');
  });

  it.each(['', 'sha256=', 'sha1=aa', `sha256=${'0'.repeat(64)}`, hmacOf('now', body).toString('hex')])(
    'refuses «%s»',
    (signature) => {
      expect(verdict(signature)).toBe('bad');
    },
  );
});
