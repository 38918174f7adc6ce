import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Log } from '@tocsin/event-log';
import { testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { EVENT_LOG_SCHEMA, outboxTable } from './event-log-schema.js';
import type { BusKind } from './hand-off.js';
import { migrate } from './migrate.js';
import { openPools, type Pools } from './pools.js';
import { PostgresEventLog } from './postgres-event-log.js';
import { PostgresTransactions } from './postgres-transactions.js';
import { acquireWakeHub, type WakeHub } from './wake-hub.js';

jest.setTimeout(30_000);

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

describe('appending within a statement of the caller', () => {
  let db: TestDatabase;
  let pools: Pools;
  let transactions: PostgresTransactions;
  let wake: WakeHub;
  let release: () => Promise<void>;

  beforeAll(async () => {
    db = await testDatabase();
    const intake = {
      schema: 'ticket_intake',
      migrations: [{ id: 1, name: 'outbox', sql: outboxTable('ticket_intake') }],
    };
    await migrate(db.url, [EVENT_LOG_SCHEMA, intake], silent);
    await db.query('CREATE TABLE received (event_id text PRIMARY KEY, batch bigint, n int)');
    pools = openPools({ url: db.url, applicationName: 'spec', hot: 2, cold: 2, log: silent });
    transactions = new PostgresTransactions(pools);
    ({ hub: wake, release } = acquireWakeHub(db.url, silent));
  });
  afterAll(async () => {
    await release();
    await pools.close();
    await db.drop();
  });
  beforeEach(() => db.query('TRUNCATE received, ticket_intake.outbox, event_log.pending'));

  const logOf = (bus: BusKind): PostgresEventLog =>
    new PostgresEventLog({ service: 'ticket-intake', bus, wake });

  /** State, outbox and hand-off in one statement, as intake accepts events. */
  const accept = (log: PostgresEventLog, events: readonly (readonly [id: string, lane: string])[]) =>
    transactions.query<{ n: number; lane: string }>('hot', {
      text: `WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch),
        u AS (SELECT * FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS t (event_id, lane, n)),
        fresh AS (INSERT INTO received (event_id, batch, n) SELECT event_id, batch, n FROM u, b
          ON CONFLICT DO NOTHING RETURNING batch, n),
        accepted AS (SELECT f.batch, f.n, u.lane, 'default:demo:' || u.event_id AS key, 'ticket.created' AS type,
          '{}' AS payload, NULL::text AS traceparent FROM fresh f JOIN u USING (n)),
        ${log.appendCtes('tickets', 'accepted')}
        SELECT n, lane FROM appended ORDER BY n`,
      values: [events.map(([id]) => id), events.map(([, lane]) => lane)],
    });
  const pending = () =>
    db.query('SELECT grp, lane, topic, events FROM event_log.pending ORDER BY grp, lane, batch');

  it('appends only the rows that the statement took, and hands them off once per group and lane', async () => {
    const log = logOf('postgres');
    expect(
      await accept(log, [
        ['a', 'hot'],
        ['b', 'cold'],
        ['c', 'cold'],
      ]),
    ).toHaveLength(3);
    expect(
      await accept(log, [
        ['c', 'cold'],
        ['d', 'cold'],
      ]),
    ).toEqual([{ n: 2, lane: 'cold' }]);
    const group = { grp: 'escalation-routing.tickets', topic: 'tickets' };
    expect(await pending()).toEqual([
      { ...group, lane: 'cold', events: 2 },
      { ...group, lane: 'cold', events: 1 },
      { ...group, lane: 'hot', events: 1 },
    ]);
    const outbox = await db.query<{ key: string }>('SELECT key FROM ticket_intake.outbox ORDER BY batch, n');
    expect(outbox.map(({ key }) => key.slice(-1))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('leaves nothing behind when all of it was there before', async () => {
    const log = logOf('postgres');
    await accept(log, [['a', 'hot']]);
    await db.query('DELETE FROM event_log.pending');
    expect(await accept(log, [['a', 'hot']])).toEqual([]);
    expect(await pending()).toEqual([]);
  });

  it('with a broker hands all of it to the relay, and the hot lane to its readers as well', async () => {
    await accept(logOf('kafka'), [
      ['a', 'hot'],
      ['b', 'cold'],
    ]);
    expect(await pending()).toEqual([
      { grp: 'escalation-routing.tickets', topic: 'tickets', lane: 'hot', events: 1 },
      { grp: 'relay.tickets', topic: 'tickets', lane: 'cold', events: 1 },
      { grp: 'relay.tickets', topic: 'tickets', lane: 'hot', events: 1 },
    ]);
  });

  it('wakes the readers of the lanes that had rows, and nobody else', async () => {
    const woken: string[] = [];
    const ends = (['hot', 'cold'] as const).map((lane) =>
      wake.subscribe('escalation-routing.tickets', lane, () => void woken.push(lane)),
    );
    logOf('postgres').appended('tickets', ['hot']);
    await until(() => woken.length > 0);
    expect(woken).toEqual(['hot']);
    ends.forEach((end) => end());
  });

  it('refuses a topic that another service writes', () => {
    expect(() => logOf('postgres').appendCtes('pages', 'x')).toThrow('does not produce topic pages');
  });
});
