import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Log } from '@tocsin/event-log';
import { testRedis, until, whenGiven } from '@tocsin/test-rig';
import { liveFeedContract } from './live-feed.contract.js';
import { openRedis, type RedisConnection } from './open-redis.js';
import { rateWindowContract } from './rate-window.contract.js';

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const limit = { burst: 1, perSecond: 0.01 };

const opened: RedisConnection[] = [];
afterEach(() => {
  for (const redis of opened.splice(0)) redis.close();
});

async function connected(url: string): Promise<RedisConnection> {
  const redis = openRedis(url, silent, `t${randomBytes(5).toString('hex')}:`);
  opened.push(redis);
  await until(() => redis.ping().then(() => true));
  return redis;
}

whenGiven('redis', describe)('with a Redis', () => {
  let url: string;
  beforeAll(async () => {
    ({ url } = await testRedis());
  });
  rateWindowContract('over Redis', async () => (await connected(url)).rateWindow);
  liveFeedContract('over Redis', async () => (await connected(url)).liveFeed);
});

describe('without a Redis that answers', () => {
  let server: Server;
  let port: number;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    // Takes connections and says nothing: half open, as behind a dead router.
    server = createServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it.each([
    ['nobody listens', () => 'redis://127.0.0.1:1'],
    ['it is half open', () => `redis://127.0.0.1:${port}`],
  ])('allows everything and delays nothing when %s', async (_, url) => {
    const redis = openRedis(url(), silent);
    opened.push(redis);
    const begun = performance.now();
    for (let i = 0; i < 3; i++) expect(await redis.rateWindow.take('a', limit)).toEqual({ allowed: true });
    redis.liveFeed.publish('a', 'nobody hears it');
    await redis.liveFeed.subscribe('a', nothing);
    expect(performance.now() - begun).toBeLessThan(1_000);
    await expect(redis.ping()).rejects.toThrow();
  });
});
