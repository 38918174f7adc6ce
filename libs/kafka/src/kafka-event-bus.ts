import { LANES } from '@tocsin/contracts';
import type {
  BatchHandler,
  BatchRunnerOptions,
  Consumer,
  EventBus,
  Inbox,
  LoggedEvent,
  Subscription,
  UnreadableMessages,
} from '@tocsin/event-log';
import { openKafka, type KafkaOptions } from './kafka-client.js';
import { KafkaConsumer } from './kafka-consumer.js';
import type { StallLimits } from './lag-watch.js';
import { KafkaPublisher } from './kafka-publisher.js';

export interface KafkaEventBusOptions extends KafkaOptions {
  readonly transactions: BatchRunnerOptions['transactions'];
  readonly deadLetters: BatchRunnerOptions['deadLetters'];
  readonly isTransient: BatchRunnerOptions['isTransient'];
  readonly inbox: Inbox;
  readonly unreadable: UnreadableMessages;
  /** The process should end and be started anew: a consumer has stopped without a word. */
  readonly onStalled: (group: string) => void;
  /** When a consumer counts as stalled; 20 s of silence unless told. */
  readonly stallLimits?: StallLimits | undefined;
  readonly backOff?: readonly number[];
}

const MAX_BATCH = 200;

/** Events over Kafka, at least once, made exactly once by the inbox in the transaction of the effects. */
export class KafkaEventBus implements EventBus {
  readonly kind = 'kafka';
  readonly publisher: KafkaPublisher;
  readonly #options: KafkaEventBusOptions;
  readonly #kafka: ReturnType<typeof openKafka>;
  readonly #consumers = new Set<Consumer>();

  constructor(options: KafkaEventBusOptions) {
    this.#options = options;
    this.#kafka = openKafka(options);
    this.publisher = new KafkaPublisher(this.#kafka, options.log, options.prefix);
  }

  /** Starts in the background: a broker that is away delays nothing but the events. */
  consume(subscription: Subscription, handler: BatchHandler): Promise<Consumer> {
    const {
      transactions,
      deadLetters,
      isTransient,
      log,
      backOff,
      inbox,
      unreadable,
      onStalled,
      stallLimits,
      prefix,
    } = this.#options;
    const consumer = new KafkaConsumer({
      kafka: this.#kafka,
      prefix: prefix ?? '',
      lanes: LANES,
      subscription,
      runner: {
        group: subscription.group,
        maxBatch: subscription.maxBatch ?? MAX_BATCH,
        handler,
        transactions,
        deadLetters,
        isTransient,
        log,
        onDead: (event, cause) => this.copyDead(subscription.group, event, cause),
        ...(backOff === undefined ? {} : { backOff }),
      },
      inbox,
      unreadable,
      onStalled,
      stallLimits,
    });
    consumer.start();
    this.#consumers.add(consumer);
    return Promise.resolve(consumer);
  }

  /** @throws when no broker answers within the connection time-out */
  async ping(): Promise<void> {
    const admin = this.#kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await admin.describeCluster();
    } finally {
      await admin.disconnect();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.publisher.close();
  }

  /** Copies a dead letter to its topic, for whoever watches the broker; the table stays the truth. */
  copyDead(group: string, event: LoggedEvent, cause: string): void {
    this.publisher.publishDead(event.topic, group, event, cause).catch((err: unknown) => {
      this.#options.log.warn({ group, err }, 'dead letter not copied to its topic');
    });
  }
}
