import type { Instant } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { NOW } from './json-rows.js';

/** The database's clock, for reads that lock nothing. */
export class ClockStore {
  constructor(private readonly transactions: Transactions) {}

  async now(): Promise<Instant> {
    const [row] = await this.transactions.query<{ now: number }>('cold', {
      name: 'routing.now',
      text: `SELECT ${NOW} AS now`,
      values: [],
    });
    if (row === undefined) throw new Error('the clock gave no row');
    return row.now;
  }
}
