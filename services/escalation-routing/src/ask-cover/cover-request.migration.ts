import type { SchemaMigration } from '@tocsin/postgres';
import { SCHEMA } from '../escalation-routing.migration.js';

/** Requests for cover with their answers, and what people are told about shifts. Answers and notices are only added. */
export const coverRequestMigration: SchemaMigration = {
  id: 202611251201,
  name: 'requests for cover',
  sql: `
    CREATE TABLE ${SCHEMA}.cover_request (
      tenant text NOT NULL,
      id text NOT NULL,
      body text NOT NULL,
      answers text NOT NULL DEFAULT '[]',
      until_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      asked_at timestamptz NOT NULL,
      asked_by text NOT NULL,
      cancelled_at timestamptz,
      cancelled_by text,
      override_id text,
      -- Still to be told that nobody took it.
      waiting boolean NOT NULL DEFAULT true,
      PRIMARY KEY (tenant, id)
    );
    CREATE INDEX cover_request_until ON ${SCHEMA}.cover_request (tenant, until_at);
    CREATE INDEX cover_request_waiting ON ${SCHEMA}.cover_request (expires_at) WHERE waiting;

    CREATE TABLE ${SCHEMA}.shift_notice (
      tenant text NOT NULL,
      n bigint GENERATED ALWAYS AS IDENTITY,
      -- What it says to whom: the same thing is told once, however often it is found.
      key text NOT NULL,
      kind text NOT NULL,
      person text NOT NULL,
      body text NOT NULL,
      told_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
      PRIMARY KEY (tenant, n),
      UNIQUE (tenant, key)
    );`,
};
