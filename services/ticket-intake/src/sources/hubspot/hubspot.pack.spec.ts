import { describe, expect, it } from '@jest/globals';
import { hmacOf } from '../../authenticate-sender/signature.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { hubspotSignature } from './hubspot-signature.js';
import { hubspot } from './hubspot.pack.js';

const AT = Date.UTC(2026, 10, 22, 9);
const event = (subscriptionType: string, more: object = {}): object => ({
  eventId: 100,
  subscriptionId: 7,
  portalId: 12_345,
  appId: 9,
  occurredAt: AT,
  subscriptionType,
  attemptNumber: 0,
  objectId: 4_242,
  changeSource: 'CRM_UI',
  sourceId: 'userId:1',
  ...more,
});
const property = (propertyName: string, propertyValue: unknown, more: object = {}): object =>
  event('ticket.propertyChange', { propertyName, propertyValue, ...more });

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a ticket created',
    body: [event('ticket.creation', { changeFlag: 'CREATED' })],
    expected: [
      {
        senderId: `100 7 ${AT} ticket.creation`,
        kind: 'ticket',
        type: 'ticket.created',
        key: '4242',
        occurredAt: AT,
        attributes: { portalId: 12_345, changeFlag: 'CREATED' },
      },
    ],
  },
  {
    title: 'a subject',
    body: [property('subject', '提现失败')],
    expected: [{ type: 'ticket.updated', subject: '提现失败' }],
  },
  {
    title: 'a text',
    body: [property('content', 'いま見てください 🙏')],
    expected: [{ body: 'いま見てください 🙏' }],
  },
  {
    title: 'a priority',
    body: [property('hs_ticket_priority', 'URGENT')],
    expected: [{ severity: 'urgent' }],
  },
  {
    title: 'a priority taken away',
    body: [property('hs_ticket_priority', '')],
    expected: [{ severity: undefined }],
  },
  {
    title: 'a null value',
    body: [property('subject', null)],
    expected: [{ subject: undefined, type: 'ticket.updated' }],
  },
  {
    title: 'a stage that waits for the contact',
    body: [property('hs_pipeline_stage', '2')],
    expected: [{ type: 'ticket.updated', status: 'waiting-for-customer' }],
  },
  {
    title: 'the closed stage',
    body: [property('hs_pipeline_stage', '4')],
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a reopening',
    body: [property('hs_pipeline_stage', '1')],
    expected: [{ type: 'ticket.updated', status: 'new' }],
  },
  {
    title: 'a stage of a pipeline of its own: unknown, kept',
    body: [property('hs_pipeline_stage', '987654321')],
    expected: [
      { status: undefined, attributes: { propertyName: 'hs_pipeline_stage', propertyValue: '987654321' } },
    ],
  },
  {
    title: 'a closing that any pipeline tells by its date',
    body: [property('closed_date', '1795338000000')],
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a closing date that was taken away',
    body: [property('closed_date', '')],
    expected: [{ type: 'ticket.updated', status: undefined }],
  },
  {
    title: 'a property of the account’s own',
    body: [property('market', 'SG')],
    expected: [{ attributes: { propertyName: 'market', propertyValue: 'SG' } }],
  },
  {
    title: 'an attachment',
    body: [property('hs_file_upload', '77;78')],
    expected: [{ type: 'ticket.updated', attributes: { propertyValue: '77;78' } }],
  },
  {
    title: 'a deletion',
    body: [event('ticket.deletion')],
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  { title: 'a restoring', body: [event('ticket.restore')], expected: [{ type: 'ticket.created' }] },
  {
    title: 'a merge, which ends those that went into another',
    body: [
      event('ticket.merge', { objectId: 1, primaryObjectId: 1, mergedObjectIds: [2, 3], newObjectId: 1 }),
    ],
    expected: [
      { key: '2', type: 'ticket.resolved', senderId: expect.stringMatching(/ 2$/) },
      { key: '3', type: 'ticket.resolved', senderId: expect.stringMatching(/ 3$/) },
    ],
  },
  {
    title: 'an association',
    body: [
      event('ticket.associationChange', {
        objectId: undefined,
        fromObjectId: 4_242,
        toObjectId: 9,
        associationType: 'TICKET_TO_CONTACT',
      }),
    ],
    expected: [{ key: '4242', type: 'ticket.updated', attributes: { associationType: 'TICKET_TO_CONTACT' } }],
  },
  {
    title: 'the newer subscriptions, which name the type by number',
    body: [
      event('object.creation', { objectTypeId: '0-5' }),
      event('object.creation', { objectTypeId: '0-1' }),
    ],
    expected: [{ type: 'ticket.created', key: '4242' }, { recordOnly: true }],
  },
  {
    title: 'a batch of many objects, of which tickets are ours',
    body: [event('contact.creation'), event('ticket.creation', { eventId: 101 }), event('deal.deletion')],
    expected: [{ recordOnly: true }, { type: 'ticket.created' }, { recordOnly: true }],
  },
  { title: 'an empty batch', body: [], expected: [] },
];

describe('the HubSpot pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(hubspot, fixture))).toMatchObject(fixture.expected);
  });

  it('tells a retry from a new event, though ids come again', () => {
    const idOf = (one: object): string | undefined =>
      eventsOf(mapFixture(hubspot, { body: [one] }))[0]?.senderId;
    const first = event('ticket.creation');
    expect(idOf({ ...first, attemptNumber: 3 })).toBe(idOf(first));
    expect(idOf({ ...first, occurredAt: AT + 1 })).not.toBe(idOf(first));
    expect(idOf({ ...first, subscriptionId: 8 })).not.toBe(idOf(first));
    expect(idOf({ ...first, eventId: undefined, attemptNumber: 2 })).toBe(
      idOf({ ...first, eventId: undefined }),
    );
  });

  it('maps what it can of a batch and sets the rest apart', () => {
    expect(
      mapFixture(hubspot, {
        body: [event('ticket.creation'), {}, 'x', event('ticket.propertyChange', { objectId: null })],
      }),
    ).toMatchObject({ ok: true, events: [{ key: '4242' }], unmapped: [{ part: {} }, { part: 'x' }, {}] });
  });

  it('cannot map what is no batch', () => {
    expect(mapFixture(hubspot, { body: '"text"' })).toMatchObject({ ok: false });
  });
});

describe('HubSpot’s signature', () => {
  const body = Buffer.from('[{"eventId":1,"名":"提现"}]');
  const sign = (address: string, at = AT, secret = 'app-secret'): Record<string, string> => ({
    host: 'tocsin.internal:8080',
    'x-forwarded-host': 'tocsin.example.com',
    'x-hubspot-request-timestamp': String(at),
    'x-hubspot-signature-v3': hmacOf(secret, 'POST', address, body, String(at)).toString('base64'),
  });
  const verdict = (headers: Record<string, string>, url: string): unknown =>
    hubspotSignature.verify(
      { headers, body, method: 'POST', url, now: AT },
      { secrets: ['app-secret'], senders: [] },
    );
  const PATH = '/v1/sources/hubspot/events';

  it('is over the public address, whichever name we have behind the proxy', () => {
    expect(verdict(sign(`https://tocsin.example.com${PATH}?a=1`), `${PATH}?a=1`)).toBe('ok');
    expect(verdict(sign(`http://tocsin.internal:8080${PATH}`), PATH)).toBe('ok');
  });

  it('has some characters of the address written out', () => {
    expect(verdict(sign(`https://tocsin.example.com${PATH}?a=x:y@z`), `${PATH}?a=x%3Ay%40z`)).toBe('ok');
  });

  it('is refused for another address, secret or time, and in the versions without a time', () => {
    expect(verdict(sign(`https://other.example.com${PATH}`), PATH)).toBe('bad');
    expect(verdict(sign(`https://tocsin.example.com${PATH}`, AT, 'other'), PATH)).toBe('bad');
    expect(verdict(sign(`https://tocsin.example.com${PATH}`, AT - 300_001), PATH)).toBe('stale');
    expect(
      verdict({ host: 'h', 'x-hubspot-signature': 'aa', 'x-hubspot-signature-version': 'v1' }, PATH),
    ).toBe('bad');
  });
});
