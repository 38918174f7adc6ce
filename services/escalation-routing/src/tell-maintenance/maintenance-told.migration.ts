import type { SchemaMigration, SweepRule } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/**
 * What was told of maintenance windows: one row per event, unique, so that none is told twice whatever the clock does;
 * and beside it what is known of a tenant's windows and when there will be more to tell. `windows` is JSON.
 */
export const maintenanceToldMigration: SchemaMigration = {
  id: 202611251401,
  name: 'what was told of maintenance windows',
  sql: `
    CREATE TABLE ${SCHEMA}.maintenance_told (
      n bigint GENERATED ALWAYS AS IDENTITY,
      tenant text NOT NULL,
      event_id text NOT NULL,
      window_id text NOT NULL,
      type text NOT NULL,
      at timestamptz NOT NULL,
      told_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      PRIMARY KEY (tenant, event_id)
    );
    CREATE INDEX maintenance_told_last ON ${SCHEMA}.maintenance_told (tenant, window_id, n DESC);
    CREATE INDEX maintenance_told_age ON ${SCHEMA}.maintenance_told (told_at);

    CREATE TABLE ${SCHEMA}.maintenance_watch (
      tenant text PRIMARY KEY,
      told_until timestamptz NOT NULL,
      revision int NOT NULL,
      windows text NOT NULL,
      -- How often the windows made at run time had changed when they were looked at.
      windows_version bigint NOT NULL,
      -- Without one the clock alone gives nothing to tell.
      next_at timestamptz
    );`,
};

/** Far longer than anything is told late. */
export const maintenanceToldSweep: SweepRule = {
  table: `${SCHEMA}.maintenance_told`,
  age: 'told_at',
  days: 400,
};
