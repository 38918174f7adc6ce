import type { BatchHandler, Consumer, ConsumerStatus, EventBus, Subscription } from '@tocsin/event-log';

/** Remembers the consumers of a bus by group: metrics ask them, and re-drives that were asked for go through them. */
export class WatchedBus implements EventBus {
  readonly kind: EventBus['kind'];
  readonly #bus: EventBus;
  readonly #consumers = new Map<string, Consumer>();

  constructor(bus: EventBus) {
    this.#bus = bus;
    this.kind = bus.kind;
  }

  async consume(subscription: Subscription, handler: BatchHandler): Promise<Consumer> {
    const consumer = await this.#bus.consume(subscription, handler);
    this.#consumers.set(subscription.group, consumer);
    return consumer;
  }

  close(): Promise<void> {
    return this.#bus.close();
  }

  consumerOf(group: string): Consumer | undefined {
    return this.#consumers.get(group);
  }

  statuses(): readonly ConsumerStatus[] {
    return [...this.#consumers.values()].map((consumer) => consumer.status());
  }
}
