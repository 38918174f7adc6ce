import { configCopyMigration } from '@tocsin/connections';
import { schemaOf } from '@tocsin/contracts';
import { outboxTable, type SchemaMigration } from '@tocsin/postgres';

const schema = schemaOf('ticket-intake');

export const intakeMigrations: readonly SchemaMigration[] = [
  configCopyMigration(schema),
  {
    id: 202611220002,
    name: 'intake',
    sql: `
${outboxTable(schema)}

-- One slim row per event, never partitioned: its key is what makes intake idempotent.
-- (batch, n) leads to the raw form and the outbox row.
CREATE TABLE ${schema}.received (
  event_id     text        COLLATE "C" PRIMARY KEY,
  tenant       text        NOT NULL,
  source       text        NOT NULL,
  payload_hash text        NOT NULL,
  state        text        NOT NULL DEFAULT 'received' CHECK (state IN ('received', 'recorded', 'quarantined')),
  batch        bigint      NOT NULL,
  n            int         NOT NULL,
  received_at  timestamptz NOT NULL DEFAULT event_log.tocsin_now()
);
CREATE INDEX received_at ON ${schema}.received USING brin (received_at);

-- What was sent, as it came. Read by operators only.
CREATE TABLE ${schema}.raw_event (
  batch       bigint      NOT NULL,
  n           int         NOT NULL,
  event_id    text        NOT NULL,
  body        text        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (batch, n)
);
CREATE INDEX raw_event_at ON ${schema}.raw_event USING brin (received_at);

-- The same for restricted categories and where the category cannot be told. No API reads it.
CREATE TABLE ${schema}.vault (LIKE ${schema}.raw_event INCLUDING ALL);

CREATE TABLE ${schema}.quarantine (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id    text        NOT NULL UNIQUE,
  tenant      text        NOT NULL,
  source      text        NOT NULL,
  route       text        NOT NULL,
  mapping     text        NOT NULL,
  reason      text        NOT NULL,
  faults      text        NOT NULL,
  headers     text        NOT NULL,
  body        text        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  redriven_at timestamptz,
  redriven_by text,
  event_ids   text
);
CREATE INDEX quarantine_held ON ${schema}.quarantine (tenant, id DESC) WHERE redriven_at IS NULL;

-- Per source and minute: received = accepted + duplicate + quarantined + rejected.
CREATE TABLE ${schema}.conservation (
  tenant      text        NOT NULL,
  source      text        NOT NULL,
  minute      timestamptz NOT NULL,
  received    bigint      NOT NULL,
  accepted    bigint      NOT NULL,
  duplicate   bigint      NOT NULL,
  quarantined bigint      NOT NULL,
  rejected    bigint      NOT NULL,
  PRIMARY KEY (minute, tenant, source)
) WITH (fillfactor = 70);
`,
  },
  {
    id: 202611220003,
    name: 'counts of the accepting statement, and what ends what',
    sql: `
-- Counted by the statement that stores the events. A row has one writer (a connection of one run of a process), so
-- that no two statements wait for each other's row; fillfactor leaves room for updates inside the page.
ALTER TABLE ${schema}.conservation ADD COLUMN writer text NOT NULL DEFAULT '',
  DROP CONSTRAINT conservation_pkey, ADD PRIMARY KEY (minute, tenant, source, writer);

-- The event that this one ends: its repeat after this one is a new event.
ALTER TABLE ${schema}.received ADD COLUMN ends text COLLATE "C";
CREATE INDEX received_ends ON ${schema}.received (ends, batch, n) WHERE ends IS NOT NULL;
`,
  },
];
