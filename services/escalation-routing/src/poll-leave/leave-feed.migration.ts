import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Calendars of leave that the config names: what is known of each, and when it is read next. */
export const leaveFeedMigration: SchemaMigration = {
  id: 202611251303,
  name: 'calendars of leave',
  sql: `
    CREATE TABLE ${SCHEMA}.leave_feed (
      tenant text NOT NULL,
      person text NOT NULL,
      -- Of the address and of what counts as leave: where it differs, all is read anew.
      mark text NOT NULL,
      known text NOT NULL,
      confirmed boolean NOT NULL DEFAULT false,
      next_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      PRIMARY KEY (tenant, person)
    );
    CREATE INDEX leave_feed_due ON ${SCHEMA}.leave_feed (next_at);`,
};
