import { schemaOf } from '@tocsin/contracts';
import { outboxTable, type SchemaMigration, type SweepRule } from '@tocsin/postgres';

export const SCHEMA = schemaOf('escalation-routing');

/**
 * Routing's tables. Times are timestamptz at the precision of the database's clock; JSON is text, because it is only
 * ever read whole. The escalation row is the lock of its case: every act takes it first, then the case row.
 */
export const escalationRoutingMigration: SchemaMigration = {
  id: 202611220010,
  name: 'cases and escalations',
  sql: `
    ${outboxTable(SCHEMA)};
    -- The timeline is the outbox: what happened to a case is written once.
    CREATE INDEX outbox_timeline ON ${SCHEMA}.outbox (key, batch, n) WHERE topic = 'cases';

    -- Drawn by the processes in blocks of 1000.
    CREATE SEQUENCE ${SCHEMA}.case_id_block START WITH 1048576 INCREMENT BY 1000;

    -- One row per upstream key: serialises the key's events and keeps what S3 needs, the newest version of each sort.
    CREATE TABLE ${SCHEMA}.ticket (
      tenant text NOT NULL,
      source text NOT NULL,
      ticket_key text NOT NULL,
      version_by text,
      seen_at float8, seen_tie text,
      opened_at float8, opened_tie text,
      resolved_at float8, resolved_tie text,
      status text,
      case_id bigint,
      PRIMARY KEY (tenant, source, ticket_key)
    ) WITH (fillfactor = 80);

    -- What became of each event (S2); case_id is null when the event concerned no case.
    CREATE TABLE ${SCHEMA}.applied_event (
      tenant text NOT NULL,
      event_id text NOT NULL,
      outcome text NOT NULL,
      case_id bigint,
      PRIMARY KEY (tenant, event_id)
    );

    CREATE TABLE ${SCHEMA}.case_record (
      id bigint PRIMARY KEY,
      tenant text NOT NULL,
      source text NOT NULL,
      ticket_key text NOT NULL,
      state text NOT NULL,
      priority text NOT NULL,
      because text NOT NULL,
      subject text NOT NULL,
      category text,
      market text,
      language text,
      sensitivity text NOT NULL,
      service text,
      status text,
      link text,
      policy text,
      no_escalation text,
      targets text,
      revision int NOT NULL,
      events int NOT NULL,
      version int NOT NULL,
      opened_at timestamptz NOT NULL,
      acknowledged_at timestamptz,
      acknowledged_by text,
      resolved_at timestamptz
    ) WITH (fillfactor = 90);
    CREATE INDEX case_record_newest ON ${SCHEMA}.case_record (tenant, opened_at, id);
    CREATE INDEX case_record_unresolved ON ${SCHEMA}.case_record (tenant, opened_at, id) WHERE state <> 'resolved';
    CREATE INDEX case_record_key ON ${SCHEMA}.case_record (tenant, ticket_key);

    CREATE TABLE ${SCHEMA}.escalation (
      case_id bigint PRIMARY KEY,
      tenant text NOT NULL,
      status text NOT NULL,
      urgency smallint NOT NULL,
      epoch int NOT NULL,
      round int NOT NULL,
      step int NOT NULL,
      wake_at timestamptz,
      fence bigint NOT NULL,
      state text NOT NULL
    ) WITH (fillfactor = 80);
    CREATE INDEX escalation_due ON ${SCHEMA}.escalation (wake_at) WHERE wake_at IS NOT NULL;
    CREATE INDEX escalation_limbo ON ${SCHEMA}.escalation (case_id)
      WHERE wake_at IS NULL AND status IN ('running', 'exhausted');

    -- S4: a step of an escalation is planned exactly once.
    CREATE TABLE ${SCHEMA}.step_plan (
      case_id bigint NOT NULL,
      epoch int NOT NULL,
      round int NOT NULL,
      step int NOT NULL,
      PRIMARY KEY (case_id, epoch, round, step)
    );

    CREATE TABLE ${SCHEMA}.kept_answer (
      tenant text NOT NULL,
      actor text NOT NULL,
      key text NOT NULL,
      request_hash text NOT NULL,
      status int NOT NULL,
      answer text NOT NULL,
      kept_at timestamptz NOT NULL,
      PRIMARY KEY (tenant, actor, key)
    );
    CREATE INDEX kept_answer_age ON ${SCHEMA}.kept_answer (kept_at);`,
};

/** The default is set in two steps, so that no row is written anew: what is there counts as applied now. */
export const appliedEventAgeMigration: SchemaMigration = {
  id: 202611230010,
  name: 'age of applied events',
  sql: `
    ALTER TABLE ${SCHEMA}.applied_event ADD COLUMN applied_at timestamptz NOT NULL DEFAULT now();
    ALTER TABLE ${SCHEMA}.applied_event ALTER COLUMN applied_at SET DEFAULT event_log.tocsin_now();
    CREATE INDEX applied_event_age ON ${SCHEMA}.applied_event USING brin (applied_at);`,
};

/** One row per promise about a case; the escalation row is its lock too. */
export const slaClockMigration: SchemaMigration = {
  id: 202611250101,
  name: 'sla clocks',
  sql: `
    CREATE TABLE ${SCHEMA}.sla_clock (
      case_id bigint NOT NULL,
      tenant text NOT NULL,
      kind text NOT NULL,
      policy text NOT NULL,
      revision int NOT NULL,
      state text NOT NULL,
      wake_at timestamptz,
      PRIMARY KEY (case_id, kind)
    ) WITH (fillfactor = 80);
    CREATE INDEX sla_clock_due ON ${SCHEMA}.sla_clock (wake_at) WHERE wake_at IS NOT NULL;`,
};

/** Held and snoozed wait too: without a wake-up they are in limbo like the others (L3). Policies take turns. */
export const waitsAndTurnsMigration: SchemaMigration = {
  id: 202611250201,
  name: 'held and snoozed escalations, turns of policies',
  sql: `
    CREATE TABLE ${SCHEMA}.policy_turn (
      tenant text NOT NULL,
      policy text NOT NULL,
      turn bigint NOT NULL,
      PRIMARY KEY (tenant, policy)
    ) WITH (fillfactor = 50);
    -- How many cases each person has on their hands.
    CREATE INDEX case_record_owner ON ${SCHEMA}.case_record (tenant, acknowledged_by) WHERE state = 'acknowledged';
    CREATE INDEX escalation_limbo_states ON ${SCHEMA}.escalation (case_id)
      WHERE wake_at IS NULL AND status IN ('running', 'exhausted', 'held', 'snoozed');
    DROP INDEX ${SCHEMA}.escalation_limbo;`,
};

/** Intake forgets an event's id after 14 days too. Kept answers are removed by the auditor. */
export const ROUTING_SWEEPS: readonly SweepRule[] = [
  { table: `${SCHEMA}.applied_event`, age: 'applied_at', days: 14 },
];
