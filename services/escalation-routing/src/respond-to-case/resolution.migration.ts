import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Code, cause and reply of a case that a person has resolved, as JSON. */
export const resolutionMigration: SchemaMigration = {
  id: 202611250901,
  name: 'resolutions of cases',
  sql: `ALTER TABLE ${SCHEMA}.case_record ADD COLUMN resolution text;`,
};
