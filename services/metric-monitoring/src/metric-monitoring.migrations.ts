import { configCopyMigration } from '@tocsin/connections';
import { outboxTable, type SchemaMigration } from '@tocsin/postgres';

export const METRIC_MONITORING_MIGRATIONS: readonly SchemaMigration[] = [
  configCopyMigration('metric_monitoring'),
  { id: 202611220002, name: 'outbox', sql: `${outboxTable('metric_monitoring')};` },
];
