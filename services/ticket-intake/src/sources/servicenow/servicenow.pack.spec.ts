import { describe, expect, it } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { servicenow } from './servicenow.pack.js';

const ID = '9d385017c611228701d22104cc95c371';
const record = (more: object = {}): object => ({
  sys_id: ID,
  number: 'INC0010042',
  sys_class_name: 'incident',
  short_description: '提现失败，主播无法提现',
  description: '金额 ¥8,000\n尾号 1234',
  state: '1',
  priority: '1',
  urgency: '1',
  impact: '1',
  caller_id: '62826bf03710200044e0bfc8bcbe5df1',
  assignment_group: '',
  sys_updated_on: '2026-11-22 09:00:00',
  sys_mod_count: '0',
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a new incident',
    body: record({ event: 'created', link: 'https://acme.service-now.com/nav_to.do?uri=incident.do' }),
    expected: [
      {
        senderId: `${ID} 0 created`,
        kind: 'ticket',
        type: 'ticket.created',
        key: ID,
        version: { by: 'sender', at: 0, tie: '0' },
        occurredAt: Date.UTC(2026, 10, 22, 9),
        subject: '提现失败，主播无法提现',
        body: '金额 ¥8,000\n尾号 1234',
        severity: 'critical',
        status: 'new',
        requester: { id: '62826bf03710200044e0bfc8bcbe5df1' },
        link: 'https://acme.service-now.com/nav_to.do?uri=incident.do',
        attributes: { number: 'INC0010042', urgency: '1', event: 'created' },
      },
    ],
  },
  {
    title: 'a new incident without the name of its event',
    body: record(),
    expected: [{ type: 'ticket.created' }],
  },
  {
    title: 'an update',
    body: record({ event: 'update', sys_mod_count: 4, state: '2', priority: '2 - High' }),
    expected: [{ type: 'ticket.updated', severity: 'high', status: 'open', version: { at: 4 } }],
  },
  {
    title: 'values beside what people read',
    body: record({
      state: { value: '3', display_value: 'On Hold' },
      hold_reason: { value: '1', display_value: 'Awaiting Caller' },
      priority: { value: '3', display_value: '3 - Moderate' },
      short_description: { value: 'x', display_value: 'x' },
      caller_id: { value: 'u1', display_value: 'Bo', link: 'https://acme.service-now.com/api/u1' },
      category: { value: 'network', display_value: 'Network' },
    }),
    expected: [
      {
        status: 'waiting-for-customer',
        severity: 'moderate',
        subject: 'x',
        requester: { id: 'u1' },
        category: 'Network',
      },
    ],
  },
  {
    title: 'a record as the Table API writes it',
    body: { event: 'update', result: record({ sys_mod_count: '7', state: 'In Progress' }) },
    expected: [{ type: 'ticket.updated', key: ID, status: 'open', senderId: `${ID} 7 update` }],
  },
  {
    title: 'a wait for a vendor',
    body: record({ state: '3', hold_reason: '4', sys_mod_count: '2' }),
    expected: [{ status: 'on-hold', type: 'ticket.updated' }],
  },
  {
    title: 'a state by its word, in a language of its own beside its number',
    body: record({ state: { value: '2', display_value: '处理中' }, sys_mod_count: '2' }),
    expected: [{ status: 'open' }],
  },
  {
    title: 'a resolved incident',
    body: record({ event: 'update', state: '6', sys_mod_count: '9', close_code: 'Solved (Permanently)' }),
    expected: [
      { type: 'ticket.resolved', status: 'solved', attributes: { close_code: 'Solved (Permanently)' } },
    ],
  },
  {
    title: 'a closed one',
    body: record({ state: 'Closed', sys_mod_count: '10' }),
    expected: [{ type: 'ticket.resolved' }],
  },
  {
    title: 'a canceled one',
    body: record({ state: '8', sys_mod_count: '10' }),
    expected: [{ type: 'ticket.resolved' }],
  },
  {
    title: 'a reopening',
    body: record({ event: 'update', state: '2', sys_mod_count: '11', reopen_count: '1' }),
    expected: [{ type: 'ticket.updated', status: 'open', attributes: { reopen_count: '1' } }],
  },
  {
    title: 'a deleted record, which changes no more: it comes after its last change',
    body: record({ event: 'delete', sys_mod_count: '11' }),
    expected: [{ type: 'ticket.resolved', status: 'solved', version: { at: 11, tie: '1' } }],
  },
  {
    title: 'a record merged into another',
    body: record({ event: 'merged', parent_incident: 'p1', sys_mod_count: '3' }),
    expected: [{ type: 'ticket.resolved', attributes: { parent_incident: 'p1' } }],
  },
  {
    title: 'a comment of the caller',
    body: record({
      event: 'commented',
      comments: 'まだ直りません',
      comment_author: 'caller',
      sys_mod_count: '5',
    }),
    expected: [{ type: 'ticket.commented', body: 'まだ直りません', author: { role: 'customer' } }],
  },
  {
    title: 'a comment of nobody in particular',
    body: record({ event: 'comment', comments: 'x', sys_mod_count: '5' }),
    expected: [{ type: 'ticket.commented', author: undefined }],
  },
  {
    title: 'a work note, which the caller cannot read',
    body: record({ event: 'commented', work_notes: '重启了', sys_mod_count: '6' }),
    expected: [{ type: 'ticket.commented', body: '重启了', author: { role: 'agent', internal: true } }],
  },
  {
    title: 'an attachment',
    body: record({ event: 'update', sys_mod_count: '6', attachments: [{ file_name: '截图.png' }] }),
    expected: [{ type: 'ticket.updated', attributes: { attachments: [{ file_name: '截图.png' }] } }],
  },
  {
    title: 'nulls and empty texts',
    body: record({ description: null, priority: '', caller_id: null, state: null, sys_updated_on: null }),
    expected: [
      {
        body: undefined,
        severity: undefined,
        requester: undefined,
        status: undefined,
        occurredAt: undefined,
      },
    ],
  },
  {
    title: 'a record without a count of its changes',
    body: record({ sys_mod_count: undefined, sys_updated_on: '2026-11-22T17:00:00+08:00' }),
    expected: [{ senderId: expect.stringMatching(/^content:/), occurredAt: Date.UTC(2026, 10, 22, 9) }],
  },
  {
    title: 'members that route it',
    body: record({
      u_market: 'SG',
      u_category: 'live.payout',
      service: 'live-payouts',
      u_affected: '1200',
      sys_tags: 'vip, live',
    }),
    expected: [
      {
        market: 'SG',
        category: 'live.payout',
        service: 'live-payouts',
        affected: 1200,
        tags: ['vip', 'live'],
      },
    ],
  },
];

describe('the ServiceNow pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(servicenow, fixture))).toMatchObject(fixture.expected);
  });

  it.each([{ body: {} }, { body: [] }, { body: { result: {} } }, { body: '"text"' }])(
    'says why it cannot map $body',
    ({ body }) => {
      expect(mapFixture(servicenow, { body })).toMatchObject({
        ok: false,
        reason: expect.stringMatching(/\w/),
      });
    },
  );
});
