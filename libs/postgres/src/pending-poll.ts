import type { Lane } from '@tocsin/contracts';
import type { Log, Transactions } from '@tocsin/event-log';

const EVERY = 1_000;

interface Watched {
  readonly group: string;
  readonly lane: Lane;
  readonly wake: () => void;
  readonly alive: () => void;
}

/**
 * Once a second asks which groups and lanes have hand-off rows and wakes those: the truth behind the wake-ups, which
 * may be lost. One query for all consumers of a process.
 */
export class PendingPoll {
  readonly #transactions: Transactions;
  readonly #log: Log;
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;
  #polling: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(transactions: Transactions, log: Log) {
    this.#transactions = transactions;
    this.#log = log;
  }

  add(group: string, lane: Lane, wake: () => void, alive: () => void): () => void {
    const watched = { group, lane, wake, alive };
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => this.#tick(), EVERY);
    return () => void this.#watched.delete(watched);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#polling;
  }

  #tick(): void {
    const before = this.#polling;
    this.#polling = before.then(() => this.#poll());
  }

  async #poll(): Promise<void> {
    const watched = [...this.#watched];
    if (watched.length === 0) return;
    try {
      const rows = await this.#transactions.query<{ grp: string; lane: Lane }>('cold', {
        name: 'poll pending',
        text: `SELECT w.grp, w.lane FROM unnest($1::text[], $2::text[]) AS w (grp, lane)
               WHERE EXISTS (SELECT 1 FROM event_log.pending p WHERE p.grp = w.grp AND p.lane = w.lane)`,
        values: [watched.map(({ group }) => group), watched.map(({ lane }) => lane)],
      });
      const found = new Set(rows.map(({ grp, lane }) => `${grp} ${lane}`));
      for (const { group, lane, wake, alive } of watched) {
        alive();
        if (found.has(`${group} ${lane}`)) wake();
      }
      this.#failing = false;
    } catch (err) {
      if (!this.#failing) this.#log.warn({ err }, 'poll for pending events failed');
      this.#failing = true;
    }
  }
}
