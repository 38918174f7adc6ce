import type { SchemaMigration } from '@tocsin/postgres';

/**
 * The tables in which a service keeps every config revision it has heard of, and parts of those still arriving.
 * @param schema the service's own schema, `schemaOf(service)`
 */
export const configCopyMigration = (schema: string): SchemaMigration => ({
  id: 202611220001,
  name: 'config copy',
  sql: `
    CREATE TABLE ${schema}.config_revision (
      tenant text NOT NULL,
      revision int NOT NULL,
      hash text NOT NULL,
      document text NOT NULL,
      stored_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (tenant, revision)
    );
    CREATE INDEX config_revision_newest ON ${schema}.config_revision (revision DESC);
    CREATE TABLE ${schema}.config_revision_part (
      tenant text NOT NULL,
      revision int NOT NULL,
      part int NOT NULL,
      parts int NOT NULL,
      hash text NOT NULL,
      text text NOT NULL,
      PRIMARY KEY (tenant, revision, part)
    );`,
});
