import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/**
 * What a case's priority stands on, as JSON, and when time alone may change it. Cases of before have neither: their
 * priority counts as given until their next event.
 */
export const reweighPriorityMigration: SchemaMigration = {
  id: 202611250401,
  name: 'weighing of priorities',
  sql: `
    ALTER TABLE ${SCHEMA}.case_record ADD COLUMN weighing text, ADD COLUMN reweigh_at timestamptz;
    CREATE INDEX case_record_reweigh ON ${SCHEMA}.case_record (reweigh_at) WHERE reweigh_at IS NOT NULL;`,
};
