import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeClock } from './fake-clock.js';
import { testDatabase, type TestDatabase } from './test-database.js';

describe('a database of the spec’s own', () => {
  it('is empty, separate from the next one, and gone once dropped', async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    await one.query('CREATE TABLE only_here ()');
    expect(await other.query(`SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
    await one.drop();
    const name = new URL(one.url).pathname.slice(1);
    expect(await other.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])).toEqual([]);
    await other.drop();
  });
});

describe('the fake clock', () => {
  let database: TestDatabase;
  let clock: FakeClock;

  beforeAll(async () => {
    database = await testDatabase();
    clock = await FakeClock.install(database);
  });
  afterAll(() => database.drop());

  it('goes like the real one until told otherwise', async () => {
    const [real] = await database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    expect(Math.abs((await clock.now()).getTime() - (real?.now.getTime() ?? 0))).toBeLessThan(2000);
  });

  it('stops at an instant and jumps from there', async () => {
    await clock.stop('2026-03-01T10:00:00Z');
    await clock.advance('5m');
    await clock.advance('30s');
    expect((await clock.now()).toISOString()).toBe('2026-03-01T10:05:30.000Z');
  });

  it('goes back to the real time', async () => {
    await clock.reset();
    expect((await clock.now()).getUTCFullYear()).toBeGreaterThan(2025);
  });
});
