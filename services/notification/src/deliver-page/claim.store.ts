import { type Instant, PageRequested } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import type { StoredContactMethod } from '../contact-methods/contact-method.store.js';
import { isState, type AttemptFacts, type AttemptId, LEASE_SECONDS } from '../ledger/attempt.js';
import type { Epoch } from '../ledger/stopped-epochs.js';

/** A row that is due: planned, or handed to somebody whose lease is over. */
export interface DueAttempt extends AttemptFacts {
  readonly state: 'planned' | 'handed';
  readonly token: string | null;
  readonly dueAt: Instant;
  readonly now: Instant;
  readonly facts: string;
  readonly traceparent: string | null;
  /** Why this epoch may not be paged any more. */
  readonly stopped: string | null;
  readonly added: (Omit<StoredContactMethod, 'secret'> & { secret: string | null }) | null;
}

export const pageOf = (due: DueAttempt): PageRequested => PageRequested.parse(JSON.parse(due.facts));

export function addedMethodOf({ added }: DueAttempt): StoredContactMethod | undefined {
  if (added === null) return undefined;
  return { ...added, secret: added.secret === null ? null : Buffer.from(added.secret, 'hex') };
}

/** Locks what is due, the most urgent first; rows that another process is looking at are left to it. */
export async function lockDue(tx: Tx, deadTokens: readonly string[], most: number): Promise<DueAttempt[]> {
  return tx.query<DueAttempt>({
    name: 'claim.lock',
    // tocsin_now() in a sub-select is computed once; bare it would be volatile and no index could be used.
    text: `SELECT a.tenant, a.case_id AS "caseId", a.epoch, a.round, a.step, a.person, a.method, a.try, a.channel, a.priority,
        a.repeat, a.state, a.token::text AS token, (extract(epoch FROM a.due_at) * 1000)::float8 AS "dueAt",
        (extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now, p.facts, p.traceparent, s.reason AS stopped,
        (SELECT json_build_object('id', m.id, 'tenant', m.tenant, 'person', m.person, 'kind', m.kind, 'url', m.url,
            'secret', encode(m.secret, 'hex'), 'bands', m.bands)
          FROM notification.contact_method m WHERE m.id = a.method AND m.tenant = a.tenant AND m.deleted_at IS NULL) AS added
      FROM notification.attempt a
      JOIN notification.page p ON (p.tenant, p.case_id, p.epoch, p.round, p.step, p.person)
        = (a.tenant, a.case_id, a.epoch, a.round, a.step, a.person)
      LEFT JOIN notification.stopped s ON s.tenant = a.tenant AND s.case_id = a.case_id AND s.epoch = a.epoch
      WHERE a.state IN ('planned', 'handed') AND a.due_at <= (SELECT event_log.tocsin_now())
        AND (a.state = 'planned' OR a.lease_until < (SELECT event_log.tocsin_now()) OR a.token = ANY ($1::bigint[]))
      ORDER BY a.priority, a.due_at LIMIT $2 FOR UPDATE OF a SKIP LOCKED`,
    values: [deadTokens, most],
  });
}

const KEY_RECORD =
  'tenant text, "caseId" text, epoch int, round int, step int, person text, method text, try int';
const SAME_ATTEMPT = `a.tenant = k.tenant AND a.case_id = k."caseId" AND a.epoch = k.epoch AND a.round = k.round AND a.step = k.step
    AND a.person = k.person AND a.method = k.method AND a.try = k.try`;
const keysOf = (attempts: readonly AttemptId[]): string =>
  JSON.stringify(
    attempts.map(({ tenant, caseId, epoch, round, step, person, method, try: t }) => ({
      ...{ tenant, caseId, epoch, round, step, person, method },
      try: t,
    })),
  );

export async function handToUs(tx: Tx, attempts: readonly AttemptId[], token: string): Promise<void> {
  await tx.query({
    name: 'claim.hand',
    text: `UPDATE notification.attempt a SET state = 'handed', token = $2, handed_at = event_log.tocsin_now(),
        lease_until = event_log.tocsin_now() + interval '${LEASE_SECONDS} s'
      FROM json_to_recordset($1) AS k(${KEY_RECORD}) WHERE ${SAME_ATTEMPT} AND ${isState('planned')}`,
    values: [keysOf(attempts), token],
  });
}

export async function cancelPlanned(tx: Tx, attempts: readonly DueAttempt[]): Promise<void> {
  await tx.query({
    name: 'claim.cancel',
    text: `UPDATE notification.attempt a SET state = 'cancelled', outcome_at = event_log.tocsin_now(), reason = k.stopped
      FROM json_to_recordset($1) AS k(${KEY_RECORD}, stopped text) WHERE ${SAME_ATTEMPT} AND ${isState('planned')}`,
    values: [JSON.stringify(attempts)],
  });
}

/** Milliseconds until the next planned attempt is due; undefined when none is planned. */
export async function nextDueIn(db: Transactions): Promise<number | undefined> {
  const [row] = await db.query<{ wait: number | null }>('hot', {
    name: 'claim.next',
    text: `SELECT (extract(epoch FROM min(due_at) - event_log.tocsin_now()) * 1000)::float8 AS wait
      FROM (SELECT due_at FROM notification.attempt WHERE state IN ('planned', 'handed') AND state = 'planned' ORDER BY due_at LIMIT 1) AS next`,
    values: [],
  });
  return row?.wait ?? undefined;
}

/**
 * Renews leases of ours. Rows that another statement of ours has locked are left out: it is recording their outcome,
 * and to wait for it in another order of rows would be a deadlock.
 * @returns the positions of those renewed
 */
export async function renewLeases(
  db: Transactions,
  held: readonly AttemptId[],
  token: string,
): Promise<number[]> {
  if (held.length === 0) return [];
  const rows = await db.query<{ n: number }>('hot', {
    name: 'claim.renew',
    text: `WITH k AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS k(n int, ${KEY_RECORD})),
      l AS MATERIALIZED (SELECT a.ctid, k.n FROM k JOIN notification.attempt a ON ${SAME_ATTEMPT}
        WHERE a.token = $2 AND ${isState('handed')} FOR UPDATE OF a SKIP LOCKED)
      UPDATE notification.attempt a SET lease_until = event_log.tocsin_now() + interval '${LEASE_SECONDS} s'
      FROM l WHERE a.ctid = l.ctid RETURNING l.n`,
    values: [JSON.stringify(held.map((a, n) => ({ ...a, n }))), token],
  });
  return rows.map(({ n }) => n);
}

/** Which epochs of these attempts have been stopped, by whichever process. */
export async function readStopped(db: Transactions, held: readonly AttemptId[]): Promise<Epoch[]> {
  const cases = new Map(
    held.map(({ tenant, caseId, epoch }) => [`${tenant}/${caseId}/${epoch}`, { tenant, caseId, epoch }]),
  );
  return db.query<Epoch>('hot', {
    name: 'claim.stopped',
    text: `SELECT s.tenant, s.case_id AS "caseId", s.epoch FROM json_to_recordset($1) AS k(tenant text, "caseId" text, epoch int)
      JOIN notification.stopped s ON s.tenant = k.tenant AND s.case_id = k."caseId" AND s.epoch = k.epoch`,
    values: [JSON.stringify([...cases.values()])],
  });
}

export interface OpenAge {
  /** Seconds since the oldest due attempt that is not closed. */
  readonly oldest: number;
  /** Due for more than 10 s and held by nobody. */
  readonly stuck: number;
}

export async function readOpenAge(db: Transactions): Promise<OpenAge> {
  const [row] = await db.query<OpenAge>('cold', {
    name: 'claim.age',
    text: `SELECT coalesce(extract(epoch FROM max(clock.now - due_at)), 0)::float8 AS oldest,
        count(*) FILTER (WHERE due_at < clock.now - interval '10 s' AND (state = 'planned' OR lease_until < clock.now))::int AS stuck
      FROM notification.attempt, (SELECT event_log.tocsin_now() AS now) AS clock
      WHERE state IN ('planned', 'handed') AND due_at <= (SELECT event_log.tocsin_now())`,
    values: [],
  });
  return row ?? { oldest: 0, stuck: 0 };
}
