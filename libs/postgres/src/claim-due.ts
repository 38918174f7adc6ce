import { createHash } from 'node:crypto';
import type { Statement } from '@tocsin/event-log';

/**
 * «Now» inside a WHERE: evaluated once per statement, so that an index on the due column can be used (a bare call of
 * a volatile function is evaluated per row and forces a scan).
 */
export const NOW = '(SELECT event_log.tocsin_now())';

export interface DueClaim {
  /** With its schema, such as `notification.attempt`. */
  readonly table: string;
  /** The `timestamptz` column that says when; null = never. Wants a partial index on it. */
  readonly due: string;
  /** Columns to return, as SQL; with a lease `token` is worth having among them. */
  readonly returning: string;
  /** A further condition, as constant SQL, such as `state = 'planned'`. */
  readonly where?: string;
  /** Which first; by default the longest due. */
  readonly order?: string;
  /**
   * Seconds. Given: the table has `lease_until timestamptz, token bigint`; the claim outlives the statement, rows
   * under a running lease are passed over, and every later write must say `WHERE token = $mine`, so that a frozen
   * process that wakes up too late is refused. Not given: rows are locked until the caller's transaction ends.
   */
  readonly lease?: number;
}

/**
 * The statement that claims what is due, for any number of instances at once: nobody waits for another's rows and no
 * row is given twice. `$1` = most rows. Built once per claim and used as `tx.query(claim(50))`.
 */
export function claimDue(claim: DueClaim): (limit: number) => Statement {
  const text = claim.lease === undefined ? lockText(claim) : leaseText(claim, claim.lease);
  const name = nameOf(text);
  return (limit) => ({ name, text, values: [limit] });
}

/** Seconds until the next row falls due: a row `{ seconds: number | null }`, negative when it is overdue. */
export function nextDue(claim: Pick<DueClaim, 'table' | 'due' | 'where'>): Statement {
  const condition = claim.where === undefined ? '' : `AND ${claim.where}`;
  const text = `SELECT extract(epoch FROM min(${claim.due}) - ${NOW})::float8 AS seconds FROM ${claim.table}
                WHERE ${claim.due} IS NOT NULL ${condition}`;
  return { name: nameOf(text), text, values: [] };
}

/** A prepared statement's name belongs to one text. */
const nameOf = (text: string): string =>
  `due ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;

const dueOf = ({ due, where }: DueClaim): string =>
  `${due} IS NOT NULL AND ${due} <= ${NOW}${where === undefined ? '' : ` AND ${where}`}`;

const lockText = (claim: DueClaim): string => `
SELECT ${claim.returning} FROM ${claim.table} WHERE ${dueOf(claim)}
ORDER BY ${claim.order ?? claim.due} LIMIT $1 FOR UPDATE SKIP LOCKED`;

const leaseText = (claim: DueClaim, seconds: number): string => `
UPDATE ${claim.table}
SET lease_until = event_log.tocsin_now() + interval '${seconds} seconds', token = nextval('event_log.token_seq')
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM ${claim.table}
  WHERE ${dueOf(claim)} AND (lease_until IS NULL OR lease_until < ${NOW})
  ORDER BY ${claim.order ?? claim.due} LIMIT $1 FOR UPDATE SKIP LOCKED))
RETURNING ${claim.returning}`;
