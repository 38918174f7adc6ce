import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '@tocsin/event-log';
import { testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { claimDue, nextDue } from './claim-due.js';
import { EVENT_LOG_SCHEMA } from './event-log-schema.js';
import { migrate } from './migrate.js';
import { openPools, type Pools } from './pools.js';
import { PostgresTransactions } from './postgres-transactions.js';

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const duty = { table: 'duty', due: 'due_at', returning: 'id, token', order: 'due_at, id' };

describe('claiming what is due', () => {
  let db: TestDatabase;
  let pools: Pools;
  let transactions: PostgresTransactions;
  beforeAll(async () => {
    db = await testDatabase();
    await migrate(db.url, [EVENT_LOG_SCHEMA], silent);
    await db.query(
      'CREATE TABLE duty (id int PRIMARY KEY, due_at timestamptz, lease_until timestamptz, token bigint)',
    );
    await db.query('CREATE INDEX ON duty (due_at) WHERE due_at IS NOT NULL');
    pools = openPools({ url: db.url, applicationName: 'spec', hot: 4, cold: 4, log: silent });
    transactions = new PostgresTransactions(pools);
  });
  afterAll(async () => {
    await pools.close();
    await db.drop();
  });
  beforeEach(async () => {
    await db.query('TRUNCATE duty');
    await db.query(
      `INSERT INTO duty SELECT i, clock_timestamp() - make_interval(secs => 100 - i) FROM generate_series(1, 50) i`,
    );
    await db.query(`INSERT INTO duty VALUES (100, clock_timestamp() + interval '1 hour'), (101, NULL)`);
  });

  it('gives each due row to exactly one of several instances, the longest due first, and none early', async () => {
    const claim = claimDue({ ...duty, lease: 30 });
    const all = await Promise.all(
      [1, 2, 3, 4].map(() => transactions.query<{ id: number }>('hot', claim(15))),
    );
    const ids = all.flat().map(({ id }) => id);
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });

  it('gives a row again once its lease has run out, with a greater token, so that the late holder is refused', async () => {
    const claim = claimDue({ ...duty, where: 'id = 1', lease: 30 });
    const [first] = await transactions.query<{ token: string }>('hot', claim(1));
    expect(await transactions.query('hot', claim(1))).toEqual([]);
    await db.query(`UPDATE duty SET lease_until = clock_timestamp() - interval '1 second' WHERE id = 1`);
    const [second] = await transactions.query<{ token: string }>('hot', claim(1));
    expect(BigInt(second?.token ?? 0)).toBeGreaterThan(BigInt(first?.token ?? 0));
    const late = await db.query('UPDATE duty SET due_at = NULL WHERE id = 1 AND token = $1 RETURNING id', [
      first?.token,
    ]);
    expect(late).toEqual([]);
  });

  it('without a lease locks rows until the transaction ends, and nobody waits for them', async () => {
    const claim = claimDue(duty);
    const [mine, others] = await transactions.run('hot', async (tx) => {
      const rows = await tx.query<{ id: number }>(claim(20));
      return [rows, await transactions.query<{ id: number }>('cold', claim(50))];
    });
    expect(mine.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(others).toHaveLength(30);
  });

  it('tells how long to sleep until the next row falls due, by the database’s clock', async () => {
    await db.query('DELETE FROM duty WHERE id <= 50');
    const [next] = await transactions.query<{ seconds: number | null }>('hot', nextDue(duty));
    expect(next?.seconds).toBeGreaterThan(3590);
    expect(await transactions.query('hot', nextDue({ ...duty, where: 'id = 101' }))).toEqual([
      { seconds: null },
    ]);
  });

  it('finds the due by the index, not by a scan of all that wait', async () => {
    await db.query(
      `INSERT INTO duty SELECT i, clock_timestamp() + interval '1 day' FROM generate_series(1000, 20000) i`,
    );
    await db.query('ANALYZE duty');
    const { text } = claimDue(duty)(10);
    const plan = await db.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text.replace('$1', '10')}`);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index Scan using duty_due_at_idx/);
  });
});
