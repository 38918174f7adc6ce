import type { Log } from '@tocsin/event-log';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';

export interface SupervisedConsumerOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** The Kafka topic. */
  readonly topic: string;
  /** Before each subscription, such as making the topic. */
  readonly prepare: () => Promise<void>;
  readonly eachBatch: (payload: EachBatchPayload, consumer: Consumer) => Promise<void>;
  /** Told at every sign of life that is no batch: it joined its group, or it is being made anew. */
  readonly onSign: () => void;
  readonly log: Log;
}

/** A killed member's partitions stand still this long: a longer one would delay every page behind it. */
const SESSION_TIMEOUT = 6_000;
const HEARTBEAT_EVERY = 1_500;
/** Offset commits and heartbeats queue behind a fetch that waits on the same connection. */
const FETCH_WAIT = 200;
const LARGEST_FETCH = 4 * 1024 * 1024;
const CONCURRENT_PARTITIONS = 2;
const SHORTEST_PAUSE = 200;
const LONGEST_PAUSE = 5_000;
const QUIET_FAILURES = 3;

/** A kafkajs consumer that is made anew whenever it crashed for good or could not start; it gives up only when stopped. */
export class SupervisedConsumer {
  readonly #options: SupervisedConsumerOptions;
  #consumer: Consumer | undefined;
  #stopped = false;
  #failures = 0;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SupervisedConsumerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
    await this.#consumer?.disconnect().catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { kafka, groupId, topic, prepare, eachBatch } = this.#options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: SESSION_TIMEOUT,
      rebalanceTimeout: SESSION_TIMEOUT * 2,
      heartbeatInterval: HEARTBEAT_EVERY,
      maxWaitTimeInMs: FETCH_WAIT,
      maxBytesPerPartition: LARGEST_FETCH,
      allowAutoTopicCreation: false,
      // kafkajs would start a crashed one again by a timer that a stop in between does not see, and nobody waits for.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.#failures = 0;
      this.#options.onSign();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => this.#again(consumer, payload.error));
    try {
      await prepare();
      await consumer.connect();
      // From the beginning where the group has no offset, or one that is gone: never jump to the latest.
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: CONCURRENT_PARTITIONS,
        eachBatch: (payload) => eachBatch(payload, consumer),
      });
    } catch (error) {
      this.#again(consumer, error);
    }
  }

  #again(consumer: Consumer, err: unknown): void {
    if (this.#stopped || this.#consumer !== consumer || this.#timer !== undefined) return;
    this.#failures += 1;
    this.#options.onSign();
    const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (this.#failures - 1));
    // The first few belong to a broker that has just started, or that moves the group.
    const level = this.#failures <= QUIET_FAILURES ? 'debug' : 'warn';
    this.#options.log[level](
      { group: this.#options.groupId, failures: this.#failures, pause, err },
      'consumer starts again',
    );
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = consumer
        .disconnect()
        .catch(() => undefined)
        .then(() => (this.#stopped ? undefined : this.#run()));
    }, pause);
  }
}
