import type { Lane, Topic } from '@tocsin/contracts';
import type { Tx } from './tx.js';

/** An event to be appended. Payloads are serialised once, by the writer. */
export interface NewEvent {
  readonly topic: Topic;
  readonly lane: Lane;
  /** Order is kept per key. */
  readonly key: string;
  readonly type: string;
  /** JSON text. */
  readonly payload: string;
  /** W3C trace context of the cause. */
  readonly traceparent?: string | undefined;
}

/** An event as a consumer gets it. (batch, n) is its ordered identity over all topics of one database. */
export interface LoggedEvent extends NewEvent {
  readonly batch: string;
  readonly n: number;
  /** ISO 8601; the database's clock at append. */
  readonly time: string;
}

/** Appends events in the caller's transaction: state change and outgoing events commit together. */
export interface EventLog {
  append(tx: Tx, events: readonly NewEvent[]): Promise<void>;
}
