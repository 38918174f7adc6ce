import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from './escalation-routing.migration.js';

/**
 * Maintenance windows made at run time. A row is never altered but for its end before time or its cancellation, and
 * never deleted: what was known when can always be said. Suppressed escalations wait too: without a wake-up they are in
 * limbo like the others (L3).
 */
export const quietWindowMigration: SchemaMigration = {
  id: 202611250801,
  name: 'maintenance windows',
  sql: `
    CREATE TABLE ${SCHEMA}.quiet_window (
      tenant text NOT NULL,
      id text NOT NULL,
      name text NOT NULL,
      scope text NOT NULL,
      safety text NOT NULL,
      from_at timestamptz NOT NULL,
      until_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      recorded_by text NOT NULL,
      reason text,
      ended_at timestamptz,
      ended_by text,
      cancelled_at timestamptz,
      cancelled_by text,
      PRIMARY KEY (tenant, id)
    );
    CREATE INDEX quiet_window_span ON ${SCHEMA}.quiet_window (tenant, until_at);

    -- Grows with every change of a tenant's windows: whoever decides sees by it whether what he has read still holds.
    CREATE TABLE ${SCHEMA}.quiet_version (
      tenant text PRIMARY KEY,
      version bigint NOT NULL
    );

    -- A resolve that waits for its grace, and when the case must be looked at whether it closes.
    ALTER TABLE ${SCHEMA}.case_record ADD COLUMN resolving text, ADD COLUMN close_at timestamptz;
    CREATE INDEX case_record_close ON ${SCHEMA}.case_record (close_at) WHERE close_at IS NOT NULL;

    -- What is looked at again when a window changes.
    CREATE INDEX escalation_suppressed ON ${SCHEMA}.escalation (tenant, case_id) WHERE status = 'suppressed';
    CREATE INDEX escalation_limbo_waits ON ${SCHEMA}.escalation (case_id)
      WHERE wake_at IS NULL AND status IN ('running', 'exhausted', 'held', 'snoozed', 'suppressed');
    DROP INDEX ${SCHEMA}.escalation_limbo_states;`,
};
