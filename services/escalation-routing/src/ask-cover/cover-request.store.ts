import type { Instant } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { CoverAnswer, CoverRequest, HeldStretch } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, millis, NOW, ONE_NOW } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

interface CoverRow {
  readonly tenant: string;
  readonly id: string;
  readonly body: string;
  readonly answers: string;
  readonly expires_at: number;
  readonly asked_at: number;
  readonly asked_by: string;
  readonly cancelled_at: number | null;
  readonly cancelled_by: string | null;
  readonly override_id: string | null;
}

const COLUMNS = `tenant, id, body, answers, ${millis('expires_at')} AS expires_at, ${millis('asked_at')} AS asked_at,
  asked_by, ${millis('cancelled_at')} AS cancelled_at, cancelled_by, override_id`;

const requestOf = (row: CoverRow): CoverRequest => ({
  ...(JSON.parse(row.body) as HeldStretch & { readonly reason?: string }),
  id: row.id,
  askedAt: row.asked_at,
  askedBy: row.asked_by,
  expiresAt: row.expires_at,
  answers: JSON.parse(row.answers) as CoverAnswer[],
  ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
  ...(row.cancelled_by === null ? {} : { cancelledBy: row.cancelled_by }),
  ...(row.override_id === null ? {} : { override: row.override_id }),
});

/** A request and whose it is. */
export interface TenantRequest {
  readonly tenant: string;
  readonly request: CoverRequest;
}

export class CoverRequestStore {
  /** The database's clock, within the transaction that decides by it. */
  async now(tx: Tx): Promise<Instant> {
    const [row] = await tx.query<{ now: number }>({
      name: 'routing.cover-now',
      text: `SELECT ${NOW} AS now`,
      values: [],
    });
    if (row === undefined) throw new Error('the clock gave no row');
    return row.now;
  }

  async add(tx: Tx, tenant: string, request: CoverRequest): Promise<void> {
    const { schedule, role, person, from, until, reason } = request;
    await tx.query({
      name: 'routing.add-cover-request',
      text: `INSERT INTO ${SCHEMA}.cover_request (tenant, id, body, until_at, expires_at, asked_at, asked_by)
        VALUES ($1, $2, $3, ${instant('$4::float8')}, ${instant('$5::float8')}, ${instant('$6::float8')}, $7)`,
      values: [
        ...[tenant, request.id, JSON.stringify({ schedule, role, person, from, until, reason })],
        ...[until, request.expiresAt, request.askedAt, request.askedBy],
      ],
    });
  }

  /** Holds the request until the transaction ends: of two who accept the second sees the first. */
  async lock(tx: Tx, tenant: string, id: string): Promise<CoverRequest | undefined> {
    const [row] = await tx.query<CoverRow>({
      name: 'routing.lock-cover-request',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.cover_request WHERE tenant = $1 AND id = $2 FOR UPDATE`,
      values: [tenant, id],
    });
    return row === undefined ? undefined : requestOf(row);
  }

  async find(db: Reads, tenant: string, id: string): Promise<CoverRequest | undefined> {
    const [row] = await db.query<CoverRow>({
      name: 'routing.find-cover-request',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.cover_request WHERE tenant = $1 AND id = $2`,
      values: [tenant, id],
    });
    return row === undefined ? undefined : requestOf(row);
  }

  /** Those whose stretch has not been over for 90 days, in the order in which they were asked. */
  async recent(db: Reads, tenant: string): Promise<CoverRequest[]> {
    const rows = await db.query<CoverRow>({
      name: 'routing.cover-requests',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.cover_request
        WHERE tenant = $1 AND until_at > ${ONE_NOW} - interval '90 days' ORDER BY asked_at, id`,
      values: [tenant],
    });
    return rows.map(requestOf);
  }

  /** Call with the request locked. */
  async keep(tx: Tx, tenant: string, request: CoverRequest): Promise<void> {
    const { id, answers, override, cancelledAt, cancelledBy } = request;
    await tx.query({
      name: 'routing.keep-cover-request',
      text: `UPDATE ${SCHEMA}.cover_request SET answers = $3, override_id = $4::text,
          cancelled_at = ${instant('$5::float8')}, cancelled_by = $6::text, waiting = $4::text IS NULL AND $6::text IS NULL
        WHERE tenant = $1 AND id = $2`,
      values: [
        ...[tenant, id, JSON.stringify(answers), override ?? null],
        ...[cancelledAt ?? null, cancelledBy ?? null],
      ],
    });
  }

  /** Takes requests that nobody took in time; another instance's are left to it. */
  async claimExpired(tx: Tx, most: number): Promise<TenantRequest[]> {
    const rows = await tx.query<CoverRow>({
      name: 'routing.claim-expired-cover',
      text: `UPDATE ${SCHEMA}.cover_request SET waiting = false WHERE (tenant, id) IN (
          SELECT tenant, id FROM ${SCHEMA}.cover_request WHERE waiting AND expires_at <= ${ONE_NOW}
          ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING ${COLUMNS}`,
      values: [most],
    });
    return rows.map((row) => ({ tenant: row.tenant, request: requestOf(row) }));
  }

  /** Milliseconds until the next one expires; undefined when none waits. */
  async untilNext(db: Reads): Promise<number | undefined> {
    const [row] = await db.query<{ ms: number | null }>({
      name: 'routing.next-expired-cover',
      text: `SELECT (extract(epoch FROM min(expires_at) - ${ONE_NOW}) * 1000)::float8 AS ms
        FROM ${SCHEMA}.cover_request WHERE waiting`,
      values: [],
    });
    return row?.ms ?? undefined;
  }
}
