import { LANES, type Lane } from '@tocsin/contracts';
import type { BatchHandler, Consumer, EventBus, Log, Subscription, Transactions } from '@tocsin/event-log';
import { DeadLetterTable } from './dead-letter-table.js';
import { PendingConsumer } from './pending-consumer.js';
import { PendingPoll } from './pending-poll.js';
import type { WakeHub } from './wake-hub.js';

export interface PostgresEventBusOptions {
  readonly transactions: Transactions;
  readonly wake: WakeHub;
  readonly log: Log;
  /** Waits between the tries of a failing batch, milliseconds; for tests. */
  readonly backOff?: readonly number[];
}

/** Consumers read the producers' outboxes themselves, led by the hand-off rows. */
export class PostgresEventBus implements EventBus {
  readonly kind = 'postgres';
  readonly #options: PostgresEventBusOptions;
  readonly #poll: PendingPoll;
  readonly #consumers = new Set<Consumer>();

  constructor(options: PostgresEventBusOptions) {
    this.#options = options;
    this.#poll = new PendingPoll(options.transactions, options.log);
  }

  consume(
    subscription: Subscription,
    handler: BatchHandler,
    lanes: readonly Lane[] = LANES,
  ): Promise<Consumer> {
    const { transactions, wake, log, backOff } = this.#options;
    const consumer = new PendingConsumer({
      subscription,
      lanes,
      handler,
      transactions,
      deadLetters: new DeadLetterTable(),
      wake,
      poll: this.#poll,
      log,
      ...(backOff === undefined ? {} : { backOff }),
    });
    consumer.start();
    this.#consumers.add(consumer);
    return Promise.resolve(consumer);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    await this.#poll.close();
  }
}
