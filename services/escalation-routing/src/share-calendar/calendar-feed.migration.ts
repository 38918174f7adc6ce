import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Feeds for calendar clients. Of the secret only its SHA-256 is kept; a revoked feed stays on record. */
export const calendarFeedMigration: SchemaMigration = {
  id: 202611251221,
  name: 'calendar feeds',
  sql: `
    CREATE TABLE ${SCHEMA}.calendar_feed (
      tenant text NOT NULL,
      id text NOT NULL,
      secret_hash bytea NOT NULL UNIQUE,
      prefix text NOT NULL,
      schedule text,
      role text,
      person text,
      created_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      created_by text NOT NULL,
      last_used_at timestamptz,
      revoked_at timestamptz,
      revoked_by text,
      PRIMARY KEY (tenant, id),
      CHECK ((schedule IS NULL) <> (person IS NULL))
    );`,
};
