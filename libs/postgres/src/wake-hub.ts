import { EventEmitter } from 'node:events';
import type { Log } from '@tocsin/event-log';
import type { Lane } from '@tocsin/contracts';
import { NotifyLine } from './notify-line.js';

/**
 * Tells consumers that something was handed off to them, in the moment of the commit. Inside a process an emitter
 * does it (0.001 ms); between processes NOTIFY, and only for groups that nobody reads here. It may lose signals: the
 * consumers' poll is the truth.
 */
export class WakeHub {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  readonly #line: NotifyLine;

  constructor(url: string, log: Log) {
    this.#line = new NotifyLine(url, log, (signal) => void this.#emitter.emit(signal));
  }

  /** @returns the end of the subscription */
  subscribe(group: string, lane: Lane, wake: () => void): () => void {
    const signal = `${group} ${lane}`;
    this.#emitter.on(signal, wake);
    return () => void this.#emitter.off(signal, wake);
  }

  signal(group: string, lane: Lane): void {
    const signal = `${group} ${lane}`;
    if (!this.#emitter.emit(signal)) this.#line.send(signal);
  }

  open(): void {
    this.#line.open();
  }

  close(): Promise<void> {
    return this.#line.close();
  }
}

interface Shared {
  readonly hub: WakeHub;
  users: number;
}

/** One hub per database in a process, so that services of one process wake each other without a round trip. */
const hubs = new Map<string, Shared>();

/** The hub of this database; every call needs its `release`. */
export function acquireWakeHub(url: string, log: Log): { hub: WakeHub; release: () => Promise<void> } {
  let shared = hubs.get(url);
  if (shared === undefined) {
    shared = { hub: new WakeHub(url, log), users: 0 };
    shared.hub.open();
    hubs.set(url, shared);
  }
  shared.users += 1;
  const mine = shared;
  return {
    hub: mine.hub,
    release: async () => {
      mine.users -= 1;
      if (mine.users > 0) return;
      hubs.delete(url);
      await mine.hub.close();
    },
  };
}
