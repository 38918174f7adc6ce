import { configCopyMigration } from '@tocsin/connections';
import { schemaOf } from '@tocsin/contracts';
import { outboxTable, type SchemaMigration } from '@tocsin/postgres';

export const SCHEMA = schemaOf('metric-monitoring');

export const METRIC_MONITORING_MIGRATIONS: readonly SchemaMigration[] = [
  configCopyMigration(SCHEMA),
  { id: 202611220002, name: 'outbox', sql: `${outboxTable(SCHEMA)};` },
  {
    id: 202611250601,
    name: 'heartbeats',
    sql: `
      CREATE TABLE ${SCHEMA}.heartbeat (
        tenant text NOT NULL,
        name text NOT NULL,
        -- JSON, only ever read whole.
        state text NOT NULL,
        due_at timestamptz,
        PRIMARY KEY (tenant, name)
      );
      CREATE INDEX heartbeat_due ON ${SCHEMA}.heartbeat (due_at) WHERE due_at IS NOT NULL;
      -- When somebody last listened: what falls into a gap is our absence, not a sender's silence.
      CREATE TABLE ${SCHEMA}.listening (
        only_row boolean PRIMARY KEY CHECK (only_row),
        at timestamptz NOT NULL
      );`,
  },
];
