import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Cases of several tickets: their key and what the rule made of them, as JSON; their tickets; the calm of flapping ones. */
export const groupingMigration: SchemaMigration = {
  id: 202611250701,
  name: 'grouped cases',
  sql: `
    ALTER TABLE ${SCHEMA}.ticket ADD COLUMN group_key text;
    ALTER TABLE ${SCHEMA}.case_record ADD COLUMN group_key text, ADD COLUMN grouping text,
      ADD COLUMN joined_into bigint, ADD COLUMN calm_at timestamptz;
    CREATE INDEX case_record_group ON ${SCHEMA}.case_record (tenant, group_key, resolved_at) WHERE group_key IS NOT NULL;
    CREATE INDEX case_record_joined ON ${SCHEMA}.case_record (joined_into) WHERE joined_into IS NOT NULL;
    CREATE INDEX case_record_calm ON ${SCHEMA}.case_record (calm_at) WHERE calm_at IS NOT NULL;
    CREATE TABLE ${SCHEMA}.case_member (
      case_id bigint NOT NULL,
      source text NOT NULL,
      ticket_key text NOT NULL,
      events int NOT NULL,
      first_seen timestamptz NOT NULL,
      last_seen timestamptz NOT NULL,
      open boolean NOT NULL,
      because text NOT NULL,
      PRIMARY KEY (case_id, source, ticket_key)
    ) WITH (fillfactor = 80);`,
};
