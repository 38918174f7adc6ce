import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from './escalation-routing.migration.js';

/** Overrides, swaps and leave. A row is never altered but for its cancellation, and never deleted (X10). */
export const shiftChangeMigration: SchemaMigration = {
  id: 202611250301,
  name: 'changes of shifts',
  sql: `
    CREATE TABLE ${SCHEMA}.shift_change (
      tenant text NOT NULL,
      id text NOT NULL,
      kind text NOT NULL,
      body text NOT NULL,
      from_at timestamptz NOT NULL,
      until_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      recorded_by text NOT NULL,
      reason text,
      cancelled_at timestamptz,
      cancelled_by text,
      PRIMARY KEY (tenant, id)
    );
    CREATE INDEX shift_change_span ON ${SCHEMA}.shift_change (tenant, until_at);

    -- Grows with every change of a tenant's shifts: whoever plans a step sees by it whether what he has read still holds.
    CREATE TABLE ${SCHEMA}.shift_change_version (
      tenant text PRIMARY KEY,
      version bigint NOT NULL
    );`,
};
