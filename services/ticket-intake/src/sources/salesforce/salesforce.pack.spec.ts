import { describe, expect, it } from '@jest/globals';
import type { Mapping } from '../mapping-pack.js';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { salesforce } from './salesforce.pack.js';

const ID = '500fx00000AbCdEAAV';
const notification = (fields: string, id = '04lfx00000000001AAA', type = 'sf:Case'): string =>
  `<Notification><Id>${id}</Id><sObject xsi:type="${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${ID}</sf:Id>${fields}</sObject></Notification>`;
const message = (...notifications: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00Dfx0000000001EAA</OrganizationId>
   <ActionId>04kfx0000000001AAA</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/60.0/00Dfx0000000001</EnterpriseUrl>
   <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/60.0/00Dfx0000000001</PartnerUrl>
   ${notifications.join('\n   ')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
const field = (name: string, value: string): string => `<sf:${name}>${value}</sf:${name}>`;

function read(text: string): unknown {
  const parsed = salesforce.read?.(text, {});
  if (parsed?.ok !== true) throw new Error(`not read: ${JSON.stringify(parsed)}`);
  return parsed.value;
}
const map = (text: string): Mapping => mapFixture(salesforce, { body: read(text) });

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a new case',
    body: message(
      notification(
        field('CaseNumber', '00001027') +
          field('Subject', '提现失败 &amp; 无法登录') +
          field('Description', '金额 ¥8,000\n尾号 1234') +
          field('Priority', 'High') +
          field('Status', 'New') +
          field('Origin', 'Web') +
          field('ContactId', '003fx0000000001AAA') +
          field('LastModifiedDate', '2026-11-22T09:00:00.000Z'),
      ),
    ),
    expected: [
      {
        senderId: 'notification:04lfx00000000001AAA',
        kind: 'ticket',
        type: 'ticket.created',
        key: ID,
        subject: '提现失败 & 无法登录',
        body: '金额 ¥8,000\n尾号 1234',
        severity: 'high',
        status: 'new',
        channel: 'web',
        requester: { id: '003fx0000000001AAA' },
        occurredAt: Date.UTC(2026, 10, 22, 9),
        link: `https://acme.my.salesforce.com/${ID}`,
        attributes: { CaseNumber: '00001027', object: 'Case', organization: '00Dfx0000000001EAA' },
        recordOnly: false,
      },
    ],
  },
  {
    title: 'characters written by number',
    body: message(notification(field('Subject', '&#25552;&#x73B0; &lt;b&gt; &quot;x&quot; &apos;y&apos;'))),
    expected: [{ subject: `提现 <b> "x" 'y'` }],
  },
  {
    title: 'text in CDATA',
    body: message(notification(field('Description', '<![CDATA[<p>支付</p>]]>'))),
    expected: [{ body: '<p>支付</p>' }],
  },
  {
    title: 'fields that are empty or nil',
    body: message(
      notification(
        `${field('Status', 'New')}<sf:Subject xsi:nil="true"/><sf:Priority/><sf:Origin></sf:Origin><sf:ContactId xsi:nil="true"/>`,
      ),
    ),
    expected: [{ subject: undefined, severity: undefined, channel: undefined, requester: undefined }],
  },
  {
    title: 'a case worked on',
    body: message(notification(field('Status', 'Working'))),
    expected: [{ type: 'ticket.updated', status: 'open' }],
  },
  {
    title: 'a case that waits for its customer',
    body: message(notification(field('Status', 'Waiting on Customer'))),
    expected: [{ type: 'ticket.updated', status: 'waiting-for-customer' }],
  },
  {
    title: 'a case on hold',
    body: message(notification(field('Status', 'On Hold'))),
    expected: [{ status: 'on-hold' }],
  },
  {
    title: 'a closed case',
    body: message(notification(field('Status', 'Closed'))),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a case closed under a status of its own',
    body: message(notification(field('Status', '已解决') + field('IsClosed', 'true'))),
    expected: [{ type: 'ticket.resolved', status: 'solved' }],
  },
  {
    title: 'a reopening',
    body: message(notification(field('Status', 'Reopened') + field('IsClosed', 'false'))),
    expected: [{ type: 'ticket.updated', status: 'open' }],
  },
  {
    title: 'a case merged into another',
    body: message(notification(field('Status', 'Open') + field('MasterRecordId', '500fx0000000009AAA'))),
    expected: [
      { type: 'ticket.resolved', status: 'solved', attributes: { MasterRecordId: '500fx0000000009AAA' } },
    ],
  },
  {
    title: 'a deleted case',
    body: message(notification(field('Status', 'Open') + field('IsDeleted', 'true'))),
    expected: [{ type: 'ticket.resolved' }],
  },
  {
    title: 'a status that we cannot place',
    body: message(notification(field('Status', 'Chez le juge'))),
    expected: [{ type: 'ticket.updated', status: undefined, attributes: { Status: 'Chez le juge' } }],
  },
  {
    title: 'a comment, an attachment and fields of the organisation’s own',
    body: message(
      notification(
        field('Status', 'Working') +
          field('Comments', 'まだ直りません') +
          field('HasAttachment__c', 'true') +
          field('Market__c', 'SG') +
          field('Category__c', 'live.payout') +
          field('Service__c', 'live-payouts'),
      ),
    ),
    expected: [
      {
        body: 'まだ直りません',
        market: 'SG',
        category: 'live.payout',
        service: 'live-payouts',
        attributes: { HasAttachment__c: 'true' },
      },
    ],
  },
  {
    title: 'two cases in one message',
    body: message(notification(field('Status', 'New')), notification(field('Status', 'Closed'), '04lfx2')),
    expected: [{ type: 'ticket.created' }, { type: 'ticket.resolved', senderId: 'notification:04lfx2' }],
  },
  {
    title: 'an object that is no ticket: kept, not used',
    body: message(notification(field('Name', 'Acme') + field('Phone', '1'), '04lfx3', 'sf:Account')),
    expected: [{ recordOnly: true, subject: 'Acme', attributes: { object: 'Account' } }],
  },
  {
    title: 'an object of the organisation’s own with a state',
    body: message(notification(field('Name', 'INC-1') + field('Status', 'New'), '04lfx4', 'sf:Incident__c')),
    expected: [{ recordOnly: false, subject: 'INC-1', type: 'ticket.created' }],
  },
  {
    title: 'a flow’s JSON, which is our own form',
    body: '{"id":"f-1","type":"ticket.created","key":"00001027","subject":"提现"}',
    expected: [{ senderId: 'f-1', key: '00001027', subject: '提现' }],
  },
];

describe('the Salesforce pack', () => {
  it.each(FIXTURES)('maps $title', ({ body, expected }) => {
    expect(eventsOf(map(body as string))).toMatchObject(expected);
  });

  it('sets a notification without record apart, in a form that maps once it is mended', () => {
    const mapping = map(
      message(notification(field('Status', 'New')), '<Notification><Id>04l9</Id></Notification>'),
    );
    expect(mapping).toMatchObject({
      ok: true,
      events: [{ key: ID }],
      unmapped: [{ reason: expect.any(String) }],
    });
    const [event] = eventsOf(mapping);
    expect(eventsOf(mapFixture(salesforce, { body: event?.part }))).toMatchObject([
      { senderId: event?.senderId },
    ]);
  });

  it('knows the organisation that sent a message', () => {
    expect(salesforce.senderOf?.(read(message(notification(''))))).toBe('00Dfx0000000001EAA');
    expect(salesforce.senderOf?.({ type: 'ticket.created' })).toBeUndefined();
  });

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'],
    ['entities that grow', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'],
    ['tags that do not close', '<soapenv:Envelope><Body></soapenv:Envelope>'],
    ['a member that would be a prototype', message(notification(field('__proto__', 'x')))],
    ['more levels than are read', `${'<a>'.repeat(60)}${'</a>'.repeat(60)}`],
  ])('does not read %s', (_, text) => {
    expect(salesforce.read?.(text, {})).toMatchObject({ ok: false });
  });

  it('keeps entities that nobody declared as they stand', () => {
    expect(eventsOf(map(message(notification(field('Subject', '&unknown; x')))))).toMatchObject([
      { subject: '&unknown; x' },
    ]);
  });

  it('cannot map another SOAP message', () => {
    expect(map('<Envelope><Body><other/></Body></Envelope>')).toMatchObject({ ok: false });
  });

  it('answers in SOAP what came in SOAP: Ack when it is durable, a fault when it is not', () => {
    const told = { status: 202, mediaType: 'text/xml' };
    expect(salesforce.answer?.(told)).toMatchObject({
      status: 200,
      mediaType: 'text/xml',
      body: expect.stringContaining('<Ack>true</Ack>'),
    });
    const fault = salesforce.answer?.({ ...told, status: 401, refused: 'no <key> & none' });
    expect(fault).toMatchObject({ status: 401, body: expect.stringContaining('no &lt;key&gt; &amp; none') });
    expect(fault?.body).not.toContain('Ack');
    expect(salesforce.answer?.({ ...told, mediaType: 'application/json' })).toBeUndefined();
  });
});
