import { toldMethodsMigration } from '../contact-methods/told-methods.migration.js';
import { pageCountMigration } from '../count-balance/page-count.migration.js';
import { webhookMigration } from '../send-webhooks/webhook.migration.js';

/** The ledger. A page is what routing asked for, once; an attempt is one try over one method of the person. */
const ledger = `
CREATE TABLE notification.page (
  tenant text NOT NULL, case_id text NOT NULL, epoch int NOT NULL, round int NOT NULL, step int NOT NULL,
  person text NOT NULL,
  priority text NOT NULL, due_at timestamptz NOT NULL,
  facts text NOT NULL,
  traceparent text,
  answer_hash bytea NOT NULL UNIQUE,
  unreachable_at timestamptz,
  requested_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (tenant, case_id, epoch, round, step, person)
) WITH (fillfactor = 95);

CREATE TABLE notification.attempt (
  tenant text NOT NULL, case_id text NOT NULL, epoch int NOT NULL, round int NOT NULL, step int NOT NULL,
  person text NOT NULL, method text NOT NULL, try int NOT NULL,
  channel text NOT NULL, priority text NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'leased', 'handed', 'accepted', 'delivered', 'failed', 'unknown', 'cancelled', 'suppressed')),
  due_at timestamptz NOT NULL,
  lease_until timestamptz,
  token bigint,
  handed_at timestamptz, outcome_at timestamptz,
  repeat boolean NOT NULL DEFAULT false,
  reason text, external_id text,
  PRIMARY KEY (tenant, case_id, epoch, round, step, person, method, try)
) WITH (fillfactor = 80);
CREATE INDEX attempt_open ON notification.attempt (due_at) WHERE state IN ('planned', 'handed');

CREATE TABLE notification.stopped (
  tenant text NOT NULL, case_id text NOT NULL, epoch int NOT NULL,
  reason text NOT NULL, by text,
  at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (tenant, case_id, epoch)
);

CREATE TABLE notification.installation (
  name text PRIMARY KEY, secret bytea NOT NULL
);`;

const phonesAndMethods = `
CREATE TABLE notification.sandbox_message (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text NOT NULL, person text NOT NULL, method text NOT NULL, kind text NOT NULL,
  key text NOT NULL, try int NOT NULL, case_id text NOT NULL,
  language text NOT NULL, text text NOT NULL, answer_url text NOT NULL, repeat boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  UNIQUE (key, try)
);
CREATE INDEX sandbox_message_person ON notification.sandbox_message (tenant, person, id);

CREATE TABLE notification.contact_method (
  id text PRIMARY KEY,
  tenant text NOT NULL, person text NOT NULL, kind text NOT NULL,
  url text NOT NULL, secret bytea, bands text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  deleted_at timestamptz
);
CREATE INDEX contact_method_person ON notification.contact_method (tenant, person) WHERE deleted_at IS NULL;`;

/** For finding what has outlived its time: rows lie in the order of time. */
const ages = `
CREATE INDEX attempt_age ON notification.attempt USING brin (due_at);
CREATE INDEX page_age ON notification.page USING brin (requested_at);
CREATE INDEX stopped_age ON notification.stopped USING brin (at);
CREATE INDEX sandbox_message_age ON notification.sandbox_message USING brin (at);`;

/** Forward-only; run at start by `openConnections`. The outbox and the config copy bring their own. */
export const ledgerMigrations = [
  { id: 202611220101, name: 'notification ledger', sql: ledger },
  { id: 202611220102, name: 'notification sandbox phones and contact methods', sql: phonesAndMethods },
  { id: 202611230101, name: 'notification ages', sql: ages },
  pageCountMigration,
  webhookMigration,
  toldMethodsMigration,
];
