import { Redis } from 'ioredis';
import type { Log } from '@tocsin/event-log';
import { RedisLiveFeed } from './redis-live-feed.js';
import { RedisRateWindow } from './redis-rate-window.js';

export interface RedisConnection {
  readonly rateWindow: RedisRateWindow;
  readonly liveFeed: RedisLiveFeed;
  /** @throws when Redis does not answer within 200 ms */
  ping(): Promise<void>;
  close(): void;
}

/** Milliseconds that any call may take: without Redis everything goes on, so nobody waits for it. */
const COMMAND_TIMEOUT = 200;

/** Opens the two connections that Redis needs (a subscriber can do nothing else). Resolves at once; they connect by themselves. */
export function openRedis(url: string, log: Log, prefix = 'tocsin:'): RedisConnection {
  const settings = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    keepAlive: 5_000,
    retryStrategy: (times: number) => Math.min(2_000, 100 * times),
  };
  const commands = new Redis(url, { ...settings, commandTimeout: COMMAND_TIMEOUT });
  // The subscriber may queue: a subscription asked for while Redis is away must not be lost.
  const subscriber = new Redis(url, { ...settings, enableOfflineQueue: true, maxRetriesPerRequest: null });
  for (const redis of [commands, subscriber]) watch(redis, log);
  return {
    rateWindow: new RedisRateWindow(commands, `${prefix}rate:`),
    liveFeed: new RedisLiveFeed(commands, subscriber, `${prefix}live:`),
    ping: async () => void (await commands.ping()),
    close: () => {
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

function watch(redis: Redis, log: Log): void {
  let away = false;
  // Without a listener for `error` ioredis prints to the console at every retry.
  redis.on('error', (err: unknown) => {
    if (!away) log.warn({ err }, 'redis is away');
    away = true;
  });
  redis.on('ready', () => {
    if (away) log.info({}, 'redis is back');
    away = false;
  });
}
