import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { TOPICS, type ServiceName, type Topic } from '@tocsin/contracts';
import { lastValueFrom } from 'rxjs';
import type { Consumer, EventBus, Redriven, Subscription } from './event-bus.js';
import type { LoggedEvent } from './event-log.js';
import { OriginalErrors } from './original-errors.filter.js';
import type { Tx } from './tx.js';

export interface EventLogStrategyOptions {
  /** Only the handlers of this service are driven: one Nest application may hold several services. */
  readonly service: ServiceName;
  readonly bus: EventBus;
  readonly maxBatch?: number;
  /** Milliseconds per topic; see `Subscription.linger`. */
  readonly linger?: Partial<Record<Topic, number>>;
}

/**
 * Drives `@EventPattern<string>(groupOf(service, topic)) handle(@Payload() events: LoggedEvent[], @Ctx() tx: Tx)`: each call
 * gets a batch of fresh events and the transaction that marks them as handled; an error that it throws undoes both.
 */
export class EventLogStrategy extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  override transportId = Symbol('event log');
  readonly #options: EventLogStrategyOptions;
  readonly #consumers = new Map<string, Consumer>();

  constructor(options: EventLogStrategyOptions) {
    super();
    this.#options = options;
  }

  /** Starts a consumer per pattern of this service. */
  listen(callback: (error?: unknown) => void): void {
    this.#consumeAll().then(() => callback(), callback);
  }

  /** Each consumer finishes the batch in hand. */
  async close(): Promise<void> {
    await Promise.all([...this.#consumers.values()].map((consumer) => consumer.stop()));
  }

  /** The running consumers, by group. */
  consumers(): ReadonlyMap<string, Consumer> {
    return this.#consumers;
  }

  /** Hands a dead letter of one of this service's groups to its handler again; safe to call twice. */
  redrive(group: string, id: string): Promise<Redriven> {
    return (
      this.#consumers.get(group)?.redrive(id) ?? Promise.resolve({ ok: false, reason: 'unknown-letter' })
    );
  }

  on(): never {
    throw new Error('the event log has no connection events; ask consumers() for their status');
  }

  unwrap<T>(): T {
    return this.#options.bus as T;
  }

  async #consumeAll(): Promise<void> {
    const { service, bus, maxBatch, linger } = this.#options;
    for (const [group, handler] of this.messageHandlers) {
      if (!group.startsWith(`${service}.`)) continue;
      // Nest would run the second handler beside the first, in the same transaction.
      if (handler.next !== undefined) throw new Error(`two handlers for ${group}`);
      const topic = group.slice(service.length + 1);
      if (!isTopic(topic)) throw new Error(`${group} names no topic`);
      const wait = linger?.[topic];
      const subscription: Subscription = {
        group,
        topic,
        ...(maxBatch === undefined ? {} : { maxBatch }),
        ...(wait === undefined ? {} : { linger: wait }),
      };
      const consumer = await bus.consume(subscription, async (events: readonly LoggedEvent[], tx: Tx) => {
        const result = this.transformToObservable<unknown>(await handler(events, tx));
        await lastValueFrom(result, { defaultValue: undefined });
      });
      this.#consumers.set(group, consumer);
    }
  }
}

const isTopic = (text: string): text is Topic => Object.hasOwn(TOPICS, text);

/** What a service puts into its parts as `strategy`: the transport, and the filter that it needs. */
export const eventTransport = (
  options: EventLogStrategyOptions,
): { readonly strategy: EventLogStrategy; readonly filters: readonly OriginalErrors[] } => ({
  strategy: new EventLogStrategy(options),
  filters: [new OriginalErrors()],
});
