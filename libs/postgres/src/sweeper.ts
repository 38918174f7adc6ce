import type { Log, Statement, Transactions } from '@tocsin/event-log';

/** What is kept how long. */
export interface SweepRule {
  /** With its schema. */
  readonly table: string;
  /** The `timestamptz` column that tells the age; wants a BRIN index, for rows lie in the order of time. */
  readonly age: string;
  readonly days: number;
  /** A further condition on the row `t`, as constant SQL. */
  readonly where?: string;
}

/** Milliseconds between rounds, and rows of one statement: short enough to disturb nobody. */
const EVERY = 600_000;
const PIECE = 1_000;

/** Removes what has outlived its time, in small pieces. Several replicas may do it at once. */
export class Sweeper {
  readonly #transactions: Transactions;
  readonly #rules: readonly SweepRule[];
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(transactions: Transactions, rules: readonly SweepRule[], log: Log) {
    this.#transactions = transactions;
    this.#rules = rules;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.sweep());
    }, EVERY);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  /** One round over all rules. Never rejects: the next round tries again. */
  async sweep(): Promise<void> {
    for (const rule of this.#rules) {
      try {
        const swept = await this.#sweepOne(statementOf(rule));
        if (swept > 0) this.#log.info({ table: rule.table, swept }, 'old rows removed');
      } catch (err) {
        this.#log.warn({ table: rule.table, err }, 'old rows not removed');
      }
    }
  }

  async #sweepOne(statement: Statement): Promise<number> {
    let swept = 0;
    for (let more = true; more && !this.#stopped; ) {
      const { length } = await this.#transactions.query('cold', statement);
      swept += length;
      more = length === PIECE;
    }
    return swept;
  }
}

// «Now» in a sub-select: asked once per statement, so that the index can be used.
const statementOf = ({ table, age, days, where }: SweepRule): Statement => ({
  text: `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${table} t
           WHERE t.${age} < (SELECT event_log.tocsin_now() - $1::int * interval '1 day')
           ${where === undefined ? '' : `AND ${where}`} LIMIT ${PIECE} FOR UPDATE SKIP LOCKED))
         RETURNING 1`,
  values: [days],
});
