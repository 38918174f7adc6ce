import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from './escalation-routing.migration.js';

/** Cases that are quiet because one of a service that theirs depends on is open. */
export const parentMigration: SchemaMigration = {
  id: 202611250811,
  name: 'cases that others are quiet for',
  sql: `
    -- The case that an escalation is quiet for.
    ALTER TABLE ${SCHEMA}.escalation ADD COLUMN parent_case bigint;
    CREATE INDEX escalation_parent ON ${SCHEMA}.escalation (parent_case) WHERE parent_case IS NOT NULL;
    CREATE INDEX case_record_service_open ON ${SCHEMA}.case_record (tenant, service)
      WHERE state IN ('open', 'acknowledged', 'snoozed');`,
};
