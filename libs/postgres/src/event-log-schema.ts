import type { SchemaMigration, SchemaMigrations } from './migrate.js';

/** The hand-off tables of the event log; they belong to no service and sit beside the services' schemas. */
export const EVENT_LOG_SCHEMA: SchemaMigrations = {
  schema: 'event_log',
  migrations: [
    {
      id: 202611220001,
      name: 'event log',
      sql: `
-- The only «now» that decides anything; tests replace it to move time.
CREATE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
  AS 'SELECT clock_timestamp()';

-- One number per appending statement: (batch, n) is an event's ordered identity.
CREATE SEQUENCE event_log.batch_seq;
-- Fence tokens: a later holder of a lease always has a greater one.
CREATE SEQUENCE event_log.token_seq;

-- One row per batch, subscribed group and lane. The consumer deletes it in the transaction of its effects: the
-- delete is the inbox. Never read by a moving cursor: batches commit out of order.
CREATE TABLE event_log.pending (
  grp    text   NOT NULL,
  lane   text   NOT NULL,
  batch  bigint NOT NULL,
  topic  text   NOT NULL,
  events int    NOT NULL,
  PRIMARY KEY (grp, lane, batch)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- What a group has handled of what reaches it by two ways (a broker, and the hot lane's direct hand-off).
CREATE TABLE event_log.inbox (
  grp   text        NOT NULL,
  batch bigint      NOT NULL,
  n     int         NOT NULL,
  at    timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (grp, batch, n)
);
CREATE INDEX inbox_at ON event_log.inbox USING brin (at);

-- Events that could not be handled (with a cause), and later ones of the same key that wait behind them (without).
CREATE TABLE event_log.dead_letter (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  grp         text        NOT NULL,
  topic       text        NOT NULL,
  lane        text        NOT NULL,
  key         text        NOT NULL,
  batch       bigint      NOT NULL,
  n           int         NOT NULL,
  type        text        NOT NULL,
  payload     text        NOT NULL,
  traceparent text,
  time        text        NOT NULL,
  cause       text,
  tries       int         NOT NULL DEFAULT 1,
  parked_at   timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  UNIQUE (grp, batch, n)
);
CREATE INDEX dead_letter_key ON event_log.dead_letter (grp, key, batch, n);

-- Messages of a broker that are no event at all; kept as they came.
CREATE TABLE event_log.unreadable (
  grp       text        NOT NULL,
  origin    text        NOT NULL,
  cause     text        NOT NULL,
  key       bytea,
  value     bytea,
  headers   jsonb       NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (grp, origin)
);

CREATE TABLE event_log.lease (
  name   text        PRIMARY KEY,
  holder text        NOT NULL,
  token  bigint      NOT NULL,
  until  timestamptz NOT NULL
);
`,
    },
    {
      id: 202611230001,
      name: 'dead letters are alarmed and driven again',
      sql: `
-- When somebody was told of it: once, whichever replica sees it first. When a person asked for another try.
ALTER TABLE event_log.dead_letter
  ADD COLUMN alarmed_at timestamptz,
  ADD COLUMN redrive_asked_at timestamptz,
  ADD COLUMN redrive_asked_by text;
`,
    },
  ],
};

/** For finding what has outlived its time; beside the migrations of every service that has an outbox. */
export const outboxAgeMigration = (schema: string): SchemaMigration => ({
  id: 202611230001,
  name: 'outbox age',
  sql: `
DO $$ BEGIN
  IF to_regclass('${schema}.outbox') IS NOT NULL THEN
    CREATE INDEX IF NOT EXISTS outbox_age ON ${schema}.outbox USING brin (created_at);
  END IF;
END $$;`,
});

/**
 * DDL of a service's outbox, for its first migration. The outbox is the log itself: rows are never updated, and a
 * hand-off row in `event_log.pending` tells who has still to read them.
 */
export const outboxTable = (schema: string): string => `
CREATE TABLE ${schema}.outbox (
  batch       bigint      NOT NULL,
  n           int         NOT NULL,
  topic       text        NOT NULL,
  lane        text        NOT NULL,
  key         text        NOT NULL,
  type        text        NOT NULL,
  payload     text        NOT NULL,
  traceparent text,
  created_at  timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (batch, n)
);
`;
