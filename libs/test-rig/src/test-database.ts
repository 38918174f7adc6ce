import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { environment } from './given.js';

export interface TestDatabase {
  readonly url: string;
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Removes the database, cutting whoever is still connected. */
  drop(): Promise<void>;
}

const CURE = 'give the URL of a PostgreSQL 18 server whose user may create databases';

/**
 * An empty database of the caller's own. Drop it in `afterAll`.
 * @param server URL of the server; unless given, that of TOCSIN_TEST_DATABASE_URL
 */
export async function testDatabase(
  server = environment('TOCSIN_TEST_DATABASE_URL', CURE),
): Promise<TestDatabase> {
  const name = `tocsin_test_${randomBytes(6).toString('hex')}`;
  await once(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const pool = new pg.Pool({ connectionString: url.href, max: 4, allowExitOnIdle: true });
  // Dropping by force cuts idle clients; a pool without a listener would turn that into a crash.
  pool.on('error', () => undefined);
  return {
    url: url.href,
    query: async (sql, values) => (await pool.query(sql, values)).rows as never,
    drop: async () => {
      await pool.end();
      await once(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

async function once(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
