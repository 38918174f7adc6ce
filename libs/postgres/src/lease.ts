import type { Transactions } from '@tocsin/event-log';

const SECONDS = 5;

/**
 * A lease on a named duty, held by one of several replicas; `token` grows with every holder, so that a write of an
 * earlier one can be refused. Time is the database's.
 */
export class Lease {
  readonly name: string;
  readonly #transactions: Transactions;
  readonly #holder: string;
  #token: string | undefined;
  #renewAt = 0;

  constructor(transactions: Transactions, name: string, holder: string) {
    this.#transactions = transactions;
    this.name = name;
    this.#holder = holder;
  }

  /** The token, or undefined while another holds the lease. Renews it in the second half of its time. */
  async hold(): Promise<string | undefined> {
    if (this.#token !== undefined && performance.now() < this.#renewAt) return this.#token;
    const [row] = await this.#transactions.query<{ token: string }>('cold', {
      name: 'hold lease',
      text: `INSERT INTO event_log.lease AS l (name, holder, token, until)
             VALUES ($1, $2, nextval('event_log.token_seq'), event_log.tocsin_now() + interval '${SECONDS} seconds')
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
               token = CASE WHEN l.holder = excluded.holder AND l.until > event_log.tocsin_now()
                            THEN l.token ELSE excluded.token END
             WHERE l.holder = excluded.holder OR l.until < event_log.tocsin_now()
             RETURNING token`,
      values: [this.name, this.#holder],
    });
    this.#token = row?.token;
    this.#renewAt = performance.now() + (SECONDS * 1000) / 2;
    return this.#token;
  }

  /** Lets another take it at once. */
  async release(): Promise<void> {
    if (this.#token === undefined) return;
    await this.#transactions.query('cold', {
      text: 'DELETE FROM event_log.lease WHERE name = $1 AND token = $2',
      values: [this.name, this.#token],
    });
    this.#token = undefined;
  }
}
