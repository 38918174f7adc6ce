import { generateKeyPairSync, sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventsOf, type Fixture, mapFixture } from '../pack.rig.js';
import { amazonAddress } from './amazon-address.js';
import { snsSignature } from './sns-signature.js';
import { sns } from './sns.pack.js';

const TOPIC = 'arn:aws:sns:ap-southeast-1:111122223333:alarms';
const NOW = Date.UTC(2026, 10, 22, 9);
const message = (text: unknown, more: object = {}): Record<string, unknown> => ({
  Type: 'Notification',
  MessageId: 'm-1',
  TopicArn: TOPIC,
  Subject: 'ALARM: "payout-errors" in Asia Pacific (Singapore)',
  Message: typeof text === 'string' ? text : JSON.stringify(text),
  Timestamp: '2026-11-22T09:00:00.123Z',
  SignatureVersion: '2',
  SigningCertURL: 'https://sns.ap-southeast-1.amazonaws.com/SimpleNotificationService-a.pem',
  UnsubscribeURL: 'https://sns.ap-southeast-1.amazonaws.com/?Action=Unsubscribe',
  ...more,
});
const alarm = (state: string, more: object = {}): object => ({
  AlarmName: 'payout-errors',
  AlarmDescription: '提现错误率',
  AWSAccountId: '111122223333',
  NewStateValue: state,
  NewStateReason: 'Threshold Crossed',
  StateChangeTime: '2026-11-22T08:59:59.500+0000',
  Region: 'Asia Pacific (Singapore)',
  AlarmArn: 'arn:aws:cloudwatch:ap-southeast-1:111122223333:alarm:payout-errors',
  OldStateValue: 'OK',
  Trigger: { MetricName: 'Errors', Namespace: 'Payouts', Dimensions: [], Threshold: 5 },
  ...more,
});

const FIXTURES: readonly Fixture[] = [
  {
    title: 'a CloudWatch alarm',
    body: message(alarm('ALARM')),
    expected: [
      {
        senderId: 'message:m-1',
        kind: 'alert',
        type: 'alert.raised',
        key: 'arn:aws:cloudwatch:ap-southeast-1:111122223333:alarm:payout-errors',
        occurredAt: Date.UTC(2026, 10, 22, 8, 59, 59, 500),
        subject: 'payout-errors: 提现错误率',
        body: 'Threshold Crossed',
        severity: 'alarm',
        tags: ['payout-errors'],
        attributes: { topic: TOPIC, from: 'OK', trigger: { MetricName: 'Errors' } },
      },
    ],
  },
  {
    title: 'an alarm that is over',
    body: message(alarm('OK')),
    expected: [{ type: 'alert.cleared', severity: undefined }],
  },
  {
    title: 'an alarm without data',
    body: message(alarm('INSUFFICIENT_DATA')),
    expected: [{ type: 'alert.raised', severity: 'insufficient_data' }],
  },
  {
    title: 'nulls, and an alarm without an address',
    body: message(
      alarm('ALARM', { AlarmArn: null, AlarmDescription: null, Trigger: null, StateChangeTime: null }),
    ),
    expected: [
      {
        key: '111122223333 Asia Pacific (Singapore) payout-errors',
        subject: 'payout-errors',
        occurredAt: undefined,
      },
    ],
  },
  {
    title: 'an alarm by way of EventBridge',
    body: message({
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      account: '111122223333',
      region: 'ap-southeast-1',
      time: '2026-11-22T09:00:00Z',
      resources: ['arn:aws:cloudwatch:ap-southeast-1:111122223333:alarm:x'],
      detail: {
        alarmName: 'x',
        state: { value: 'ALARM', reason: 'r', timestamp: '2026-11-22T08:59:00.000+0000' },
        previousState: { value: 'OK' },
        configuration: { description: 'd' },
      },
    }),
    expected: [
      {
        type: 'alert.raised',
        key: 'arn:aws:cloudwatch:ap-southeast-1:111122223333:alarm:x',
        subject: 'x: d',
        body: 'r',
        occurredAt: Date.UTC(2026, 10, 22, 8, 59),
      },
    ],
  },
  {
    title: 'our own form',
    body: message({ type: 'ticket.created', key: 'T-1', subject: 's', id: 'inner' }),
    expected: [{ senderId: 'message:m-1', type: 'ticket.created', key: 'T-1', attributes: { topic: TOPIC } }],
  },
  {
    title: 'a message for people, known by its subject',
    body: message('磁盘已满\nhost db-1', { Subject: 'disk' }),
    expected: [{ type: 'alert.raised', key: `${TOPIC} disk`, subject: 'disk', body: '磁盘已满\nhost db-1' }],
  },
  {
    title: 'a message without a subject',
    body: message('first line\nsecond', { Subject: null }),
    expected: [{ key: 'message:m-1', subject: 'first line' }],
  },
  {
    title: 'a subscription to confirm: kept, not used',
    body: {
      Type: 'SubscriptionConfirmation',
      MessageId: 'm-2',
      TopicArn: TOPIC,
      Token: 't',
      SubscribeURL: 'https://x',
    },
    expected: [{ recordOnly: true, subject: 'SubscriptionConfirmation' }],
  },
  {
    title: 'a subscription that ended',
    body: { Type: 'UnsubscribeConfirmation', MessageId: 'm-3', TopicArn: TOPIC },
    expected: [{ recordOnly: true }],
  },
];

describe('the SNS pack', () => {
  it.each(FIXTURES)('maps $title', (fixture) => {
    expect(eventsOf(mapFixture(sns, fixture))).toMatchObject(fixture.expected);
  });

  it.each([
    { body: [] },
    { body: {} },
    { body: message({ hello: 'world' }) },
    { body: message('', { Subject: '' }) },
  ])('says why it cannot map $body', (fixture) => {
    expect(mapFixture(sns, fixture)).toMatchObject({ ok: false, reason: expect.stringMatching(/\w/) });
  });
});

describe('what a message makes us fetch', () => {
  it.each([
    'http://sns.ap-southeast-1.amazonaws.com/a.pem',
    'https://sns.ap-southeast-1.amazonaws.com.evil.example/a.pem',
    'https://evil.example/sns.ap-southeast-1.amazonaws.com/a.pem',
    'https://sns.ap-southeast-1.amazonaws.com@evil.example/a.pem',
    'https://user:key@sns.ap-southeast-1.amazonaws.com/a.pem',
    'https://sns.ap-southeast-1.amazonaws.com:8443/a.pem',
    'https://bucket.s3.amazonaws.com/a.pem',
    'https://sns.a.b.amazonaws.com/a.pem',
    'https://127.0.0.1/a.pem',
    'file:///etc/passwd',
    '',
  ])('is never «%s»', (address) => {
    expect(amazonAddress(address)).toBeUndefined();
  });

  it.each(['https://sns.us-east-1.amazonaws.com/a.pem', 'https://sns.cn-north-1.amazonaws.com.cn/a.pem'])(
    'may be «%s»',
    (address) => {
      expect(amazonAddress(address)?.href).toBe(address);
    },
  );
});

describe('Amazon’s signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const fetched = jest.spyOn(globalThis, 'fetch');
  let serial = 0;
  beforeEach(() => {
    serial++;
    fetched.mockReset().mockImplementation(() => Promise.resolve(new Response(pem)));
  });
  afterEach(() => {
    fetched.mockReset();
  });

  const cert = (): string => `https://sns.us-east-1.amazonaws.com/SimpleNotificationService-${serial}.pem`;
  const signed = (more: object = {}, version: '1' | '2' = '2'): Record<string, unknown> => {
    const body = message('磁盘 x\n', { SigningCertURL: cert(), SignatureVersion: version, ...more });
    const names =
      body['Type'] === 'Notification'
        ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
        : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
    const text = names
      .filter((name) => name in body && body[name] !== null)
      .map((name) => `${name}\n${String(body[name])}\n`)
      .join('');
    const Signature = sign(
      version === '1' ? 'RSA-SHA1' : 'RSA-SHA256',
      Buffer.from(text),
      privateKey,
    ).toString('base64');
    return { ...body, Signature };
  };
  const verdict = (body: unknown, senders = [TOPIC], now = NOW): unknown =>
    snsSignature.verify(
      {
        headers: { 'x-amz-sns-message-type': 'Notification' },
        body: Buffer.from(JSON.stringify(body)),
        now,
        method: 'POST',
        url: '/',
      },
      { secrets: [], senders },
    );

  it('is checked in both versions, with and without a subject, and for subscriptions', async () => {
    expect(await verdict(signed())).toBe('ok');
    expect(await verdict(signed({}, '1'))).toBe('ok');
    expect(await verdict(signed({ Subject: null }))).toBe('ok');
    const subscription = {
      Type: 'SubscriptionConfirmation',
      Token: 't',
      SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription',
    };
    expect(await verdict(signed(subscription))).toBe('ok');
    // One certificate, fetched once.
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['another text', { Message: 'y' }],
    ['another topic’s message', { TopicArn: `${TOPIC}2` }],
    ['another version', { SignatureVersion: '3' }],
    ['no signature', { Signature: undefined }],
    ['a certificate from elsewhere', { SigningCertURL: 'https://evil.example/a.pem' }],
    ['an address that is no certificate', { SigningCertURL: 'https://sns.us-east-1.amazonaws.com/a' }],
  ])('is refused for %s', async (_, more) => {
    expect(await verdict({ ...signed(), ...more })).toBe('bad');
  });

  it('of a topic that the config does not name is refused before anything is fetched', async () => {
    expect(await verdict(signed(), [])).toBe('bad');
    expect(await verdict(signed(), ['arn:aws:sns:us-east-1:999999999999:other'])).toBe('bad');
    expect(fetched).not.toHaveBeenCalled();
  });

  it('is not told while its certificate cannot be had, and is once it can', async () => {
    fetched.mockRejectedValueOnce(new Error('no network'));
    expect(await verdict(signed())).toBe('unknown');
    fetched.mockResolvedValueOnce(new Response('<html>', { status: 500 }));
    expect(await verdict(signed())).toBe('unknown');
    fetched.mockResolvedValueOnce(new Response('no pem'));
    expect(await verdict(signed())).toBe('unknown');
    expect(await verdict(signed())).toBe('ok');
  });

  it('is stale once its repeat would not be recognised any more', async () => {
    expect(await verdict(signed(), [TOPIC], NOW + 14 * 86_400_000)).toBe('ok');
    expect(await verdict(signed(), [TOPIC], NOW + 15 * 86_400_000)).toBe('stale');
  });

  it('confirms a subscription at Amazon only', async () => {
    const ask = (SubscribeURL: string): unknown =>
      sns.confirm?.({ Type: 'SubscriptionConfirmation', SubscribeURL });
    expect(await ask('https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=t')).toBe(true);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(await ask('https://evil.example/')).toBe(false);
    expect(await sns.confirm?.(message('x'))).toBe(true);
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});
