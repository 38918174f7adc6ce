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
  /** Most events in one call of the handler; 200 unless told. */
  readonly maxBatch?: number;
  /** Milliseconds that a busy reader waits for company: long for what nobody waits for, such as a timeline. */
  readonly linger?: number;
}

export interface Consumer {
  /** Finishes the batch in hand, then stops. */
  stop(): Promise<void>;
  /** For readiness and metrics. */
  status(): ConsumerStatus;
  /**
   * Hands a dead letter and the events that wait behind it to the handler again. Idempotent: the second call finds
   * nothing to do.
   */
  redrive(id: string): Promise<Redriven>;
}

/** What became of a re-drive: how many events took effect now, or why none did. */
export type Redriven =
  | { readonly ok: true; readonly handled: number }
  | { readonly ok: false; readonly reason: 'unknown-letter' }
  | { readonly ok: false; readonly reason: 'failed-again'; readonly cause: string };

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
  consume(subscription: Subscription, handler: BatchHandler): Promise<Consumer>;
  close(): Promise<void>;
}

/** The sending half of a bus with a broker; the relay alone uses it. */
export interface EventPublisher {
  /**
   * Sends events of one lane, in order; resolves when the broker has acknowledged all of them. Callers may be
   * concurrent: one batch of a topic and lane is in flight at a time, and it is sent again until it is acknowledged
   * before the next one leaves, so nothing is reordered.
   * @throws what the broker refused for ever (an oversized event), or that the publisher was closed meanwhile
   */
  publish(topic: Topic, lane: Lane, events: readonly LoggedEvent[]): Promise<void>;
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
