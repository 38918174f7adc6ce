import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommitUnknown, DatabaseAway, type Log } from '@tocsin/event-log';
import { testDatabase, until, type TestDatabase } from '@tocsin/test-rig';
import { openPools, type Pools } from './pools.js';
import { PostgresTransactions } from './postgres-transactions.js';
import { isTransient } from './sql-failures.js';

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const sql = (text: string, ...values: unknown[]) => ({ text, values });
const killMe = sql('SELECT pg_terminate_backend(pg_backend_pid())');

describe('transactions', () => {
  let db: TestDatabase;
  let pools: Pools;
  let transactions: PostgresTransactions;
  beforeAll(async () => {
    db = await testDatabase();
    await db.query('CREATE TABLE row (id int PRIMARY KEY, n int NOT NULL DEFAULT 0)');
    await db.query('INSERT INTO row (id) VALUES (1), (2)');
    pools = openPools({ url: db.url, applicationName: 'spec', hot: 2, cold: 2, log: silent });
    transactions = new PostgresTransactions(pools);
  });
  afterAll(async () => {
    await pools.close();
    await db.drop();
  });

  const valueOf = async (id: number): Promise<number | undefined> =>
    (await db.query<{ n: number }>('SELECT n FROM row WHERE id = $1', [id]))[0]?.n;

  it('runs what was registered for after the commit only when it has committed', async () => {
    const told: string[] = [];
    await transactions.run('hot', async (tx) => {
      tx.afterCommit(() => told.push('committed'));
      await tx.query(sql('SELECT 1'));
      expect(told).toEqual([]);
    });
    const failing = transactions.run('hot', (tx) => {
      tx.afterCommit(() => told.push('never'));
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(told).toEqual(['committed']);
  });

  it('runs work again that met a deadlock, until it succeeds', async () => {
    await db.query('UPDATE row SET n = 0');
    const swap = (first: number, second: number) =>
      transactions.run('cold', async (tx) => {
        await tx.query(sql('UPDATE row SET n = n + 1 WHERE id = $1', first));
        await tx.query(sql('SELECT pg_sleep(0.05)'));
        await tx.query(sql('UPDATE row SET n = n + 1 WHERE id = $1', second));
      });
    await Promise.all([swap(1, 2), swap(2, 1)]);
    expect([await valueOf(1), await valueOf(2)]).toEqual([2, 2]);
  });

  it('refuses to call a transaction committed whose failed statement was swallowed', async () => {
    const swallowing = transactions.run('cold', async (tx) => {
      await tx.query(sql('UPDATE row SET n = 99'));
      await tx.query(sql('SELECT 1 / 0')).catch(nothing);
    });
    await expect(swallowing).rejects.toThrow('swallowed');
    expect(await valueOf(1)).not.toBe(99);
  });

  it('tells a connection that broke before COMMIT from one that broke in it', async () => {
    const before = transactions.run('cold', (tx) => tx.query(killMe));
    await expect(before).rejects.toBeInstanceOf(DatabaseAway);
    await db.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'`);
    await db.query(
      'CREATE CONSTRAINT TRIGGER dying AFTER UPDATE ON row DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION die()',
    );
    const during = transactions.run('cold', (tx) => tx.query(sql('UPDATE row SET n = 7 WHERE id = 1')));
    await expect(during).rejects.toBeInstanceOf(CommitUnknown);
    await expect(transactions.query('cold', killMe)).rejects.toBeInstanceOf(CommitUnknown);
    await db.query('DROP TRIGGER dying ON row');
  });

  it('goes on after all its connections were cut, without the process noticing', async () => {
    await db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'spec%'`,
    );
    await until(async () => (await transactions.query('hot', sql('SELECT 1'))).length === 1);
  });

  it('refuses a query after the end of its transaction instead of running it on somebody else’s', async () => {
    let late: (() => Promise<unknown>) | undefined;
    await transactions.run('hot', (tx) => {
      late = () => tx.query(sql('SELECT 1'));
      return Promise.resolve();
    });
    await expect(late?.()).rejects.toThrow('has ended');
  });

  it('sets the time-outs that free what a frozen process holds', async () => {
    const settings = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
    const rows = await transactions.query<{ setting: string }>(
      'hot',
      sql('SELECT setting FROM pg_settings WHERE name = ANY($1) ORDER BY array_position($1, name)', settings),
    );
    expect(rows.map(({ setting }) => setting)).toEqual(['5000', '2000', '10000']);
  });

  it.each([
    ['SELECT 1 / 0', false],
    ['SELECT * FROM nowhere', false],
    ['INSERT INTO row (id) VALUES (1)', false],
    [`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$`, true],
    [`SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)`, true],
  ])('knows whose fault it is: %s', async (text, transient) => {
    const error = await transactions
      .run('cold', (tx) => tx.query(sql(text)))
      .catch((thrown: unknown) => thrown);
    expect(isTransient(error)).toBe(transient);
    expect(isTransient(new Error('wrapped', { cause: error }))).toBe(transient);
  });

  it('says that the database is away when nobody listens there', async () => {
    const nowhere = openPools({
      url: 'postgres://x@127.0.0.1:1/x',
      applicationName: 'spec',
      hot: 1,
      cold: 1,
      log: silent,
    });
    const error = await new PostgresTransactions(nowhere)
      .query('hot', sql('SELECT 1'))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DatabaseAway);
    expect(isTransient(error)).toBe(true);
    await nowhere.close();
  });
});
