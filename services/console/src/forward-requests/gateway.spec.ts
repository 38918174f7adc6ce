import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sendProblem } from '@tocsin/runtime';
import { fastify, type FastifyInstance } from 'fastify';
import { request } from 'undici';
import { Gateway } from './gateway.routes.js';
import { WHO_ANSWERS } from './who-answers.js';

interface Seen {
  readonly replica: string;
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function replica(name: string, seen: Seen[]): Promise<{ url: string; server: Server }> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      seen.push({
        replica: name,
        method: incoming.method,
        url: incoming.url,
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      });
      outgoing.writeHead(202, {
        'content-type': 'application/json',
        'x-replica': name,
        'set-cookie': ['a=1', 'b=2'],
      });
      outgoing.end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) });
  return { url: `http://127.0.0.1:${portOf(server)}`, server };
}

/** A port on which nobody listens. */
async function deadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${portOf(server)}`;
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function gatewayTo(urls: string[]): Promise<string> {
  const gateway = new Gateway({
    'ticket-intake': urls,
    'metric-monitoring': [],
    'escalation-routing': [],
    notification: [],
  });
  const http: FastifyInstance = fastify();
  http.setErrorHandler((error, asked, reply) => {
    sendProblem(error, asked, reply, { error: () => undefined } as never);
  });
  gateway.routes(http);
  await http.listen({ port: 0, host: '127.0.0.1' });
  open.unshift({ close: () => http.close() }, { close: () => gateway.close() });
  return `http://127.0.0.1:${portOf(http.server)}`;
}

describe('forwarding requests to the services', () => {
  it('passes the raw bytes, so that signatures and compressed bodies survive', async () => {
    const seen: Seen[] = [];
    const url = await gatewayTo([(await replica('a', seen)).url]);
    const body = gzipSync(randomBytes(300_000));
    const signature = createHmac('sha256', 'secret').update(body).digest('base64');
    const answer = await request(`${url}/v1/sources/zendesk/events:batch?x=%2F1&y`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'webhook-signature': `v1,${signature}`,
      },
      body,
    });
    expect(answer.statusCode).toBe(202);
    expect(await answer.body.json()).toEqual({ ok: true });
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.url).toBe('/v1/sources/zendesk/events:batch?x=%2F1&y');
    expect(seen[0]?.body.equals(body)).toBe(true);
    expect(seen[0]?.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(body.length),
      'webhook-signature': `v1,${signature}`,
      'x-forwarded-for': '127.0.0.1',
    });
  });

  it('passes a body that is no JSON although it says so: refusing is the service’s business', async () => {
    const seen: Seen[] = [];
    const url = await gatewayTo([(await replica('a', seen)).url]);
    await request(`${url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"half":',
    });
    expect(seen[0]?.body.toString()).toBe('{"half":');
  });

  it('shares requests between replicas and tries the next one when the first cannot be reached', async () => {
    const seen: Seen[] = [];
    const url = await gatewayTo([
      await deadUrl(),
      (await replica('a', seen)).url,
      (await replica('b', seen)).url,
    ]);
    for (let n = 0; n < 12; n += 1) {
      const answer = await request(`${url}/v1/sources/demo/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: n }),
      });
      expect(answer.statusCode).toBe(202);
      await answer.body.dump();
    }
    expect(seen.map(({ body }) => (JSON.parse(body.toString()) as { id: number }).id)).toEqual([
      ...Array(12).keys(),
    ]);
    expect(new Set(seen.map((one) => one.replica))).toEqual(new Set(['a', 'b']));
  });

  it('says 503 with Retry-After when no replica answers', async () => {
    const url = await gatewayTo([await deadUrl(), await deadUrl()]);
    const answer = await request(`${url}/v1/events/evt_1`);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({
      'retry-after': '1',
      'content-type': expect.stringContaining('application/problem+json'),
    });
    expect(await answer.body.json()).toMatchObject({ status: 503, title: 'No replica answers' });
  });

  it('never sends an event twice: a replica that breaks off after receiving gives 502', async () => {
    const seen: Seen[] = [];
    let received = 0;
    const breaking = createServer((incoming) => {
      incoming.on('data', () => undefined);
      incoming.on('end', () => {
        received += 1;
        incoming.socket.destroy();
      });
    });
    await new Promise<void>((resolve) => breaking.listen(0, '127.0.0.1', resolve));
    open.push({
      close: () => new Promise((resolve) => (breaking.closeAllConnections(), breaking.close(resolve))),
    });
    const url = await gatewayTo([`http://127.0.0.1:${portOf(breaking)}`, (await replica('b', seen)).url]);
    const answer = await request(`${url}/v1/sources/demo/events`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.statusCode).toBe(502);
    expect(await answer.body.json()).toMatchObject({
      detail: expect.stringContaining('the same id takes effect once'),
    });
    expect([received, seen.length]).toEqual([1, 0]);
  });

  it('lets go of the service when the caller goes away', async () => {
    let letGo: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let asked: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const silent = createServer((incoming) => {
      incoming.socket.once('close', letGo);
      asked();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    open.push({
      close: () => new Promise((resolve) => (silent.closeAllConnections(), silent.close(resolve))),
    });
    const url = await gatewayTo([`http://127.0.0.1:${portOf(silent)}`]);
    const caller = new AbortController();
    const call = request(`${url}/v1/events/evt_1`, { signal: caller.signal });
    await waiting;
    caller.abort();
    await expect(call).rejects.toThrow();
    await gone;
  });

  it('streams a large body to the next replica after the first refused the connection', async () => {
    const seen: Seen[] = [];
    const url = await gatewayTo([await deadUrl(), (await replica('b', seen)).url]);
    const body = randomBytes(12 * 1024 * 1024);
    const answer = await request(`${url}/v1/sources/demo/events:batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body,
    });
    expect(answer.statusCode).toBe(202);
    expect(seen[0]?.body.equals(body)).toBe(true);
  });

  it('gives every path to one service', () => {
    const prefixes = Object.values(WHO_ANSWERS).flat();
    expect(prefixes).toEqual([...new Set(prefixes)]);
    const within = prefixes.filter((path) => prefixes.some((other) => path.startsWith(`${other}/`)));
    expect(within).toEqual([]);
  });

  it('leaves paths of its own alone', async () => {
    const seen: Seen[] = [];
    const url = await gatewayTo([(await replica('a', seen)).url]);
    const answer = await request(`${url}/v1/config`);
    expect(answer.statusCode).toBe(404);
    expect(seen).toEqual([]);
  });
});
