import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Log, NewEvent } from '@tocsin/event-log';
import { testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { EVENT_LOG_SCHEMA, outboxAgeMigration, outboxTable } from './event-log-schema.js';
import { eventLogSweeps } from './event-log-sweeps.js';
import { migrate } from './migrate.js';
import { openPools, type Pools } from './pools.js';
import { PostgresEventLog } from './postgres-event-log.js';
import { PostgresTransactions } from './postgres-transactions.js';
import { Sweeper, type SweepRule } from './sweeper.js';
import { acquireWakeHub } from './wake-hub.js';

jest.setTimeout(30_000);

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

describe('sweeping what has outlived its time', () => {
  let db: TestDatabase;
  let pools: Pools;
  let transactions: PostgresTransactions;
  let release: () => Promise<void>;
  let log: PostgresEventLog;

  beforeAll(async () => {
    db = await testDatabase();
    const schemaOf = (schema: string) => ({
      schema,
      migrations: [{ id: 1, name: 'outbox', sql: outboxTable(schema) }, outboxAgeMigration(schema)],
    });
    await migrate(
      db.url,
      [EVENT_LOG_SCHEMA, schemaOf('notification'), schemaOf('escalation_routing')],
      silent,
    );
    pools = openPools({ url: db.url, applicationName: 'spec', hot: 2, cold: 2, log: silent });
    transactions = new PostgresTransactions(pools);
    const wake = acquireWakeHub(db.url, silent);
    release = wake.release;
    log = new PostgresEventLog({ service: 'notification', bus: 'postgres', wake: wake.hub });
  });
  afterAll(async () => {
    await release();
    await pools.close();
    await db.drop();
  });
  beforeEach(async () => {
    await setClock('0 days');
    await db.query('TRUNCATE notification.outbox, event_log.pending, event_log.inbox, event_log.dead_letter');
  });

  const setClock = (ahead: string): Promise<unknown> =>
    db.query(
      `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
       AS $$ SELECT clock_timestamp() + interval '${ahead}' $$`,
    );
  const append = (count: number): Promise<void> =>
    transactions.run('cold', (tx) => log.append(tx, Array.from({ length: count }, eventOf)));
  const eventOf = (_: unknown, n: number): NewEvent => ({
    topic: 'deliveries',
    lane: 'cold',
    key: `default:${n}`,
    type: 't',
    payload: '{}',
  });
  const count = async (table: string): Promise<number> =>
    Number((await db.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]?.n);
  const sweep = (rules: readonly SweepRule[]): Promise<void> =>
    new Sweeper(transactions, rules, silent).sweep();

  it('removes handled deliveries after a day, in pieces, and never what a group has still to read', async () => {
    await append(2_500);
    await db.query('DELETE FROM event_log.pending');
    await append(3);
    await sweep(eventLogSweeps('notification'));
    expect(await count('notification.outbox')).toBe(2_503);
    await setClock('25 hours');
    await append(1);
    await sweep(eventLogSweeps('notification'));
    expect(await count('notification.outbox')).toBe(4);
    await db.query(`DELETE FROM event_log.pending`);
    await sweep(eventLogSweeps('notification'));
    expect(await count('notification.outbox')).toBe(1);
  });

  it('keeps what the broker refused until somebody has driven it again', async () => {
    await append(1);
    await db.query('DELETE FROM event_log.pending');
    await db.query(
      `INSERT INTO event_log.dead_letter (grp, topic, lane, key, batch, n, type, payload, time, cause)
       SELECT 'relay.deliveries', topic, lane, key, batch, n, type, payload, '', 'too large' FROM notification.outbox`,
    );
    await setClock('30 days');
    await sweep(eventLogSweeps('notification'));
    expect(await count('notification.outbox')).toBe(1);
  });

  it('remembers handled event ids for 14 days, each service those of its own groups', async () => {
    await db.query(
      `INSERT INTO event_log.inbox (grp, batch, n) VALUES ('notification.pages', 1, 1), ('escalation-routing.tickets', 1, 1)`,
    );
    await setClock('13 days 23 hours');
    await sweep(eventLogSweeps('notification'));
    expect(await count('event_log.inbox')).toBe(2);
    await setClock('14 days 1 hour');
    await sweep(eventLogSweeps('notification'));
    expect(await db.query('SELECT grp FROM event_log.inbox')).toEqual([
      { grp: 'escalation-routing.tickets' },
    ]);
  });

  it('has no rule for the timeline and for the revisions, and keeps tickets for 400 days', () => {
    const ofOutbox = (rules: readonly SweepRule[]): (string | number)[][] =>
      rules.filter(({ table }) => table.endsWith('.outbox')).map(({ table, days }) => [table, days]);
    expect(ofOutbox(eventLogSweeps('escalation-routing'))).toEqual([]);
    expect(eventLogSweeps('console')).toEqual([]);
    expect(ofOutbox(eventLogSweeps('ticket-intake'))).toEqual([['ticket_intake.outbox', 400]]);
    expect(ofOutbox(eventLogSweeps('metric-monitoring'))).toEqual([['metric_monitoring.outbox', 400]]);
  });

  it('goes on to the next table when one cannot be swept', async () => {
    await db.query(`INSERT INTO event_log.inbox (grp, batch, n) VALUES ('notification.pages', 1, 1)`);
    await setClock('15 days');
    await sweep([{ table: 'nowhere', age: 'at', days: 1 }, ...eventLogSweeps('notification')]);
    expect(await count('event_log.inbox')).toBe(0);
  });
});
