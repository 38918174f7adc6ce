import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ConfigTree } from '@tocsin/contracts';
import { CONFIG, type IntakeUnderTest, intakeUnderTest, KEY, type Posted } from '../intake.rig.js';

const SECRET = 'a-vendor-secret-for-tests';
const TOPIC = 'arn:aws:sns:us-east-1:111122223333:alarms';
const ORGANISATION = '00Dfx0000000001EAA';
const key = `loopback-only:${KEY}`;
const secret = `loopback-only:${SECRET}`;

const SOURCES: ConfigTree['sources'] = {
  grafana: { kind: 'grafana', secret },
  jira: { kind: 'jira', secret },
  hubspot: { kind: 'hubspot', secret },
  salesforce: { kind: 'salesforce', key, senders: [ORGANISATION] },
  servicenow: { kind: 'servicenow', key },
  datadog: { kind: 'datadog', key },
  sns: { kind: 'sns', senders: [TOPIC] },
  sentry: { kind: 'sentry', secret },
  cloudevents: { kind: 'cloudevents', key },
  avaya: { kind: 'avaya', key, senders: ['QWERTY'] },
};

const now = new Date().toISOString();
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

let intake: IntakeUnderTest;
const realFetch = globalThis.fetch;
const fromAmazon: string[] = [];

beforeAll(async () => {
  // Amazon's certificate and its confirmation; everything else is our own service.
  jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.includes('amazonaws.com')) return realFetch(input, init);
    fromAmazon.push(url);
    return Promise.resolve(new Response(publicKey.export({ type: 'spki', format: 'pem' })));
  });
  intake = await intakeUnderTest({ ...CONFIG, sources: SOURCES });
}, 60_000);
afterAll(async () => {
  await intake.stop();
  jest.restoreAllMocks();
});

type Headers = Record<string, string>;
const hmac = (text: string, encoding: 'hex' | 'base64'): string =>
  createHmac('sha256', SECRET).update(text).digest(encoding);
const bearer = (): Headers => ({ authorization: `Bearer ${KEY}` });

function sns(body: Record<string, string>): string {
  const whole: Record<string, string> = {
    TopicArn: TOPIC,
    Timestamp: now,
    SignatureVersion: '2',
    SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0.pem',
    ...body,
  };
  const signed = [
    'Message',
    'MessageId',
    'Subject',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ];
  const text = signed
    .flatMap((name) => (whole[name] === undefined ? [] : [`${name}\n${whole[name]}\n`]))
    .join('');
  return JSON.stringify({
    ...whole,
    Signature: sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64'),
  });
}
const snsHeaders = (type: string): Headers => ({
  'content-type': 'text/plain; charset=UTF-8',
  'x-amz-sns-message-type': type,
});

const soap = (notification: string, organisation = ORGANISATION): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organisation}</OrganizationId>${notification}</notifications></soapenv:Body></soapenv:Envelope>`;
const CASE = `<Notification><Id>04lfx1</Id><sObject xsi:type="sf:Case" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>500fx1</sf:Id><sf:Subject>提现</sf:Subject><sf:Status>New</sf:Status></sObject></Notification>`;

interface Vendor {
  readonly vendor: string;
  readonly body: string;
  /** Authentic, but nothing that its pack understands. */
  readonly odd: string;
  readonly prove: (body: string) => Headers;
  readonly deny: (body: string) => Headers;
  readonly query?: { right: string; wrong: string };
  readonly status?: number;
  readonly key: string;
}

const hubspotHeaders = (body: string, text: string): Headers => {
  const at = String(Date.now());
  const address = `${intake.url}/v1/sources/hubspot/events`;
  return {
    'x-hubspot-request-timestamp': at,
    'x-hubspot-signature-v3': hmac(`POST${address}${text}${at}`, 'base64'),
    'content-length': String(Buffer.byteLength(body)),
  };
};

const VENDORS: readonly Vendor[] = [
  {
    vendor: 'grafana',
    body: JSON.stringify({
      version: '1',
      groupKey: 'g',
      status: 'firing',
      alerts: [{ status: 'firing', labels: { alertname: 'x' }, startsAt: now, fingerprint: 'f1' }],
    }),
    odd: '{"title":"custom"}',
    prove: (body) => ({ 'x-grafana-alerting-signature': hmac(body, 'hex') }),
    deny: () => ({ 'x-grafana-alerting-signature': hmac('{}', 'hex') }),
    key: 'f1',
  },
  {
    vendor: 'jira',
    body: JSON.stringify({
      timestamp: Date.now(),
      webhookEvent: 'jira:issue_created',
      issue: { id: '10042', key: 'OPS-7', fields: { summary: '提现失败', priority: { name: 'High' } } },
    }),
    odd: '{"hello":1}',
    prove: (body) => ({ 'x-hub-signature': `sha256=${hmac(body, 'hex')}` }),
    deny: () => ({ 'x-hub-signature': `sha256=${hmac('{}', 'hex')}` }),
    key: '10042',
  },
  {
    vendor: 'hubspot',
    body: JSON.stringify([
      {
        eventId: 1,
        subscriptionId: 2,
        occurredAt: Date.now(),
        subscriptionType: 'ticket.creation',
        objectId: 42,
      },
    ]),
    odd: '[{"eventId":9}]',
    prove: (body) => hubspotHeaders(body, body),
    deny: (body) => hubspotHeaders(body, '[]'),
    key: '42',
  },
  {
    vendor: 'servicenow',
    body: JSON.stringify({ sys_id: 's1', sys_mod_count: '0', short_description: 'x', state: '1' }),
    odd: '{"hello":1}',
    prove: () => ({ authorization: `Basic ${Buffer.from(`tocsin:${KEY}`).toString('base64')}` }),
    deny: () => ({ authorization: `Basic ${Buffer.from('tocsin:wrong').toString('base64')}` }),
    key: 's1',
  },
  {
    vendor: 'datadog',
    body: JSON.stringify({ id: '1', alert_transition: 'Triggered', alert_cycle_key: 'c1', alert_title: 't' }),
    odd: '{"hello":1}',
    prove: bearer,
    deny: () => ({ authorization: 'Bearer wrong' }),
    key: 'c1',
  },
  {
    vendor: 'sns',
    body: sns({
      Type: 'Notification',
      MessageId: 'm1',
      Message: JSON.stringify({
        AlarmName: 'a',
        NewStateValue: 'ALARM',
        AlarmArn: 'arn:alarm',
        StateChangeTime: now,
      }),
    }),
    odd: sns({ Type: 'Notification', MessageId: 'm2', Message: '{"hello":1}' }),
    prove: () => snsHeaders('Notification'),
    deny: () => ({ ...snsHeaders('Notification'), 'x-amz-sns-rawdelivery': 'true' }),
    key: 'arn:alarm',
  },
  {
    vendor: 'sentry',
    body: JSON.stringify({
      action: 'triggered',
      data: { event: { issue_id: '7', title: 't', level: 'error' } },
    }),
    odd: '{"action":"triggered","data":{"event":{}}}',
    prove: (body) => ({
      'sentry-hook-resource': 'event_alert',
      'sentry-hook-signature': hmac(body, 'hex'),
    }),
    deny: () => ({ 'sentry-hook-resource': 'event_alert', 'sentry-hook-signature': hmac('{}', 'hex') }),
    key: 'issue-7',
  },
  {
    vendor: 'salesforce',
    body: soap(CASE),
    odd: soap('<Notification><Id>04lfx9</Id></Notification>'),
    prove: () => ({ 'content-type': 'text/xml; charset=UTF-8' }),
    deny: () => ({ 'content-type': 'text/xml; charset=UTF-8' }),
    query: { right: `?key=${KEY}`, wrong: '?key=wrong' },
    status: 200,
    key: '500fx1',
  },
  {
    vendor: 'cloudevents',
    body: '{"title":"提现"}',
    odd: '{"hello":1}',
    prove: (body) => ({
      ...bearer(),
      'ce-specversion': '1.0',
      'ce-id': body.includes('hello') ? '2' : '1',
      'ce-source': '/crm',
      'ce-type': body.includes('hello') ? 'com.example.other' : 'com.example.ticket.created',
      'ce-subject': 'T-1',
    }),
    deny: () => ({ 'ce-specversion': '1.0', authorization: 'Bearer wrong' }),
    key: 'T-1',
  },
  {
    vendor: 'avaya',
    body: JSON.stringify({
      eventType: 'ENGAGEMENT_CREATED',
      correlationId: 'c',
      eventDate: now,
      engagementId: 'e1',
      accountId: 'QWERTY',
    }),
    odd: '{"eventType":"MESSAGES","accountId":"QWERTY"}',
    prove: () => ({}),
    deny: () => ({}),
    query: { right: `?key=${KEY}`, wrong: '' },
    status: 200,
    key: 'e1',
  },
];

const anonymous = { authorization: '' };
const pathOf = ({ vendor }: Pick<Vendor, 'vendor'>, query = ''): string =>
  `/v1/sources/${vendor}/events${query}`;
const proven = (vendor: Vendor, body: string): Promise<Posted> =>
  intake.post(pathOf(vendor, vendor.query?.right), body, { ...anonymous, ...vendor.prove(body) });

describe.each(VENDORS)('$vendor', (vendor) => {
  const status = vendor.status ?? 202;
  const rows = (state: string): Promise<number> =>
    intake.count('received', `source = '${vendor.vendor}' AND state = '${state}'`);

  it('is accepted by its own proof, and once only', async () => {
    expect(await proven(vendor, vendor.body)).toMatchObject({ status });
    expect(await intake.count('outbox', `key = 'acme:${vendor.vendor}:${vendor.key}'`)).toBe(1);
    expect(await proven(vendor, vendor.body)).toMatchObject({ status });
    expect(await intake.count('outbox', `key = 'acme:${vendor.vendor}:${vendor.key}'`)).toBe(1);
    expect(await rows('received')).toBe(1);
  });

  it('is refused with 401 by a wrong proof, with nothing stored', async () => {
    const before = await intake.count('received');
    const answer = await intake.post(pathOf(vendor, vendor.query?.wrong), vendor.body, {
      ...anonymous,
      ...vendor.deny(vendor.body),
    });
    expect(answer).toMatchObject({ status: 401 });
    expect(await intake.count('received')).toBe(before);
  });

  it('that is not understood goes to quarantine, once, and is told that it was taken', async () => {
    expect(await proven(vendor, vendor.odd)).toMatchObject({ status });
    expect(await proven(vendor, vendor.odd)).toMatchObject({ status });
    expect(await intake.count('quarantine', `source = '${vendor.vendor}'`)).toBe(1);
  });
});

describe('the vendors’ own words', () => {
  const salesforce = VENDORS.find(({ vendor }) => vendor === 'salesforce') as Vendor;

  it('acknowledge an outbound message in SOAP, and refuse it as a fault that is no acknowledgement', async () => {
    const taken = await proven(salesforce, salesforce.body);
    expect(taken.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    expect(taken.body).toContain('<Ack>true</Ack>');
    const refused = await intake.post(pathOf(salesforce, '?key=wrong'), salesforce.body, {
      ...anonymous,
      'content-type': 'text/xml',
    });
    expect(refused).toMatchObject({ status: 401 });
    expect(refused.body).toContain('<soapenv:Fault>');
    expect(refused.body).not.toContain('Ack');
  });

  it('refuse an organisation that the config does not name, though it has the key', async () => {
    const other = soap(CASE.replaceAll('fx1', 'fx2'), '00Dfx0000000009EAA');
    expect(await proven(salesforce, other)).toMatchObject({ status: 401 });
    expect(await intake.count('outbox', `key LIKE '%500fx2'`)).toBe(0);
  });

  it('refuse XML with a document type, and a media type of another vendor', async () => {
    const evil = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`;
    expect(await proven(salesforce, evil)).toMatchObject({ status: 400 });
    expect(
      await intake.post('/v1/sources/jira/events', salesforce.body, { 'content-type': 'text/xml' }),
    ).toMatchObject({ status: 415 });
  });

  it('take a flow’s JSON at the same source, answered in JSON', async () => {
    const answer = await intake.post('/v1/sources/salesforce/events', {
      id: 'flow-1',
      type: 'ticket.created',
      key: '00001027',
      subject: '提现',
    });
    expect(answer).toMatchObject({ status: 202, body: { duplicate: false } });
  });

  it('confirm a subscription of SNS where the topic is ours, and only there', async () => {
    const subscribe = (MessageId: string, SubscribeURL: string): Promise<Posted> =>
      intake.post(
        '/v1/sources/sns/events',
        sns({ Type: 'SubscriptionConfirmation', MessageId, Token: 't', Message: 'm', SubscribeURL }),
        { ...anonymous, ...snsHeaders('SubscriptionConfirmation') },
      );
    const address = 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t';
    expect(await subscribe('s1', address)).toMatchObject({ status: 202 });
    expect(fromAmazon.filter((url) => url === address)).toHaveLength(1);
    expect(await subscribe('s2', 'https://evil.example/amazonaws.com')).toMatchObject({ status: 503 });
    expect(fromAmazon.some((url) => url.includes('evil'))).toBe(false);
    expect(await intake.count('received', `source = 'sns' AND state = 'recorded'`)).toBe(1);
  });

  it('take an empty batch of HubSpot', async () => {
    expect(
      await intake.post('/v1/sources/hubspot/events', '[]', { ...anonymous, ...hubspotHeaders('[]', '[]') }),
    ).toMatchObject({
      status: 202,
    });
  });

  it('take a batch of CloudEvents, and answer those who ask whether they may send', async () => {
    const event = { specversion: '1.0', id: 'b1', source: '/crm', type: 'alert.raised', subject: 'K-1' };
    const path = '/v1/sources/cloudevents/events';
    const type = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };
    expect(await intake.post(path, [event, { ...event, id: 'b2', subject: 'K-2' }], type)).toMatchObject({
      status: 202,
      body: { events: [{ duplicate: false }, { duplicate: false }] },
    });
    const ask = async (source: string, authorization: string): Promise<Response> =>
      realFetch(`${intake.url}/v1/sources/${source}/events`, {
        method: 'OPTIONS',
        headers: { 'webhook-request-origin': 'events.example.com', authorization },
      });
    const allowed = await ask('cloudevents', `Bearer ${KEY}`);
    expect([allowed.status, allowed.headers.get('webhook-allowed-origin')]).toEqual([
      200,
      'events.example.com',
    ]);
    expect((await ask('cloudevents', 'Bearer wrong')).status).toBe(401);
    expect((await ask('datadog', `Bearer ${KEY}`)).status).toBe(405);
  });

  it('are mapped again as they came, SOAP too, once the source is mended', async () => {
    const [entry] = await intake.database.query<{ id: string }>(
      `SELECT id::text FROM ticket_intake.quarantine WHERE source = 'salesforce'`,
    );
    expect(entry).toBeDefined();
    const redriven = await intake.post(`/v1/quarantine/${entry?.id}/redrive`, '{}', {
      authorization: `Bearer an-operator-token-for-tests`,
    });
    expect(redriven).toMatchObject({ status: 409, body: { detail: expect.stringContaining('sObject') } });
  });
});

it('the counters balance after all of it', async () => {
  const { body } = await intake.get('/v1/intake/conservation');
  for (const minute of body.minutes) expect(minute).toMatchObject({ balanced: true });
});
