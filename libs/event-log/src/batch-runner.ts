import type { BatchHandler } from './event-bus.js';
import { PoisonError } from './event-bus.js';
import type { DeadLetters } from './dead-letter.js';
import type { LoggedEvent } from './event-log.js';
import { causeOf, isolate } from './isolate.js';
import type { Log } from './log.js';
import type { PoolName, Transactions, Tx } from './tx.js';

/** An event as the claim of a batch returns it. */
export interface ClaimedEvent extends LoggedEvent {
  /** An earlier event of its key lies in the dead letters of this group. */
  readonly blocked: boolean;
}

/**
 * Takes the next events inside the transaction that will hold their effects, and marks them as handled there: by
 * deleting their hand-off row, by inserting them into the inbox, or both. Events already handled are not returned.
 */
export type Claim = (tx: Tx) => Promise<readonly ClaimedEvent[]>;

/** What became of the events of one transaction: `dead` lie in the dead letters now, `waiting` behind one. */
export interface BatchOutcome {
  readonly handled: number;
  readonly dead: number;
  readonly waiting: number;
}

export interface BatchRunnerOptions {
  readonly group: string;
  readonly maxBatch: number;
  readonly handler: BatchHandler;
  readonly transactions: Transactions;
  readonly deadLetters: DeadLetters;
  /** The database's fault, not the event's: such errors pause the consumer and are never dead-lettered. */
  readonly isTransient: (error: unknown) => boolean;
  readonly log: Log;
  /** Told once an event has gone to the dead letters; must not throw. */
  readonly onDead?: (event: LoggedEvent, cause: string) => void;
  /** Waits between two tries of a batch, in milliseconds; their number is the number of tries after the first. */
  readonly backOff?: readonly number[];
}

/** Three tries within half a second: a poison event is out of the way long before anybody is paged late by it. */
const BACK_OFF = [100, 400];

/** Turns one claim into one transaction of effects. Shared by both event paths. */
export class BatchRunner {
  readonly #options: BatchRunnerOptions;
  readonly #backOff: readonly number[];

  constructor(options: BatchRunnerOptions) {
    this.#options = options;
    this.#backOff = options.backOff ?? BACK_OFF;
  }

  /**
   * Runs the claim and the handler in one transaction. An error of the handler is tried again, then the poison event
   * is found by bisection and parked with its cause; the rest take effect.
   * @throws transient errors, with nothing done: pause and call again
   */
  async run(pool: PoolName, claim: Claim): Promise<BatchOutcome> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#transact(pool, claim, tries);
      } catch (error) {
        if (this.#options.isTransient(error) || tries > this.#backOff.length) throw error;
        this.#options.log.warn({ group: this.#options.group, tries: tries + 1, err: error }, 'batch failed');
        // A poison event says so itself: waiting would not make it better.
        const wait = error instanceof PoisonError ? 0 : (this.#backOff[tries] ?? 0);
        if (error instanceof PoisonError) tries = this.#backOff.length;
        if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  #transact(pool: PoolName, claim: Claim, tries: number): Promise<BatchOutcome> {
    const { handler, transactions, maxBatch } = this.#options;
    return transactions.run(pool, async (tx) => {
      const claimed = await claim(tx);
      if (claimed.length === 0) return NOTHING;
      const { fresh, waiting } = await this.#holdBack(tx, claimed);
      if (tries > this.#backOff.length) return this.#isolate(tx, fresh, waiting);
      for (let at = 0; at < fresh.length; at += maxBatch) await handler(fresh.slice(at, at + maxBatch), tx);
      if (waiting.length > 0)
        await this.#park(
          tx,
          waiting.map((event) => ({ event })),
        );
      return { handled: fresh.length, dead: 0, waiting: waiting.length };
    });
  }

  /** Parts the events whose key is blocked from those that may take effect now. */
  async #holdBack(
    tx: Tx,
    claimed: readonly ClaimedEvent[],
  ): Promise<{ fresh: readonly LoggedEvent[]; waiting: LoggedEvent[] }> {
    const suspects = claimed.filter((event) => event.blocked);
    if (suspects.length === 0) return { fresh: claimed, waiting: [] };
    const keys = [...new Set(suspects.map((event) => event.key))].sort();
    const blocked = await this.#options.deadLetters.lockBlockedKeys(tx, this.#options.group, keys);
    return {
      fresh: claimed.filter((event) => !blocked.has(event.key)),
      waiting: claimed.filter((event) => blocked.has(event.key)),
    };
  }

  async #isolate(
    tx: Tx,
    fresh: readonly LoggedEvent[],
    waiting: readonly LoggedEvent[],
  ): Promise<BatchOutcome> {
    const { handler, isTransient, maxBatch, group, log } = this.#options;
    const found = await isolate(tx, fresh, { handler, isTransient, maxBatch });
    for (const { event, error } of found.poison) {
      // The alarm is raised once per letter by whoever watches the table; this line has the stack.
      log.warn(
        { group, batch: event.batch, n: event.n, key: event.key, err: error },
        'event put to the dead letters',
      );
    }
    const behind = [...waiting, ...found.behind];
    await this.#park(tx, [
      ...found.poison.map(({ event, error }) => ({ event, cause: causeOf(error) })),
      ...behind.map((event) => ({ event })),
    ]);
    for (const { event, error } of found.poison) {
      tx.afterCommit(() => this.#options.onDead?.(event, causeOf(error)));
    }
    return { handled: found.handled.length, dead: found.poison.length, waiting: behind.length };
  }

  #park(tx: Tx, letters: Parameters<DeadLetters['park']>[2]): Promise<void> {
    return this.#options.deadLetters.park(tx, this.#options.group, letters);
  }
}

const NOTHING: BatchOutcome = { handled: 0, dead: 0, waiting: 0 };
