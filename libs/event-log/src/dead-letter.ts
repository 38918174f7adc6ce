import type { ClaimedEvent } from './batch-runner.js';
import type { LoggedEvent } from './event-log.js';
import type { Tx } from './tx.js';

/** An event that could not be handled, or one of the same key that must wait behind it. */
export interface DeadLetter {
  readonly event: LoggedEvent;
  /** Undefined: nothing is wrong with this one, it waits behind an earlier event of its key. */
  readonly cause?: string;
}

/** Where events rest that could not be handled, in order per key. Everything happens in the caller's transaction. */
export interface DeadLetters {
  park(tx: Tx, group: string, letters: readonly DeadLetter[]): Promise<void>;
  /**
   * Locks these keys against a re-drive and tells which are still blocked: an event may wait only behind a letter
   * that is still there when the wait begins.
   */
  lockBlockedKeys(tx: Tx, group: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** Locks the letter's key and returns all letters of that key in order, the poison first; empty when it is gone. */
  takeKeyOf(tx: Tx, group: string, id: string): Promise<readonly LoggedEvent[]>;
  /** Removes letters that have been handled. */
  remove(tx: Tx, group: string, events: readonly LoggedEvent[]): Promise<void>;
}

/** What a group has handled of the events that may reach it more than once. */
export interface Inbox {
  /**
   * Marks the events as handled in the caller's transaction and returns those that had not been, in their order; the
   * rest have had their effect. Waits for a concurrent transaction that is handling one of them.
   */
  fresh(tx: Tx, group: string, events: readonly LoggedEvent[]): Promise<readonly ClaimedEvent[]>;
}

/** A message of a broker that is no event: kept as it came, with the reason. */
export interface UnreadableMessage {
  /** Topic, partition and offset: the message's identity. */
  readonly origin: string;
  readonly cause: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface UnreadableMessages {
  park(tx: Tx, group: string, messages: readonly UnreadableMessage[]): Promise<void>;
}
