import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort, WebhookSink } from '@tocsin/test-rig';
import type { Agent } from 'undici';
import { aPage } from '../../notification.rig.js';
import type { PageMessage } from '../channel.js';
import { outcomeOfError, outcomeOfStatus } from './classify-response.js';
import { AddressGuard, blockListOf, guardedAgent } from '@tocsin/connections';
import { WebhookChannel } from './webhook-channel.js';

function aMessage(subject = 'x'): PageMessage {
  const page = aPage({ subject });
  return {
    key: 'default/4F1/1.1.0/bo/hook',
    attempt: { ...page, method: 'hook', try: 1 },
    page,
    language: 'en',
    headline: subject,
    text: subject,
    html: '',
    answerUrl: 'http://127.0.0.1/a/AAAAAAAAAAAAAAAAAAAAAA',
    repeat: false,
    at: Date.now(),
  };
}

describe('the webhook channel', () => {
  let agent: Agent;
  let sink: WebhookSink;
  beforeEach(async () => {
    agent = guardedAgent(new AddressGuard(blockListOf(['127.0.0.0/8'])));
    sink = await WebhookSink.open();
  });
  afterEach(async () => {
    await agent.destroy();
    await sink.close();
  });
  const deliver = (url: string, ms = 5_000, subject?: string) =>
    new WebhookChannel(agent).deliver(aMessage(subject), { kind: 'webhook', url }, AbortSignal.timeout(ms));

  it.each([
    [200, { type: 'delivered' }],
    [202, { type: 'delivered' }],
    [302, { type: 'permanent', of: 'address', reason: 'HTTP 302' }],
    [401, { type: 'permanent', of: 'config', reason: 'HTTP 401' }],
    [404, { type: 'permanent', of: 'address', reason: 'HTTP 404' }],
    [410, { type: 'permanent', of: 'address', reason: 'HTTP 410' }],
    [429, { type: 'retryable', reason: 'HTTP 429', after: 7 }],
    [503, { type: 'retryable', reason: 'HTTP 503', after: 7 }],
  ])('takes HTTP %i as %j', (status, outcome) => {
    expect(outcomeOfStatus(status, '7')).toEqual(outcome);
  });

  it.each(['Fri, 31 Dec 2027 23:59:59 GMT', '-1', '1e9', ''])(
    'does not wait for Retry-After «%s»',
    (after) => {
      expect(outcomeOfStatus(503, after)).toEqual({
        type: 'retryable',
        reason: 'HTTP 503',
        after: undefined,
      });
    },
  );

  it('does not follow a redirect', async () => {
    sink.answerWith({ status: 302, headers: { location: `${sink.url}/elsewhere` } });
    expect(await deliver(sink.url)).toMatchObject({ type: 'permanent', of: 'address' });
    expect(sink.requests).toHaveLength(1);
  });

  it('tries again what was refused before a byte had left', async () => {
    expect(await deliver(`http://127.0.0.1:${await freePort()}/`)).toMatchObject({ type: 'retryable' });
  });

  it('does not know of a request that was cut after it had been sent', async () => {
    sink.answerWith({ hangUp: true });
    expect(await deliver(sink.url)).toMatchObject({ type: 'unknown' });
    expect(outcomeOfError(new Error('cut'), true).type).toBe('unknown');
  });

  it('does not know of a request that nobody answers before the deadline', async () => {
    sink.answerWith({ delayMs: 3_000 });
    const began = performance.now();
    expect(await deliver(sink.url, 200)).toEqual({
      type: 'unknown',
      reason: 'no answer before the deadline',
    });
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('refuses a closed address as a matter of config', async () => {
    expect(await deliver('http://10.0.0.1/')).toMatchObject({ type: 'permanent', of: 'config' });
  });

  it('keeps its body under 20 KB, whatever the subject', async () => {
    await deliver(sink.url, 5_000, '好'.repeat(50_000));
    expect(Buffer.byteLength(sink.requests[0]?.body ?? '')).toBeGreaterThan(10_000);
    expect(Buffer.byteLength(sink.requests[0]?.body ?? '')).toBeLessThan(20_000);
  });

  it('reads no more than 64 KiB of an endless answer, and takes its status', async () => {
    let written = 0;
    const endless: Server = createServer((request, response) => {
      request.resume();
      const timer = setInterval(() => (written += response.write('x'.repeat(16_384)) ? 16_384 : 0), 1);
      response.on('close', () => clearInterval(timer));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => endless.once('listening', resolve));
    const closed = new Promise((resolve) =>
      endless.once('connection', (socket) => socket.once('close', resolve)),
    );
    expect(await deliver(`http://127.0.0.1:${(endless.address() as AddressInfo).port}/`)).toEqual({
      type: 'delivered',
    });
    await closed;
    expect(written).toBeLessThan(4 * 1024 * 1024);
    endless.close();
  });
});
