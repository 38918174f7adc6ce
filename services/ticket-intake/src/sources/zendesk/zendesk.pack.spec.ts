import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { zendesk } from './zendesk.pack.js';

const subscription = (type: string, detail: object, more: object = {}): object => ({
  type: `zen:event-type:${type}`,
  account_id: 1_234_567,
  id: '01JZ0000000000000000000001',
  time: '2026-11-22T09:00:00.123456789Z',
  zendesk_event_version: '2022-11-06',
  subject: 'zen:ticket:71',
  detail: { id: '71', ...detail },
  event: {},
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a ticket created with everything, words in upper case',
    body: subscription('ticket.created', {
      status: 'NEW',
      priority: 'URGENT',
      subject: '提现失败，主播无法提现',
      description: '金额 ¥8,000\n尾号 1234',
      tags: ['payout', 'live'],
      type: 'INCIDENT',
      via: { channel: 'web_service' },
      requester_id: '8447388090494',
      external_id: null,
    }),
    expected: [
      {
        senderId: '01JZ0000000000000000000001',
        kind: 'ticket',
        type: 'ticket.created',
        key: '71',
        subject: '提现失败，主播无法提现',
        body: '金额 ¥8,000\n尾号 1234',
        severity: 'urgent',
        status: 'new',
        channel: 'web_service',
        tags: ['payout', 'live'],
        requester: { id: '8447388090494' },
        occurredAt: Date.UTC(2026, 10, 22, 9, 0, 0, 123),
        version: {
          by: 'occurred-at',
          at: Date.UTC(2026, 10, 22, 9, 0, 0, 123),
          tie: '123456789 01JZ0000000000000000000001',
        },
      },
    ],
  },
  {
    title: 'nulls wherever Zendesk writes them',
    body: subscription('ticket.created', {
      status: 'Open',
      priority: null,
      subject: null,
      description: null,
      tags: null,
      type: null,
      via: null,
      requester_id: null,
    }),
    expected: [
      {
        type: 'ticket.created',
        severity: undefined,
        subject: undefined,
        tags: [],
        requester: undefined,
        status: 'open',
      },
    ],
  },
  {
    title: 'a sequence above 2^53, which is not used',
    body: JSON.stringify(subscription('ticket.priority_changed', { priority: 'HIGH' })).replace(
      '"event":{}',
      '"event":{"current":"HIGH","previous":"LOW","meta":{"sequence":{"id":98765432109876543210,"position":1}}}',
    ),
    expected: [{ type: 'ticket.updated', severity: 'high' }],
  },
  {
    title: 'a status change to solved',
    body: subscription(
      'ticket.status_changed',
      { status: 'SOLVED' },
      { event: { current: 'SOLVED', previous: 'OPEN' } },
    ),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a reopening',
    body: subscription(
      'ticket.status_changed',
      { status: 'OPEN' },
      { event: { current: 'OPEN', previous: 'SOLVED' } },
    ),
    expected: [{ type: 'ticket.updated', status: 'open' }],
  },
  {
    title: 'a status change that only the event tells',
    body: subscription('ticket.status_changed', {}, { event: { current: 'PENDING', previous: 'OPEN' } }),
    expected: [{ type: 'ticket.updated', status: 'waiting-for-customer' }],
  },
  {
    title: 'a comment, which does not solve a solved ticket again',
    body: subscription(
      'ticket.comment_added',
      { status: 'SOLVED' },
      { event: { comment: { id: '9', body: '谢谢 🙏', is_public: true } } },
    ),
    expected: [{ type: 'ticket.commented', body: '谢谢 🙏', status: 'solved' }],
  },
  {
    title: 'a comment whose author is told',
    body: subscription(
      'ticket.comment_added',
      { status: 'PENDING' },
      { event: { comment: { body: 'b', is_public: true, author: { id: '8', is_staff: true, name: 'Bo' } } } },
    ),
    expected: [{ type: 'ticket.commented', author: { role: 'agent', name: 'Bo' } }],
  },
  {
    title: 'a note that the customer cannot read',
    body: subscription(
      'ticket.comment_added',
      { status: 'OPEN' },
      { event: { comment: { body: 'b', is_public: false, author: { is_staff: true } } } },
    ),
    expected: [{ author: { role: 'agent', internal: true } }],
  },
  {
    title: 'a messaging ticket, of which only the id is told',
    body: {
      type: 'zen:event-type:messaging_ticket.message_added',
      id: 'm1',
      time: '2026-11-22T09:00:00Z',
      subject: 'zen:ticket:141',
      detail: { id: '141' },
      event: { message: { body: 'いま見てください' } },
    },
    expected: [
      {
        type: 'ticket.commented',
        key: '141',
        channel: 'messaging',
        body: 'いま見てください',
        subject: undefined,
      },
    ],
  },
  {
    title: 'a ticket whose id stands in the subject alone',
    body: {
      type: 'zen:event-type:ticket.created',
      id: 'm2',
      time: '2026-11-22T09:00:00Z',
      subject: 'zen:ticket:35436',
      detail: {},
    },
    expected: [{ key: '35436', type: 'ticket.created' }],
  },
  {
    title: 'a ticket merged into another',
    body: subscription('ticket.merged', { status: 'CLOSED' }),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a deleted ticket',
    body: subscription('ticket.soft_deleted', { status: 'OPEN' }),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a ticket taken back from deletion',
    body: subscription('ticket.undeleted', { status: 'OPEN' }),
    expected: [{ type: 'ticket.created' }],
  },
  {
    title: 'an attachment',
    body: subscription('ticket.attachment_linked_to_comment', {}),
    expected: [{ type: 'ticket.updated' }],
  },
  {
    title: 'a status that we cannot place',
    body: subscription('ticket.created', { status: 'ESPERANDO' }),
    expected: [{ status: undefined }],
  },
  {
    title: 'an event of something else: kept, not used',
    body: {
      type: 'zen:event-type:user.created',
      id: 'u1',
      time: '2026-11-22T09:00:00Z',
      subject: 'zen:user:1',
      detail: { id: '1' },
    },
    expected: [{ recordOnly: true, senderId: 'u1' }],
  },
  {
    title: 'a trigger after our template',
    body: {
      ticket_id: 35436,
      title: 'ＶＩＰ 主播掉线',
      status: 'New',
      priority: 'Urgent',
      url: 'https://acme.zendesk.com/agent/tickets/35436',
      requester: 'Bo',
      updated_at: '2026-11-22T09:00:00Z',
      tags: 'vip live',
      brand: 'b',
    },
    headers: { 'x-zendesk-webhook-invocation-id': 'inv-1' },
    expected: [
      {
        senderId: 'invocation:inv-1',
        type: 'ticket.created',
        key: '35436',
        severity: 'urgent',
        subject: 'ＶＩＰ 主播掉线',
        tags: ['vip', 'live'],
        link: 'https://acme.zendesk.com/agent/tickets/35436',
        attributes: { brand: 'b' },
      },
    ],
  },
  {
    title: 'a trigger on solving, with Zendesk’s «-» for no priority',
    body: { ticket_id: '5', title: 't', status: 'Solved', priority: '-' },
    expected: [{ type: 'ticket.resolved', severity: undefined }],
  },
  {
    title: 'a trigger that names its event',
    body: { ticket_id: '5', title: 't', status: 'Open', event: 'Commented', comment: 'c' },
    expected: [{ type: 'ticket.commented', body: 'c' }],
  },
];

describe('the Zendesk pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(zendesk, fixture))).toMatchObject(fixture.expected);
  });

  it.each(
    [{}, { hello: 'world' }, [], 'text', null, { type: 'zen:event-type:ticket.created', detail: {} }].map(
      (body) => ({ body }),
    ),
  )('says why it cannot map $body', ({ body }) => {
    expect(zendesk.map(body, { headers: {}, bodyHash: () => 'h', freshId: () => 'f' })).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/\w/),
    });
  });

  it('orders two events of one millisecond by their nanoseconds', () => {
    const [a, b] = ['2026-11-22T09:00:00.1234Z', '2026-11-22T09:00:00.123456Z'].map(
      (time) =>
        eventsOf(mapFixture(zendesk, { body: subscription('ticket.created', {}, { time }) }))[0]?.version
          ?.tie ?? '',
    );
    expect([b, a].sort()).toEqual([a, b]);
  });
});
