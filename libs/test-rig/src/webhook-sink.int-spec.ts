import { get } from 'node:https';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { terminateTls } from './tls-terminator.js';
import { WebhookSink } from './webhook-sink.js';

describe('a webhook sink', () => {
  let sink: WebhookSink;
  beforeEach(async () => {
    sink = await WebhookSink.open();
  });
  afterEach(() => sink.close());

  const post = (body: string): Promise<Response> => fetch(`${sink.url}/hook`, { method: 'POST', body });

  it('keeps what it was sent, byte for byte', async () => {
    expect((await post('{"a": 1}')).status).toBe(204);
    const [request] = await sink.received();
    expect(request).toMatchObject({ method: 'POST', path: '/hook', body: '{"a": 1}' });
  });

  it('fails as often as it is told, then takes again', async () => {
    sink.failNext(2);
    const statuses = [];
    for (const body of ['1', '2', '3']) statuses.push((await post(body)).status);
    expect(statuses).toEqual([503, 503, 204]);
  });

  it('can take a request and cut the line', async () => {
    sink.answerWith({ hangUp: true });
    await expect(post('x')).rejects.toThrow();
    expect(sink.requests).toHaveLength(1);
  });

  it('says what came when less came than was waited for', async () => {
    await post('first');
    await expect(sink.received(2, undefined, { within: '0s' })).rejects.toThrow(/1 of 2 requests.*first/s);
  });

  it('stands behind TLS under any name, for whoever trusts the authority', async () => {
    sink.answerWith({ body: 'plain inside', status: 200 });
    const terminator = await terminateTls({ toPort: sink.port, names: ['events.pagerduty.com'] });
    const answer = await new Promise<string>((resolve, reject) => {
      const options = {
        ca: readFileSync(terminator.caFile),
        servername: 'events.pagerduty.com',
        agent: false as const,
      };
      get(terminator.url, options, (response) =>
        response.on('data', (data: Buffer) => resolve(data.toString())),
      ).on('error', reject);
    });
    expect(answer).toBe('plain inside');
    await expect(fetch(terminator.url)).rejects.toThrow();
    await terminator.close();
  });
});
