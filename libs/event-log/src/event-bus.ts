import type { Lane, Topic } from '@tocsin/contracts';
import type { LoggedEvent } from './event-log.js';
import type { Tx } from './tx.js';

/**
 * Handles a batch of fresh events of one lane, in order per key, inside the transaction that also marks them as
 * handled: effects and marking commit together, so each event takes effect exactly once.
 * Throw a `PoisonError` for an event that can never be handled; any other error is retried.
 */
export type BatchHandler = (events: readonly LoggedEvent[], tx: Tx) => Promise<void>;

/** One service's reading of one topic. */
export interface Subscription {
  /** `groupOf(service, topic)`. */
  readonly group: string;
  readonly topic: Topic;
  /** Most events in one transaction. */
  readonly maxBatch?: number;
}

export interface Consumer {
  /** Finishes the batch in hand, then stops. */
  stop(): Promise<void>;
  /** For readiness and metrics. */
  status(): ConsumerStatus;
}

export interface ConsumerStatus {
  readonly group: string;
  readonly running: boolean;
  /** Milliseconds since the last time the consumer was seen alive (a poll counts). */
  readonly silentFor: number;
  readonly handled: number;
  readonly dead: number;
}

/** Carries events from the log to the consumers: straight from the outbox, or over Kafka. */
export interface EventBus {
  readonly kind: 'postgres' | 'kafka';
  /**
   * Sends one batch of one lane, in order; resolves when the broker has acknowledged all of it. Callers may be
   * concurrent: the port keeps one batch in flight per lane. Used by the relay only.
   */
  publish(topic: Topic, lane: Lane, events: readonly LoggedEvent[]): Promise<void>;
  consume(subscription: Subscription, handler: BatchHandler): Promise<Consumer>;
  close(): Promise<void>;
}

/** This event can never be handled: it goes to the dead letters with its cause, the rest go on. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  constructor(
    readonly event: Pick<LoggedEvent, 'batch' | 'n'>,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
