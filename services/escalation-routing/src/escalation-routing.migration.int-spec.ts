import { expect, it, jest } from '@jest/globals';
import { EVENT_LOG_SCHEMA, migrate, openPools, PostgresTransactions, Sweeper } from '@tocsin/postgres';
import { makeLogger } from '@tocsin/runtime';
import { testDatabase } from '@tocsin/test-rig';
import {
  appliedEventAgeMigration,
  escalationRoutingMigration,
  ROUTING_SWEEPS,
  SCHEMA,
} from './escalation-routing.migration.js';

jest.setTimeout(30_000);

const log = makeLogger('silent');

it('counts what an earlier version applied as applied now, and forgets each event after 14 days', async () => {
  const database = await testDatabase();
  const upTo = (migrations: readonly (typeof escalationRoutingMigration)[]): Promise<void> =>
    migrate(database.url, [EVENT_LOG_SCHEMA, { schema: SCHEMA, migrations }], log);
  const pools = openPools({ url: database.url, applicationName: 'spec', hot: 1, cold: 1, log });
  const sweeper = new Sweeper(new PostgresTransactions(pools), ROUTING_SWEEPS, log);
  const apply = (event: string): Promise<unknown> =>
    database.query(
      `INSERT INTO ${SCHEMA}.applied_event (tenant, event_id, outcome) VALUES ('default', $1, 'opened')`,
      [event],
    );
  const setClock = (days: number): Promise<unknown> =>
    database.query(
      `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
       AS $$ SELECT clock_timestamp() + interval '${days} days' $$`,
    );
  try {
    await upTo([escalationRoutingMigration]);
    await apply('earlier');
    await upTo([escalationRoutingMigration, appliedEventAgeMigration]);
    await setClock(13);
    await apply('later');
    await sweeper.sweep();
    expect(await database.query(`SELECT event_id FROM ${SCHEMA}.applied_event`)).toHaveLength(2);
    await setClock(15);
    await sweeper.sweep();
    expect(await database.query(`SELECT event_id FROM ${SCHEMA}.applied_event`)).toEqual([
      { event_id: 'later' },
    ]);
  } finally {
    await pools.close();
    await database.drop();
  }
});
