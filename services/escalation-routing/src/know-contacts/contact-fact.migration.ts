import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** What notification has told of each way to reach each person: the newest of each member. */
export const contactFactMigration: SchemaMigration = {
  id: 202611251302,
  name: 'facts of contact methods',
  sql: `
    CREATE TABLE ${SCHEMA}.contact_fact (
      tenant text NOT NULL,
      person text NOT NULL,
      method text NOT NULL,
      fact text NOT NULL,
      PRIMARY KEY (tenant, person, method)
    );

    -- Grows when somebody can be reached who could not, or no longer: by it the coverage is proved anew.
    CREATE TABLE ${SCHEMA}.contact_version (
      tenant text PRIMARY KEY,
      version bigint NOT NULL
    );`,
};
