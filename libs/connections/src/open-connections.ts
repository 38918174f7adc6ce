import { schemaOf, type ServiceName } from '@tocsin/contracts';
import type { EventBus, Transactions } from '@tocsin/event-log';
import {
  acquireWakeHub,
  EVENT_LOG_SCHEMA,
  eventLogSweeps,
  migrate,
  openPools,
  outboxAgeMigration,
  PostgresTransactions,
  Sweeper,
  type PostgresEventLog,
  type SchemaMigration,
  type SweepRule,
} from '@tocsin/postgres';
import { MemoryLiveFeed, MemoryRateWindow, openRedis, type LiveFeed, type RateWindow } from '@tocsin/redis';
import type { HealthCheck, Host } from '@tocsin/runtime';
import type { ConnectionsConfig } from './connections-config.js';
import { endThisProcess } from './event-path/end-this-process.js';
import { EventPathMetrics } from './event-path/event-path-metrics.js';
import { EventPathWatch } from './event-path/event-path-watch.js';
import { openEventPath } from './event-path/open-event-path.js';
import { WatchedBus } from './event-path/watched-bus.js';

export interface ConnectionsOptions {
  readonly service: ServiceName;
  /** Of the service's own schema, `schemaOf(service)`. */
  readonly migrations: readonly SchemaMigration[];
  /** What the service keeps how long, beside what the event log removes by itself. */
  readonly sweeps?: readonly SweepRule[];
  readonly config: ConnectionsConfig;
  readonly log: Host['log'];
  readonly metrics: Host['metrics'];
}

/** Everything outside that a service is connected to. */
export interface Connections {
  readonly transactions: Transactions;
  readonly eventLog: PostgresEventLog;
  readonly bus: EventBus;
  readonly checks: readonly HealthCheck[];
  readonly rateWindow: RateWindow;
  readonly liveFeed: LiveFeed;
  /** Consumers first, then the pools. */
  close(): Promise<void>;
}

/**
 * Brings the service's schema up to date and opens its connections.
 * @throws when PostgreSQL cannot be reached, or its schema belongs to a newer version; Kafka and Redis may be away
 */
export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const { service, config, log, metrics } = options;
  if (config.EVENT_BUS === 'kafka' && config.KAFKA_BROKERS.length === 0) {
    throw new Error('KAFKA_BROKERS is missing: EVENT_BUS=kafka needs host:port of at least one broker');
  }
  const schema = schemaOf(service);
  const migrations = [...options.migrations, outboxAgeMigration(schema)];
  await migrate(config.DATABASE_URL, [EVENT_LOG_SCHEMA, { schema, migrations }], log);
  const pools = openPools({
    url: config.DATABASE_URL,
    applicationName: `tocsin ${service}`,
    hot: config.DATABASE_POOL_HOT,
    cold: config.DATABASE_POOL_COLD,
    log,
  });
  const transactions = new PostgresTransactions(pools);
  const { hub: wake, release } = acquireWakeHub(config.DATABASE_URL, log);
  const path = openEventPath({
    service,
    kind: config.EVENT_BUS,
    brokers: config.KAFKA_BROKERS,
    transactions,
    wake,
    log,
    onStalled: endThisProcess,
  });
  const bus = new WatchedBus(path.bus);
  const watch = new EventPathWatch({
    service,
    bus,
    transactions,
    metrics: new EventPathMetrics(metrics, bus),
    log,
  });
  const sweeper = new Sweeper(transactions, [...eventLogSweeps(service), ...(options.sweeps ?? [])], log);
  watch.start();
  sweeper.start();
  const helpers = openHelpers(config, log);
  return {
    transactions,
    eventLog: path.eventLog,
    bus,
    rateWindow: helpers.rateWindow,
    liveFeed: helpers.liveFeed,
    checks: [postgresCheck(transactions), ...kafkaChecks(path.ping), ...helpers.checks, ...watch.checks],
    close: async () => {
      await Promise.all([watch.stop(), sweeper.stop()]);
      await path.close();
      await release();
      helpers.close();
      await pools.close();
    },
  };
}

const postgresCheck = (transactions: Transactions): HealthCheck => ({
  name: 'postgres',
  required: true,
  check: () => answered(() => transactions.query('hot', { text: 'SELECT 1', values: [] })),
});

/** Not required: the outbox waits for the broker, and the hot lane goes past it. */
const kafkaChecks = (ping: (() => Promise<void>) | undefined): HealthCheck[] =>
  ping === undefined ? [] : [{ name: 'kafka', required: false, check: () => answered(ping) }];

interface Helpers {
  readonly rateWindow: RateWindow;
  readonly liveFeed: LiveFeed;
  readonly checks: readonly HealthCheck[];
  close(): void;
}

/** Shared by all services of a process: they look at one live feed. */
const liveFeedOfThisProcess = new MemoryLiveFeed();

function openHelpers(config: ConnectionsConfig, log: Host['log']): Helpers {
  if (config.REDIS_URL === undefined) {
    return {
      rateWindow: new MemoryRateWindow(),
      liveFeed: liveFeedOfThisProcess,
      checks: [],
      close: () => undefined,
    };
  }
  const redis = openRedis(config.REDIS_URL, log);
  return {
    ...redis,
    checks: [{ name: 'redis', required: false, check: () => answered(() => redis.ping()) }],
    close: redis.close,
  };
}

async function answered(ask: () => Promise<unknown>): Promise<{ ok: boolean; detail?: string }> {
  try {
    await ask();
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}
