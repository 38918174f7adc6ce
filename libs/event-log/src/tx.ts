/** One SQL statement. A `name` makes it prepared once per connection: every hot statement has one. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** An open transaction of the service's own database. It commits when the function that was given it returns. */
export interface Tx {
  query<Row>(statement: Statement): Promise<Row[]>;
  /** Runs once the transaction has committed, never if it has not; must not throw. For wake-ups, not for effects. */
  afterCommit(act: () => void): void;
}

/** Which pool: P1 and P2 have connections of their own, so that nothing queues in front of them. */
export type PoolName = 'hot' | 'cold';

/** Opens transactions. Deadlocks and serialisation failures are retried here (at most 5 times). */
export interface Transactions {
  run<T>(pool: PoolName, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A single statement outside any transaction. */
  query<Row>(pool: PoolName, statement: Statement): Promise<Row[]>;
}
