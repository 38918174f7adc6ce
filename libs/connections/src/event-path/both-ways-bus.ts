import type {
  BatchHandler,
  Consumer,
  ConsumerStatus,
  EventBus,
  Log,
  Subscription,
  Transactions,
} from '@tocsin/event-log';
import type { KafkaEventBus } from '@tocsin/kafka';
import {
  DeadLetterTable,
  InboxTable,
  PendingConsumer,
  type PendingPoll,
  type WakeHub,
} from '@tocsin/postgres';

export interface BothWaysBusOptions {
  readonly kafka: KafkaEventBus;
  readonly transactions: Transactions;
  readonly wake: WakeHub;
  readonly poll: PendingPoll;
  readonly log: Log;
  readonly backOff?: readonly number[];
}

/**
 * Events over Kafka, and the hot lane by its direct hand-off rows as well: a P1 does not wait for a broker that is
 * away. Both ways mark what they handle in the same inbox, so the second arrival has no effect.
 */
export class BothWaysBus implements EventBus {
  readonly kind = 'kafka';
  readonly #options: BothWaysBusOptions;
  readonly #consumers = new Set<Consumer>();

  constructor(options: BothWaysBusOptions) {
    this.#options = options;
  }

  async consume(subscription: Subscription, handler: BatchHandler): Promise<Consumer> {
    const { kafka, transactions, wake, poll, log, backOff } = this.#options;
    const inbox = new InboxTable();
    const direct = new PendingConsumer({
      subscription,
      lanes: ['hot'],
      handler,
      transactions,
      deadLetters: new DeadLetterTable(),
      wake,
      poll,
      log,
      onlyFresh: (tx, group, events) => inbox.fresh(tx, group, events),
      onDead: (event, cause) => kafka.copyDead(subscription.group, event, cause),
      ...(backOff === undefined ? {} : { backOff }),
    });
    direct.start();
    const consumer = joined(subscription.group, direct, await kafka.consume(subscription, handler));
    this.#consumers.add(consumer);
    return consumer;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#options.kafka.close();
  }
}

const joined = (group: string, direct: Consumer, broker: Consumer): Consumer => ({
  stop: async () => void (await Promise.all([direct.stop(), broker.stop()])),
  redrive: (id) => direct.redrive(id),
  status: (): ConsumerStatus => {
    const [a, b] = [direct.status(), broker.status()];
    return {
      group,
      running: a.running && b.running,
      silentFor: Math.max(a.silentFor, b.silentFor),
      handled: a.handled + b.handled,
      dead: a.dead + b.dead,
    };
  },
});
