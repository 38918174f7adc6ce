import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { EVENT_LOG_SCHEMA, migrate, openPools, PostgresTransactions, Sweeper } from '@tocsin/postgres';
import { makeLogger } from '@tocsin/runtime';
import { testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { LEDGER_SWEEPS } from './ledger-sweeps.js';
import { ledgerMigrations } from './notification.migrations.js';

jest.setTimeout(30_000);

const log = makeLogger('silent');
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await migrate(
    database.url,
    [EVENT_LOG_SCHEMA, { schema: 'notification', migrations: ledgerMigrations }],
    log,
  );
});
afterAll(() => database.drop());

it('forgets the ledger after 90 days, but never an attempt that is not over', async () => {
  for (const [id, state] of [
    ['old', 'delivered'],
    ['stuck', 'planned'],
  ])
    await database.query(
      `INSERT INTO notification.attempt (tenant, case_id, epoch, round, step, person, method, try, channel, priority, state, due_at)
       VALUES ('default', $1, 1, 1, 0, 'bo', 'desk', 1, 'sandbox', 'P1', $2, clock_timestamp())`,
      [id, state],
    );
  await database.query(
    `INSERT INTO notification.stopped (tenant, case_id, epoch, reason) VALUES ('default', 'old', 1, 'resolved')`,
  );
  await database.query(
    `INSERT INTO notification.page (tenant, case_id, epoch, round, step, person, priority, due_at, facts, answer_hash)
     VALUES ('default', 'old', 1, 1, 0, 'bo', 'P1', clock_timestamp(), '{}', '\\x01')`,
  );
  await database.query(
    `INSERT INTO notification.sandbox_message (tenant, person, method, kind, key, try, case_id, language, text, answer_url, repeat)
     VALUES ('default', 'bo', 'desk', 'push', 'k', 1, 'old', 'en', 't', 'u', false)`,
  );
  const pools = openPools({ url: database.url, applicationName: 'spec', hot: 1, cold: 1, log });
  const sweeper = new Sweeper(new PostgresTransactions(pools), LEDGER_SWEEPS, log);

  await setClock(89);
  await sweeper.sweep();
  expect(await left()).toEqual({ attempt: 2, stopped: 1, page: 1, sandbox_message: 1 });
  await setClock(91);
  await sweeper.sweep();
  await pools.close();
  expect(await left()).toEqual({ attempt: 1, stopped: 0, page: 0, sandbox_message: 0 });
  expect(await database.query('SELECT case_id FROM notification.attempt')).toEqual([{ case_id: 'stuck' }]);
});

const setClock = (days: number): Promise<unknown> =>
  database.query(
    `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
     AS $$ SELECT clock_timestamp() + interval '${days} days' $$`,
  );

async function left(): Promise<Record<string, number>> {
  const tables = ['attempt', 'stopped', 'page', 'sandbox_message'];
  const counts = await Promise.all(
    tables.map((table) =>
      database.query<{ n: number }>(`SELECT count(*)::int AS n FROM notification.${table}`),
    ),
  );
  return Object.fromEntries(tables.map((table, i) => [table, counts[i]?.[0]?.n ?? -1]));
}
