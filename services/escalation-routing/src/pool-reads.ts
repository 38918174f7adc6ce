import type { Statement, Transactions } from '@tocsin/event-log';
import type { Reads } from './shift-change.store.js';

/** Reads that belong to no transaction: what people look at, never what a decision stands on. */
export class PoolReads implements Reads {
  constructor(private readonly transactions: Transactions) {}

  query<Row>(statement: Statement): Promise<Row[]> {
    return this.transactions.query<Row>('cold', statement);
  }
}
