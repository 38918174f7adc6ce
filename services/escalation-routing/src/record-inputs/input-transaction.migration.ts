import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/**
 * Which transaction has written a line: what came at one millisecond is one step only within one of them. Older lines
 * have none. The default comes after the column, so that no row is written anew.
 */
export const inputTransactionMigration: SchemaMigration = {
  id: 202611252101,
  name: 'transactions of engine inputs',
  sql: `
    ALTER TABLE ${SCHEMA}.engine_input ADD COLUMN tx bigint;
    ALTER TABLE ${SCHEMA}.engine_input ALTER COLUMN tx SET DEFAULT (pg_current_xact_id()::text::bigint);`,
};
