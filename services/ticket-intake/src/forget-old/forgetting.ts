import { schemaOf } from '@tocsin/contracts';
import type { Statement, Transactions } from '@tocsin/event-log';
import { type Host, type Loop, Repeated } from '@tocsin/runtime';
import type { ConservationStore } from '../count-conservation/conservation.store.js';

const schema = schemaOf('ticket-intake');
/** Milliseconds between rounds. */
const EVERY = 600_000;
/** Rows of one statement: short enough to disturb nobody. */
const CHUNK = 5000;

/** What is kept how long. Repeats are recognised for 14 days; counters stand for three months. */
const KEPT: readonly { table: string; time: string; days: number }[] = [
  { table: 'received', time: 'received_at', days: 14 },
  { table: 'raw_event', time: 'received_at', days: 14 },
  { table: 'vault', time: 'received_at', days: 14 },
  { table: 'conservation', time: 'minute', days: 92 },
];

const forget = ({ table, time, days }: (typeof KEPT)[number]): Statement => ({
  text: `DELETE FROM ${schema}.${table} WHERE ctid = ANY (ARRAY(
    SELECT ctid FROM ${schema}.${table} WHERE ${time} < event_log.tocsin_now() - $1::int * interval '1 day' LIMIT ${CHUNK}))
    RETURNING 1`,
  values: [days],
});

/** Removes what has outlived its time, in small pieces. Several processes may do it at once. */
export class Forgetting implements Loop {
  readonly name = 'forgetting old events';
  private readonly rounds = new Repeated(EVERY, () => this.forgetAll());
  private stopped = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly conservation: Pick<ConservationStore, 'fold'>,
    private readonly log: Host['log'],
  ) {}

  start(): Promise<void> {
    return this.rounds.start();
  }

  stop(): Promise<void> {
    this.stopped = true;
    return this.rounds.stop();
  }

  /** One round over all tables; counts of past hours are folded together. Never rejects: the next round tries again. */
  async forgetAll(): Promise<void> {
    try {
      await this.conservation.fold();
      for (const kept of KEPT)
        while (!this.stopped && (await this.transactions.query('cold', forget(kept))).length === CHUNK);
    } catch (err) {
      this.log.warn({ err }, 'old events could not be forgotten');
    }
  }
}
