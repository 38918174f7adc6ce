import type { ConsumerPulse, Log } from '@tocsin/event-log';
import type { Admin, Kafka } from 'kafkajs';

/** Milliseconds. */
export interface StallLimits {
  readonly lookEvery: number;
  /** Of silence; too long when there is something to read. */
  readonly stalledAfter: number;
}

export interface LagWatchOptions {
  readonly kafka: Kafka;
  readonly log: Log;
  readonly pulse: ConsumerPulse;
  readonly readings: readonly { readonly groupId: string; readonly topic: string }[];
  readonly onStalled: () => void;
  readonly limits?: StallLimits | undefined;
}

const LIMITS: StallLimits = { lookEvery: 5_000, stalledAfter: 20_000 };

/**
 * Kafka clients have stopped consuming without a word (for 26 hours, in one report). Whoever has been silent for 20 s
 * while events lie in its topic is stalled. Waiting for a dead member's session to run out, or starting again while the
 * broker has no coordinator yet, is not silence: a new process would only wait anew.
 */
export class LagWatch {
  readonly #options: LagWatchOptions;
  readonly #limits: StallLimits;
  #timer: NodeJS.Timeout | undefined;
  #ticked = performance.now();
  #looking: Promise<void> = Promise.resolve();

  constructor(options: LagWatchOptions) {
    this.#options = options;
    this.#limits = options.limits ?? LIMITS;
  }

  start(): void {
    this.#ticked = performance.now();
    this.#timer = setInterval(() => {
      this.#noticeSleep();
      this.#looking = this.#looking.then(() => this.#look());
    }, this.#limits.lookEvery);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** A process that was frozen, or had no processor, was silent for no fault of its consumer. */
  #noticeSleep(): void {
    const now = performance.now();
    if (now - this.#ticked > 2 * this.#limits.lookEvery) this.#options.pulse.beat();
    this.#ticked = now;
  }

  async #look(): Promise<void> {
    const { kafka, log, pulse, onStalled } = this.#options;
    const { silentFor, group } = pulse.status();
    if (silentFor < this.#limits.stalledAfter) return;
    const admin = kafka.admin();
    try {
      await admin.connect();
      if (await this.#lags(admin)) {
        log.error({ group, silentFor }, 'consumer stalled: events wait and none is handled');
        onStalled();
      } else {
        pulse.beat();
      }
    } catch (err) {
      // Without a broker there is nothing to read: that is its fault, not the consumer's.
      log.debug({ group, err }, 'lag unknown');
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  async #lags(admin: Admin): Promise<boolean> {
    for (const { groupId, topic } of this.#options.readings) {
      const ends = await admin.fetchTopicOffsets(topic);
      const [read] = await admin.fetchOffsets({ groupId, topics: [topic] });
      const at = new Map(read?.partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
      const behind = ends.some(({ partition, high, low }) => {
        const offset = at.get(partition) ?? -1n;
        return BigInt(high) > (offset < 0n ? BigInt(low) : offset);
      });
      if (behind) return true;
    }
    return false;
  }
}
