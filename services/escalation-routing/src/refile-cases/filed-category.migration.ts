import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/**
 * Under which category a case that is over is filed since a taxonomy gave its own another path; what was decided by the
 * old one stays as it was. `category_move` is the record of that work, one row for each revision and path.
 */
export const filedCategoryMigration: SchemaMigration = {
  id: 202611252201,
  name: 'categories under which closed cases are filed',
  sql: `
    ALTER TABLE ${SCHEMA}.case_record ADD COLUMN filed text;

    CREATE TABLE ${SCHEMA}.category_move (
      tenant text NOT NULL,
      revision int NOT NULL,
      from_category text NOT NULL,
      to_category text NOT NULL,
      cases int NOT NULL,
      began_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      last_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      PRIMARY KEY (tenant, revision, from_category, to_category)
    );`,
};
