import type { SchemaMigration, SweepRule } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/**
 * What reached the engine and what came of it: one row per input, only ever appended; without a case where none heard
 * it. `body` is JSON.
 */
export const engineInputMigration: SchemaMigration = {
  id: 202611251001,
  name: 'recording of engine inputs',
  sql: `
    CREATE TABLE ${SCHEMA}.engine_input (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      tenant text NOT NULL,
      case_id bigint,
      at timestamptz NOT NULL,
      revision int NOT NULL,
      body text NOT NULL
    );
    -- Rows lie in the order of time: it finds where a replay begins, and what has outlived its time.
    CREATE INDEX engine_input_age ON ${SCHEMA}.engine_input USING brin (at) WITH (pages_per_range = 16, autosummarize = on);`,
};

/** Days that inputs can be replayed. */
export const RECORDED_DAYS = 90;

export const recordingSweep: SweepRule = {
  table: `${SCHEMA}.engine_input`,
  age: 'at',
  days: RECORDED_DAYS,
};
