import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Merges, splits and moves with what is needed to take them back, as JSON; which tickets a case has. A row is never deleted. */
export const ticketChangeMigration: SchemaMigration = {
  id: 202611250902,
  name: 'merge, split and move of tickets',
  sql: `
    CREATE TABLE ${SCHEMA}.ticket_change (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      tenant text NOT NULL,
      kind text NOT NULL,
      from_case bigint NOT NULL,
      to_case bigint NOT NULL,
      tickets text NOT NULL,
      kept text NOT NULL,
      events int NOT NULL,
      changed_by text NOT NULL,
      changed_at timestamptz NOT NULL,
      undone_by text,
      undone_at timestamptz
    );
    ALTER TABLE ${SCHEMA}.case_record ADD COLUMN gathered text;
    CREATE INDEX ticket_change_from ON ${SCHEMA}.ticket_change (from_case);
    CREATE INDEX ticket_change_to ON ${SCHEMA}.ticket_change (to_case);
    CREATE INDEX ticket_case ON ${SCHEMA}.ticket (case_id) WHERE case_id IS NOT NULL;`,
};
