import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { outboxTable } from '@tocsin/postgres';
import { makeLogger } from '@tocsin/runtime';
import { freePort, testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { Registry } from 'prom-client';
import { ConnectionsConfig } from './connections-config.js';
import { type Connections, openConnections } from './open-connections.js';

jest.setTimeout(30_000);

describe('opening the connections of a service', () => {
  let database: TestDatabase;
  const opened: Connections[] = [];

  beforeEach(async () => {
    database = await testDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    await database.drop();
  });

  async function open(
    service: 'ticket-intake' | 'escalation-routing',
    env: Record<string, string> = {},
  ): Promise<Connections & { registry: Registry }> {
    const registry = new Registry();
    const schema = service.replace('-', '_');
    const connections = await openConnections({
      service,
      migrations: [{ id: 1, name: 'outbox', sql: outboxTable(schema) }],
      config: ConnectionsConfig.parse({ DATABASE_URL: database.url, ...env }),
      log: makeLogger('silent'),
      metrics: registry,
    });
    opened.push(connections);
    return Object.assign(connections, { registry });
  }
  const checksOf = async ({ checks }: Connections) =>
    Object.fromEntries(
      await Promise.all(
        checks.map(
          async ({ name, required, check }) => [name, { required, ok: (await check()).ok }] as const,
        ),
      ),
    );
  const ticket = (lane: 'hot' | 'cold') =>
    ({ topic: 'tickets', lane, key: `default:${lane}`, type: 't', payload: '{}' }) as const;

  /** @returns lanes in the order in which their events were handled */
  async function exchange(intake: Connections, routing: Connections): Promise<string[]> {
    const seen: string[] = [];
    await routing.bus.consume({ group: 'escalation-routing.tickets', topic: 'tickets' }, (events) => {
      seen.push(...events.map(({ lane }) => lane));
      return Promise.resolve();
    });
    await intake.transactions.run('cold', (tx) =>
      intake.eventLog.append(tx, [ticket('hot'), ticket('cold')]),
    );
    return seen;
  }

  it('carries events straight from the outbox, counts them, and needs PostgreSQL alone', async () => {
    const routing = await open('escalation-routing');
    const intake = await open('ticket-intake');
    const seen = await exchange(intake, routing);
    await until(() => seen.length === 2);
    const handled = /tocsin_consumer_handled_total\{group="escalation-routing.tickets"\} 2/;
    await until(async () => handled.test(await routing.registry.metrics()));
    expect(await checksOf(routing)).toEqual({
      postgres: { required: true, ok: true },
      'hand-off': { required: false, ok: true },
      'dead-letters': { required: false, ok: true },
    });
  });

  it('takes the hot lane past a broker and a Redis that are away, says so, and closes without them', async () => {
    const away = {
      EVENT_BUS: 'kafka',
      KAFKA_BROKERS: `127.0.0.1:${await freePort()}`,
      REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    };
    const intake = await open('ticket-intake', away);
    const routing = await open('escalation-routing', away);
    const seen = await exchange(intake, routing);
    await until(() => seen.length === 1);
    expect(seen).toEqual(['hot']);
    expect(await checksOf(intake)).toMatchObject({
      postgres: { required: true, ok: true },
      kafka: { required: false, ok: false },
      redis: { required: false, ok: false },
    });
    const begun = performance.now();
    await Promise.all(opened.splice(0).map((one) => one.close()));
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it('refuses Kafka without brokers, and a database that is not there, by name', async () => {
    await expect(open('ticket-intake', { EVENT_BUS: 'kafka' })).rejects.toThrow('KAFKA_BROKERS is missing');
    const nowhere = `postgres://tocsin@127.0.0.1:${await freePort()}/none`;
    await expect(open('ticket-intake', { DATABASE_URL: nowhere })).rejects.toThrow(/ECONNREFUSED/);
  });

  it('waits quietly for a producer that has not made its tables yet', async () => {
    const routing = await open('escalation-routing');
    const seen: string[] = [];
    await routing.bus.consume({ group: 'escalation-routing.tickets', topic: 'tickets' }, (events) => {
      seen.push(...events.map(({ key }) => key));
      return Promise.resolve();
    });
    const intake = await open('ticket-intake');
    await intake.transactions.run('cold', (tx) => intake.eventLog.append(tx, [ticket('hot')]));
    await until(() => seen.length === 1);
  });
});
