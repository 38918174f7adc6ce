import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '@tocsin/event-log';
import { testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { EVENT_LOG_SCHEMA, outboxTable } from './event-log-schema.js';
import { migrate, NewerSchema, type SchemaMigrations } from './migrate.js';

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const first = { id: 202611220001, name: 'first', sql: 'CREATE TABLE a (id int); CREATE TABLE b (id int);' };
const second = { id: 202611220002, name: 'second', sql: 'ALTER TABLE a ADD COLUMN more text;' };
const of = (...migrations: SchemaMigrations['migrations'][number][]): SchemaMigrations => ({
  schema: 'spec',
  migrations,
});

describe('bringing a schema up to date', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(() => db.drop());

  it('runs each migration once, in the schema, also when replicas start together', async () => {
    await Promise.all([1, 2, 3].map(() => migrate(db.url, [EVENT_LOG_SCHEMA, of(first)], silent)));
    await Promise.all([1, 2, 3].map(() => migrate(db.url, [EVENT_LOG_SCHEMA, of(first, second)], silent)));
    const names = await db.query<{ name: string }>('SELECT name FROM spec.migration ORDER BY timestamp');
    expect(names.map(({ name }) => name)).toEqual(['first 0202611220001', 'second 0202611220002']);
    await db.query('SELECT more FROM spec.a, spec.b');
  });

  it('refuses a database that a newer version has used, and touches nothing', async () => {
    await migrate(db.url, [of(first, second)], silent);
    const old = migrate(db.url, [of(first)], silent);
    await expect(old).rejects.toBeInstanceOf(NewerSchema);
    await expect(migrate(db.url, [of(first)], silent)).rejects.toThrow(/spec .*second.* newer version/);
  });

  it('leaves nothing of a migration that fails', async () => {
    const broken = { id: 202611220003, name: 'broken', sql: 'CREATE TABLE half (id int); SELECT 1 / 0;' };
    await expect(migrate(db.url, [of(first, broken)], silent)).rejects.toThrow('division by zero');
    expect(
      await db.query(`SELECT 1 FROM pg_tables WHERE schemaname = 'spec' AND tablename = 'half'`),
    ).toEqual([]);
    await migrate(db.url, [of(first, second)], silent);
  });

  it('makes an outbox whose rows are dated by the one function that tests replace', async () => {
    await migrate(db.url, [EVENT_LOG_SCHEMA, of({ ...first, sql: outboxTable('spec') })], silent);
    await db.query(
      `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$SELECT '2030-01-01Z'::timestamptz$$`,
    );
    await db.query(
      `INSERT INTO spec.outbox (batch, n, topic, lane, key, type, payload) VALUES (1, 1, 't', 'hot', 'k', 't', '{}')`,
    );
    expect(await db.query(`SELECT created_at = '2030-01-01Z' AS dated FROM spec.outbox`)).toEqual([
      { dated: true },
    ]);
  });
});
