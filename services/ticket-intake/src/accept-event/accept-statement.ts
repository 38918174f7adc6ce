import { schemaOf } from '@tocsin/contracts';
import type { Statement } from '@tocsin/event-log';
import type { AcceptRow } from './accept-row.js';

/** Between the values of one column: a character that JSON text never holds unescaped and keys are cleaned of. */
const SEPARATOR = '\u001e';
const schema = schemaOf('ticket-intake');

/** The one row that the statement answers. */
export interface AcceptAnswer {
  /** Positions (from 1) of the rows that were new, joined by commas; null when none was. */
  readonly fresh: string | null;
  /** The database's clock, milliseconds since 1970. */
  readonly now: number;
}

/** Columns as one joined text each: PostgreSQL splits them far faster than the client writes array literals. */
const COLUMNS: readonly ((row: AcceptRow) => string)[] = [
  (row) => row.eventId,
  (row) => row.tenant,
  (row) => row.source,
  (row) => row.payloadHash,
  (row) => row.lane,
  (row) => row.key,
  (row) => row.type,
  (row) => row.payload,
  (row) => row.traceparent,
  (row) => row.raw,
  (row) => (row.vault ? 't' : 'f'),
];

/** Values for `acceptText`. Raw forms are JSON text too: a body that does not parse never comes here. */
export const acceptValues = (rows: readonly AcceptRow[]): string[] =>
  COLUMNS.map((of) => rows.map(of).join(SEPARATOR));

/**
 * One autocommit statement: received, raw form, event and hand-off of all new rows, or nothing of any of them.
 * Rows are inserted in the order of their ids, so that two statements with the same ids wait for each other instead
 * of deadlocking; of two rows with one id the earlier wins.
 * @param append the CTEs of `PostgresEventLog.appendCtes('tickets', 'published')`
 */
export const acceptText = (append: string): string => `
WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch),
u AS MATERIALIZED (
  -- A column that joins to the empty text splits into no values at all: one row that is only recorded.
  SELECT event_id, tenant, source, payload_hash, lane, key, type, coalesce(payload, '') AS payload, traceparent, raw,
    vault, n::int AS n
  FROM unnest(${COLUMNS.map((_, at) => `string_to_array($${at + 1}, E'\\x1e')`).join(', ')}) WITH ORDINALITY
    AS t (event_id, tenant, source, payload_hash, lane, key, type, payload, traceparent, raw, vault, n)),
fresh AS (
  INSERT INTO ${schema}.received (event_id, tenant, source, payload_hash, state, batch, n)
  SELECT event_id, tenant, source, payload_hash, CASE payload WHEN '' THEN 'recorded' ELSE 'received' END, b.batch, n
  FROM u, b ORDER BY event_id, n
  ON CONFLICT DO NOTHING
  RETURNING batch, n),
kept AS (
  INSERT INTO ${schema}.raw_event (batch, n, event_id, body)
  SELECT f.batch, f.n, u.event_id, u.raw FROM fresh f JOIN u USING (n) WHERE u.vault = 'f'),
locked AS (
  INSERT INTO ${schema}.vault (batch, n, event_id, body)
  SELECT f.batch, f.n, u.event_id, u.raw FROM fresh f JOIN u USING (n) WHERE u.vault = 't'),
published AS (
  SELECT f.batch, f.n, u.lane, u.key, u.type, u.payload, u.traceparent
  FROM fresh f JOIN u USING (n) WHERE u.payload <> ''),
${append}
SELECT (SELECT string_agg(n::text, ',') FROM fresh) AS fresh,
  (extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now`;

/** What is kept of the first event of each id. */
export interface KeptEvent {
  readonly event_id: string;
  readonly payload_hash: string;
}

export const keptStatement = (eventIds: readonly string[]): Statement => ({
  name: 'intake.kept',
  text: `SELECT event_id, payload_hash FROM ${schema}.received WHERE event_id = ANY ($1::text[])`,
  values: [eventIds],
});

/** The raw form of the first event, wherever it is kept. */
export const rawStatement = (eventId: string): Statement => ({
  name: 'intake.raw',
  text: `SELECT coalesce(e.body, v.body) AS body FROM ${schema}.received r
    LEFT JOIN ${schema}.raw_event e ON e.batch = r.batch AND e.n = r.n
    LEFT JOIN ${schema}.vault v ON v.batch = r.batch AND v.n = r.n
    WHERE r.event_id = $1`,
  values: [eventId],
});
