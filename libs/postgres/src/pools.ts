import type { Log, PoolName } from '@tocsin/event-log';
import pg from 'pg';

export interface PoolOptions {
  /** postgres://user:password@host:port/database */
  readonly url: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections for P1 and P2. */
  readonly hot: number;
  /** Connections for everything else. */
  readonly cold: number;
  readonly log: Log;
}

export interface Pools {
  readonly hot: pg.Pool;
  readonly cold: pg.Pool;
  close(): Promise<void>;
}

/** Milliseconds. A query or a lock that takes longer is a fault to be shown, not a reason to wait. */
const STATEMENT_TIMEOUT = 5_000;
const LOCK_TIMEOUT = 2_000;
/** Frees the row locks of a process that was frozen inside a transaction. */
const IDLE_IN_TRANSACTION_TIMEOUT = 10_000;
const CONNECT_TIMEOUT = 2_000;
/** The client's own clock, for a connection that is half open: the server's time-outs cannot reach us there. */
const QUERY_TIMEOUT = 10_000;

/**
 * Every statement of the services finds its rows by key. Prepared on an empty database it would be planned for tables
 * of no rows and scan them whole until the first ANALYZE, growing slower with every page of a first storm.
 */
const BY_KEY = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']
  .map((name) => `-c ${name}=off`)
  .join(' ');

/** Two pools for one database, so that nothing queues in front of a hot page. */
export function openPools(options: PoolOptions): Pools {
  const hot = openPool(options, 'hot');
  const cold = openPool(options, 'cold');
  return { hot, cold, close: async () => void (await Promise.all([hot.end(), cold.end()])) };
}

function openPool(options: PoolOptions, name: PoolName): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: `${options.applicationName} ${name}`,
    options: BY_KEY,
    max: options[name],
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT,
    lock_timeout: LOCK_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    query_timeout: QUERY_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  });
  // Without these two a restart of PostgreSQL ends the process: `error` on an idle and on a checked-out client.
  pool.on('error', (err) => options.log.warn({ pool: name, err }, 'idle database connection lost'));
  pool.on('connect', (client) => {
    client.on('error', (err) => options.log.warn({ pool: name, err }, 'database connection lost'));
  });
  return pool;
}
