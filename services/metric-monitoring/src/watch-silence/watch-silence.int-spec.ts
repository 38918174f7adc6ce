import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Connections, ConnectionsConfig, openConnections } from '@tocsin/connections';
import { type AlertEvent, Config } from '@tocsin/contracts';
import { makeLogger } from '@tocsin/runtime';
import { FakeClock, testDatabase, type TestDatabase } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import { METRIC_MONITORING_MIGRATIONS } from '../metric-monitoring.migrations.js';
import { HeartbeatStore } from './heartbeat.store.js';
import { WatchSilence } from './watch-silence.js';

jest.setTimeout(60_000);

const configWith = (heartbeats: object): Config => Config.parse({ heartbeats });
const EXPORT = { export: { every: '1h', grace: '5m', within: '10m', to: 'service data-export' } };

let database: TestDatabase;
let clock: FakeClock;
let connections: Connections;
let config: Config;
let watch: WatchSilence;

beforeEach(async () => {
  database = await testDatabase();
  connections = await openConnections({
    service: 'metric-monitoring',
    migrations: METRIC_MONITORING_MIGRATIONS,
    config: ConnectionsConfig.parse({ DATABASE_URL: database.url }),
    log: makeLogger('silent'),
    metrics: new Registry(),
  });
  clock = await FakeClock.install(database);
  await clock.stop('2026-11-25T00:00:00Z');
  config = configWith(EXPORT);
  watch = watching();
});
afterEach(async () => {
  await connections.close();
  await database.drop();
});

/** One instance; several share the database. */
function watching(): WatchSilence {
  const { transactions, eventLog } = connections;
  return new WatchSilence({
    transactions,
    eventLog,
    store: new HeartbeatStore(transactions),
    config: { current: () => ({ revision: 1, config }), onChange: () => () => undefined },
  });
}

/** As the loop does, at a moment of the clock. */
async function passAfter(time: string): Promise<void> {
  await clock.advance(time);
  await watch.raiseDue();
}

const alerts = async (): Promise<AlertEvent[]> =>
  (
    await database.query<{ payload: string }>(
      'SELECT payload FROM metric_monitoring.outbox ORDER BY batch, n',
    )
  ).map(({ payload }) => JSON.parse(payload) as AlertEvent);

const told = async (): Promise<string[]> =>
  (await alerts()).map(({ type, at }) => `${at.slice(11, 16)} ${type}`);

describe('watching heartbeats', () => {
  it('raises one alert for a silence, for the service that the config names, and clears it with the next sign', async () => {
    await watch.takeStock();
    await watch.hear('default', 'export', 'beat');
    await passAfter('64m');
    expect(await alerts()).toEqual([]);
    await passAfter('1m');
    await passAfter('30m');
    expect(await alerts()).toEqual([
      expect.objectContaining({
        type: 'AlertRaised',
        alertKey: 'heartbeat:export',
        service: 'data-export',
        severity: 'high',
        subject: 'Heartbeat export: no sign of life since 2026-11-25T00:00:00.000Z',
      }),
    ]);
    await watch.hear('default', 'export', 'beat');
    expect(await told()).toEqual(['01:05 AlertRaised', '01:35 AlertCleared']);
  });

  it('raises once when two instances look at the same moment', async () => {
    await watch.takeStock();
    await clock.advance('65m');
    await Promise.all([watch.raiseDue(), watching().raiseDue()]);
    expect(await told()).toEqual(['01:05 AlertRaised']);
  });

  it('hears a sign before it first looked, and knows no other names', async () => {
    expect(await watch.hear('default', 'export', 'start')).toMatchObject({ state: { status: 'running' } });
    expect(await watch.hear('default', 'exports', 'beat')).toBeUndefined();
    await passAfter('10m');
    expect((await alerts())[0]?.attributes).toMatchObject({ reason: 'too-long' });
  });

  it('does not count our own absence as a silence, and gives the sender its grace anew', async () => {
    await watch.takeStock();
    await clock.advance('3h');
    const restarted = watching();
    await restarted.takeStock();
    await restarted.raiseDue();
    expect(await told()).toEqual([]);
    await clock.advance('5m');
    await restarted.raiseDue();
    expect(await told()).toEqual(['03:05 AlertRaised']);
  });

  it('clears what it raised when the config drops the heartbeat or switches it off', async () => {
    await watch.takeStock();
    await passAfter('65m');
    config = configWith({ export: { ...EXPORT.export, enabled: false } });
    await watch.takeStock();
    expect(await told()).toEqual(['01:05 AlertRaised', '01:05 AlertCleared']);
    expect(await watch.hear('default', 'export', 'beat')).toBeUndefined();
    expect(await database.query('SELECT 1 FROM metric_monitoring.heartbeat')).toEqual([]);
  });

  it('gives a new heartbeat a whole period before it may be missed', async () => {
    await watch.takeStock();
    await clock.advance('2h');
    config = configWith({ ...EXPORT, backup: { every: '24h', to: 'service data-export' } });
    await watch.takeStock();
    await watch.raiseDue();
    expect((await alerts()).map(({ alertKey }) => alertKey)).not.toContain('heartbeat:backup');
  });
});
