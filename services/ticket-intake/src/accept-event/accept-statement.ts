import { schemaOf } from '@tocsin/contracts';
import type { Statement } from '@tocsin/event-log';
import { countText } from '../count-conservation/count-statement.js';
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
  (row) => row.ends,
];

/** Who counts, and how much a row weighs as received: 0 when the same delivery was counted before, as a duplicate. */
export interface Counting {
  readonly writer: string;
  readonly weight: 0 | 1;
}

const WRITER = `$${COLUMNS.length + 1}::text`;
const WEIGHT = `$${COLUMNS.length + 2}::int`;

/** Values for `acceptText`. Raw forms are JSON text too: a body that does not parse never comes here. */
export const acceptValues = (rows: readonly AcceptRow[], { writer, weight }: Counting): unknown[] => [
  ...COLUMNS.map((of) => rows.map(of).join(SEPARATOR)),
  writer,
  weight,
];

/**
 * One autocommit statement: received, raw form, event, hand-off and counts of all new rows, or nothing of any of them.
 * Rows are inserted in the order of their ids, so that two statements with the same ids wait for each other instead
 * of deadlocking; of two rows with one id the earlier wins.
 * @param append the CTEs of `PostgresEventLog.appendCtes('tickets', 'published')`
 */
export const acceptText = (append: string): string => `
WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch, event_log.tocsin_now() AS at),
u AS MATERIALIZED (
  -- A column that joins to the empty text splits into no values at all: one row that is only recorded.
  SELECT event_id, tenant, source, payload_hash, lane, key, type, coalesce(payload, '') AS payload, traceparent, raw,
    vault, nullif(ends, '') AS ends, n::int AS n
  FROM unnest(${COLUMNS.map((_, at) => `string_to_array($${at + 1}, E'\\x1e')`).join(', ')}) WITH ORDINALITY
    AS t (event_id, tenant, source, payload_hash, lane, key, type, payload, traceparent, raw, vault, ends, n)),
fresh AS (
  INSERT INTO ${schema}.received (event_id, tenant, source, payload_hash, state, batch, n, ends)
  SELECT event_id, tenant, source, payload_hash, CASE payload WHEN '' THEN 'recorded' ELSE 'received' END, b.batch, n,
    ends
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
counted AS (
  ${countText(`SELECT b.at, u.tenant, u.source, ${WRITER}, ${WEIGHT} * count(*) AS received, count(f.n) AS accepted,
    ${WEIGHT} * count(*) - count(f.n) AS duplicate, 0 AS quarantined, 0 AS rejected
    FROM b, u LEFT JOIN fresh f USING (n) GROUP BY b.at, u.tenant, u.source`)}),
${append}
SELECT (SELECT string_agg(n::text, ',') FROM fresh) AS fresh,
  (extract(epoch FROM b.at) * 1000)::float8 AS now FROM b`;

/** What is kept of the first event of each id. */
export interface KeptEvent {
  readonly event_id: string;
  readonly payload_hash: string;
  /** Id of the last event that ended it; null while none has. */
  readonly ended_by: string | null;
}

export const keptStatement = (eventIds: readonly string[]): Statement => ({
  name: 'intake.kept',
  text: `SELECT event_id, payload_hash, (SELECT e.event_id FROM ${schema}.received e WHERE e.ends = r.event_id
      ORDER BY e.batch DESC, e.n DESC LIMIT 1) AS ended_by
    FROM ${schema}.received r WHERE event_id = ANY ($1::text[])`,
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
