import type { Log } from '@tocsin/event-log';
import pg from 'pg';
import { DataSource, type Logger, type MigrationInterface, type QueryRunner } from 'typeorm';

/** One forward step of a schema. Expand first, contract in a later release: old and new binaries run side by side. */
export interface SchemaMigration {
  /** yyyymmddnnnn, such as 202611220001; never changed once released. */
  readonly id: number;
  readonly name: string;
  /** May be several statements; unqualified names belong to the schema. */
  readonly sql: string;
}

export interface SchemaMigrations {
  readonly schema: string;
  readonly migrations: readonly SchemaMigration[];
}

/** This database was written by a newer version. Verdict: start a newer version; never touch the data. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
}

/** Any number, the same in every process: replicas that start together migrate one after the other. */
const MIGRATION_LOCK = 7_302_611;

/**
 * Brings each schema up to date, in the given order, under one advisory lock. Makes schemas that are missing.
 * @throws NewerSchema when the database has a migration that this binary does not know
 */
export async function migrate(url: string, schemas: readonly SchemaMigrations[], log: Log): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'tocsin migrations',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', (err) => log.warn({ err }, 'database connection lost'));
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    for (const { schema, migrations } of schemas) {
      const missing = await missingMigrations(client, schema, migrations);
      if (missing === 0) continue;
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
      await runMigrations(url, schema, migrations);
      log.info({ schema, migrations: missing }, 'schema migrated');
    }
  } finally {
    await client.end();
  }
}

/** How many of these have not run yet. Plain SQL, so that a start with nothing to do does not load the ORM's machinery. */
async function missingMigrations(
  client: pg.Client,
  schema: string,
  known: readonly SchemaMigration[],
): Promise<number> {
  const table = `${pg.escapeIdentifier(schema)}.migration`;
  const { rows: found } = await client.query<{ exists: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS exists',
    [table],
  );
  if (found[0]?.exists !== true) return known.length;
  const { rows } = await client.query<{ timestamp: string; name: string }>(
    `SELECT timestamp, name FROM ${table}`,
  );
  const ids = new Set(known.map(({ id }) => id));
  const stranger = rows.find(({ timestamp }) => !ids.has(Number(timestamp)));
  if (stranger !== undefined) {
    throw new NewerSchema(
      `schema ${schema} has the migration ${stranger.name}, which this version does not know: ` +
        'the database was used by a newer version. Start that version, or restore a backup of before the upgrade.',
    );
  }
  return known.length - rows.length;
}

const nothing = (): void => undefined;
/** TypeORM's own loggers print failures to the console even with logging off; here they are thrown, and logged once. */
const SILENT: Logger = {
  logQuery: nothing,
  logQueryError: nothing,
  logQuerySlow: nothing,
  logSchemaBuild: nothing,
  logMigration: nothing,
  log: nothing,
};

async function runMigrations(
  url: string,
  schema: string,
  migrations: readonly SchemaMigration[],
): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    schema,
    applicationName: 'tocsin migrations',
    poolSize: 1,
    migrations: migrations.map(asTypeOrm(schema)),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logger: SILENT,
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}

/** TypeORM orders by the last 13 digits of the name. */
const asTypeOrm =
  (schema: string) =>
  ({ id, name, sql }: SchemaMigration): (new () => MigrationInterface) =>
    class implements MigrationInterface {
      readonly name = `${name} ${String(id).padStart(13, '0')}`;
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`SET LOCAL search_path TO ${pg.escapeIdentifier(schema)}`);
        await runner.query(sql);
      }
      down(): Promise<void> {
        return Promise.reject(new Error('migrations go forward only'));
      }
    };
