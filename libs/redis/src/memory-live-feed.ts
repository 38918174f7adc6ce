import { EventEmitter } from 'node:events';
import type { LiveFeed } from './live-feed.js';

/** Listeners of one process. One feed may be shared by all services of a process. */
export class MemoryLiveFeed implements LiveFeed {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  publish(channel: string, message: string): void {
    this.#emitter.emit(`:${channel}`, message);
  }

  subscribe(channel: string, hear: (message: string) => void): Promise<() => void> {
    this.#emitter.on(`:${channel}`, hear);
    return Promise.resolve(() => void this.#emitter.off(`:${channel}`, hear));
  }
}
