import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { avaya } from './avaya.pack.js';

const event = (eventType: string, more: object = {}): object => ({
  eventType,
  correlationId: 'c-1',
  eventDate: '2026-11-22T09:00:00.250Z',
  accountId: 'QWERTY',
  engagementId: 'e-1',
  dialogId: 'd-1',
  channelId: 'Chat',
  channelProviderId: 'p-1',
  ...more,
});
const said = (text: string, more: object = {}): object =>
  event('MESSAGES', {
    messageId: 'm-1',
    status: 'SENT',
    senderParticipantId: 'u-1',
    senderParticipantName: '王芳',
    senderParticipantType: 'CUSTOMER',
    body: { elementType: 'text', elementText: { text, textFormat: 'PLAINTEXT' } },
    ...more,
  });

const FIXTURES: readonly Fixture[] = [
  {
    title: 'an engagement created, with what a customer put into its parameters',
    body: event('ENGAGEMENT_CREATED', {
      engagementParameters: {
        priority: 'High',
        subject: '提现失败',
        market: 'SG',
        category: 'live.payout',
        language: 'zh-CN',
        service: 'live-payouts',
      },
    }),
    expected: [
      {
        senderId: 'ENGAGEMENT_CREATED c-1 2026-11-22T09:00:00.250Z',
        kind: 'ticket',
        type: 'ticket.created',
        key: 'e-1',
        status: 'new',
        occurredAt: Date.UTC(2026, 10, 22, 9, 0, 0, 250),
        subject: '提现失败',
        severity: 'high',
        channel: 'chat',
        market: 'SG',
        category: 'live.payout',
        language: 'zh-CN',
        service: 'live-payouts',
        attributes: { accountId: 'QWERTY', event: 'ENGAGEMENT_CREATED' },
      },
    ],
  },
  {
    title: 'nulls wherever they may be',
    body: event('ENGAGEMENT_CREATED', {
      engagementParameters: null,
      channelId: null,
      customerIdentifier: null,
      eventDate: null,
    }),
    expected: [
      {
        severity: undefined,
        channel: undefined,
        requester: undefined,
        occurredAt: undefined,
        senderId: expect.stringMatching(/^content:/),
      },
    ],
  },
  {
    title: 'who began it',
    body: event('ENGAGEMENT_CREATED', { customerIdentifier: 'u-9' }),
    expected: [{ requester: { id: 'u-9' } }],
  },
  {
    title: 'an engagement without an id, known by its dialog',
    body: event('ENGAGEMENT_CREATED', { engagementId: undefined }),
    expected: [{ key: 'd-1' }],
  },
  {
    title: 'what a customer says',
    body: said('まだ直りません 🙏'),
    expected: [
      {
        senderId: 'message:m-1 SENT',
        type: 'ticket.commented',
        body: 'まだ直りません 🙏',
        author: { role: 'customer', name: '王芳' },
      },
    ],
  },
  {
    title: 'what an agent answers',
    body: said('b', { senderParticipantType: 'AGENT', senderParticipantName: 'Jane' }),
    expected: [{ author: { role: 'agent', name: 'Jane' } }],
  },
  {
    title: 'what a bot says: neither side',
    body: said('b', { senderParticipantType: 'BOT' }),
    expected: [{ author: undefined }],
  },
  {
    title: 'a customer’s message under its other name',
    body: { ...said('x'), eventType: 'CUSTOMER_MESSAGES' },
    expected: [{ type: 'ticket.commented' }],
  },
  {
    title: 'a message of the contact centre',
    body: { ...said('x'), eventType: 'CC_MESSAGES' },
    expected: [{ type: 'ticket.commented' }],
  },
  {
    title: 'an attachment',
    body: said('', {
      body: { elementType: 'file' },
      attachments: [{ attachmentId: 'a1', attachmentName: '截图.png' }],
    }),
    expected: [{ body: 'file', attributes: { attachments: ['截图.png'] } }],
  },
  {
    title: 'a card',
    body: said('', { body: { elementType: 'richElement', richElement: { title: '选择语言' } } }),
    expected: [{ body: '选择语言' }],
  },
  {
    title: 'a message that was delivered, which is another event than its sending',
    body: said('x', { status: 'DELIVERED' }),
    expected: [{ senderId: 'message:m-1 DELIVERED' }],
  },
  {
    title: 'an engagement that failed',
    body: event('ENGAGEMENT_ERROR', { errorMessage: 'no agent' }),
    expected: [{ type: 'ticket.updated', severity: 'error', body: 'no agent' }],
  },
  {
    title: 'somebody types: kept, not used',
    body: event('TYPING'),
    expected: [{ recordOnly: true, key: 'e-1' }],
  },
  {
    title: 'somebody joins: kept, not used',
    body: event('PARTICIPANT_ADDED'),
    expected: [{ recordOnly: true }],
  },
  {
    title: 'an event type of tomorrow: kept, not used',
    body: { eventType: 'SOMETHING_NEW' },
    expected: [{ recordOnly: true, subject: 'SOMETHING_NEW' }],
  },
];

describe('the Avaya pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(avaya, fixture))).toMatchObject(fixture.expected);
  });

  it.each([{ body: {} }, { body: [] }, { body: { eventType: 'MESSAGES' } }])(
    'says why it cannot map $body',
    (fixture) => {
      expect(mapFixture(avaya, fixture)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
    },
  );

  it('answers 200, and refusals in our words', () => {
    expect(avaya.answer?.({ status: 202, mediaType: '' })).toMatchObject({ status: 200 });
    expect(avaya.answer?.({ status: 401, mediaType: '', refused: 'no' })).toBeUndefined();
  });
});
