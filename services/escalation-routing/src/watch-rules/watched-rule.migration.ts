import type { SchemaMigration, SweepRule } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Rules that only watch: since when each stands as it does, and one row per rule and case that it would have decided about. */
export const watchedRuleMigration: SchemaMigration = {
  id: 202611251402,
  name: 'rules that only watch',
  sql: `
    CREATE TABLE ${SCHEMA}.watched_rule (
      tenant text NOT NULL,
      kind text NOT NULL,
      rule text NOT NULL,
      form text NOT NULL,
      revision int NOT NULL,
      since timestamptz NOT NULL,
      PRIMARY KEY (tenant, kind, rule)
    );
    CREATE TABLE ${SCHEMA}.watched_case (
      tenant text NOT NULL,
      kind text NOT NULL,
      rule text NOT NULL,
      case_id bigint NOT NULL,
      last_at timestamptz NOT NULL,
      revision int NOT NULL,
      differs boolean NOT NULL,
      -- Of the last decision that differed, else of the last one.
      real text NOT NULL,
      would text NOT NULL,
      -- Pages that were sent and would have been held back.
      pages int NOT NULL,
      PRIMARY KEY (tenant, kind, rule, case_id)
    );
    CREATE INDEX watched_case_time ON ${SCHEMA}.watched_case (tenant, kind, rule, last_at);
    CREATE INDEX watched_case_age ON ${SCHEMA}.watched_case (last_at);`,
};

export const watchedCaseSweep: SweepRule = { table: `${SCHEMA}.watched_case`, age: 'last_at', days: 90 };
