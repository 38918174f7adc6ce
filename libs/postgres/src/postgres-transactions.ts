import {
  CommitUnknown,
  DatabaseAway,
  type PoolName,
  type Statement,
  type Transactions,
  type Tx,
} from '@tocsin/event-log';
import type pg from 'pg';
import type { Pools } from './pools.js';
import { isConnectionFailure, isContention } from './sql-failures.js';

const MOST_RETRIES = 5;

/** Transactions over the two pools. */
export class PostgresTransactions implements Transactions {
  readonly #pools: Pools;

  constructor(pools: Pools) {
    this.#pools = pools;
  }

  /**
   * Runs the work in one READ COMMITTED transaction. Deadlocks and serialisation failures run it again, at most five
   * times, so it must have no effect outside of `tx`.
   * @throws DatabaseAway: nothing has happened · CommitUnknown: the connection broke during COMMIT · whatever the work throws
   */
  async run<T>(pool: PoolName, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await this.#once(pool, work);
      } catch (error) {
        if (!isContention(error) || tries >= MOST_RETRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** tries));
      }
    }
  }

  /**
   * Runs one statement outside any transaction: one round trip.
   * @throws DatabaseAway: it was not sent · CommitUnknown: the connection broke after it was sent
   */
  async query<Row>(pool: PoolName, statement: Statement): Promise<Row[]> {
    const client = await this.#connect(pool);
    let broken = false;
    try {
      return await send<Row>(client, statement);
    } catch (error) {
      broken = isConnectionFailure(error);
      throw broken ? new CommitUnknown('the connection broke during a statement', { cause: error }) : error;
    } finally {
      client.release(broken);
    }
  }

  async #once<T>(pool: PoolName, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#connect(pool);
    const tx = new PostgresTx(client);
    let broken = false;
    let result: T;
    try {
      await tx.query(BEGIN);
      result = await work(tx);
      await commit(client);
    } catch (error) {
      broken =
        isConnectionFailure(error) ||
        isConnectionFailure((error as Error).cause) ||
        !(await rolledBack(client));
      throw error;
    } finally {
      tx.close();
      client.release(broken);
    }
    for (const act of tx.acts) act();
    return result;
  }

  async #connect(pool: PoolName): Promise<pg.PoolClient> {
    try {
      return await this.#pools[pool].connect();
    } catch (cause) {
      throw new DatabaseAway('the database cannot be reached', { cause });
    }
  }
}

const BEGIN: Statement = { text: 'BEGIN', values: [] };

class PostgresTx implements Tx {
  readonly acts: (() => void)[] = [];
  #client: pg.PoolClient | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<Row>(statement: Statement): Promise<Row[]> {
    // A statement after the end would run on a connection that is already somebody else's.
    if (this.#client === undefined) throw new Error('the transaction has ended: a query was not awaited');
    try {
      return await send<Row>(this.#client, statement);
    } catch (error) {
      if (isConnectionFailure(error))
        throw new DatabaseAway('the connection broke in a transaction', { cause: error });
      throw error;
    }
  }

  afterCommit(act: () => void): void {
    this.acts.push(act);
  }

  close(): void {
    this.#client = undefined;
  }
}

async function send<Row>(client: pg.PoolClient, statement: Statement): Promise<Row[]> {
  const { name, text, values } = statement;
  const result = await client.query(
    name === undefined ? { text, values: values as unknown[] } : { name, text, values: values as unknown[] },
  );
  return result.rows as Row[];
}

async function commit(client: pg.PoolClient): Promise<void> {
  let result: pg.QueryResult;
  try {
    result = await client.query('COMMIT');
  } catch (error) {
    if (isConnectionFailure(error))
      throw new CommitUnknown('the connection broke during COMMIT', { cause: error });
    throw error;
  }
  // COMMIT of a transaction in which a statement failed answers ROLLBACK, not an error: a swallowed failure would
  // look like success.
  if (result.command !== 'COMMIT')
    throw new Error('the transaction was rolled back: an error in it was swallowed');
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
  }
}
