import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Holes in the coverage that were told, until they are closed: a hole is told once, whoever finds it again. */
export const coverageHoleMigration: SchemaMigration = {
  id: 202611251211,
  name: 'holes in the coverage',
  sql: `
    CREATE TABLE ${SCHEMA}.coverage_hole (
      tenant text NOT NULL,
      service text NOT NULL,
      priority text NOT NULL,
      from_at timestamptz NOT NULL,
      until_at timestamptz NOT NULL,
      PRIMARY KEY (tenant, service, priority)
    );`,
};
