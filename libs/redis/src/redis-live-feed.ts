import type { Redis } from 'ioredis';
import type { LiveFeed } from './live-feed.js';
import { MemoryLiveFeed } from './memory-live-feed.js';

/**
 * Fan-out by Redis PUBLISH. The subscriber's connection subscribes again by itself after a reconnect; messages of the
 * time in between are gone.
 */
export class RedisLiveFeed implements LiveFeed {
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  readonly #prefix: string;
  readonly #local = new MemoryLiveFeed();
  readonly #listeners = new Map<string, number>();

  constructor(publisher: Redis, subscriber: Redis, prefix: string) {
    this.#publisher = publisher;
    this.#subscriber = subscriber;
    this.#prefix = prefix;
    subscriber.on('message', (channel: string, message: string) => this.#local.publish(channel, message));
  }

  publish(channel: string, message: string): void {
    this.#publisher.publish(this.#prefix + channel, message).catch(() => undefined);
  }

  async subscribe(channel: string, hear: (message: string) => void): Promise<() => void> {
    const name = this.#prefix + channel;
    const end = await this.#local.subscribe(name, hear);
    const before = this.#listeners.get(name) ?? 0;
    this.#listeners.set(name, before + 1);
    // Not awaited: while Redis is away it would wait for it; the client subscribes as soon as it is back.
    const asked = before === 0 ? this.#subscriber.subscribe(name).catch(() => undefined) : undefined;
    if (this.#subscriber.status === 'ready') await asked;
    return () => {
      end();
      const left = (this.#listeners.get(name) ?? 1) - 1;
      this.#listeners.set(name, left);
      if (left === 0) this.#subscriber.unsubscribe(name).catch(() => undefined);
    };
  }
}
