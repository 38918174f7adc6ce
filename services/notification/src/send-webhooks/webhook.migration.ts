/**
 * Outgoing webhooks. A delivery is one event for one endpoint. What is about the same case stands in one line, and the
 * line is what is due, leased and fenced: only its first open delivery is ever under way, so their order holds.
 */
export const webhookMigration = {
  id: 202611252001,
  name: 'outgoing webhooks',
  sql: `
CREATE TABLE notification.webhook (
  tenant text NOT NULL, name text NOT NULL,
  paused_at timestamptz, paused_by text,
  disabled_at timestamptz, disabled_config text,
  quiet_until timestamptz,
  tokens float8, tokens_at timestamptz,
  missing_since timestamptz,
  PRIMARY KEY (tenant, name)
);

CREATE TABLE notification.webhook_case (
  tenant text NOT NULL, case_id text NOT NULL,
  brief text NOT NULL, restricted boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (tenant, case_id)
);

CREATE TABLE notification.webhook_line (
  tenant text NOT NULL, webhook text NOT NULL, about text NOT NULL,
  due_at timestamptz, lease_until timestamptz, token bigint,
  at timestamptz NOT NULL DEFAULT event_log.tocsin_now(),
  PRIMARY KEY (tenant, webhook, about)
);
CREATE INDEX webhook_line_due ON notification.webhook_line (tenant, webhook, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE notification.webhook_delivery (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  id text PRIMARY KEY,
  tenant text NOT NULL, webhook text NOT NULL, about text NOT NULL,
  batch bigint NOT NULL, n int NOT NULL,
  type text NOT NULL, at timestamptz NOT NULL,
  event text NOT NULL, traceparent text,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'delivered', 'dead')),
  tries int NOT NULL DEFAULT 0,
  reason text, replayed_by text,
  recorded_at timestamptz NOT NULL DEFAULT event_log.tocsin_now()
);
CREATE INDEX webhook_delivery_open ON notification.webhook_delivery (tenant, webhook, about, batch, n)
  WHERE state IN ('waiting', 'sending');
CREATE INDEX webhook_delivery_dead ON notification.webhook_delivery (tenant, webhook, recorded_at) WHERE state = 'dead';
CREATE INDEX webhook_delivery_log ON notification.webhook_delivery (tenant, webhook, seq);
CREATE INDEX webhook_delivery_age ON notification.webhook_delivery USING brin (recorded_at);

CREATE TABLE notification.webhook_request (
  delivery text NOT NULL, nth int NOT NULL,
  token bigint NOT NULL,
  began_at timestamptz NOT NULL, ended_at timestamptz,
  status int, outcome text,
  PRIMARY KEY (delivery, nth)
);
CREATE INDEX webhook_request_age ON notification.webhook_request USING brin (began_at);`,
};
