import type { AttemptState, Instant, PagesStopped } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { isState, type AttemptId, type PageId } from '../ledger/attempt.js';
import type { Sibling } from './after-failure.js';

export interface ClosedAttempt extends AttemptId {
  readonly token: string;
  readonly state: AttemptState;
  readonly reason: string | null;
  readonly externalId: string | null;
}

const KEY = 'tenant, case_id, epoch, round, step, person';
const KEY_RECORD = 'tenant text, "caseId" text, epoch int, round int, step int, person text';
const SAME_PAGE = (a: string, b: string): string =>
  `${a}.tenant = ${b}.tenant AND ${a}.case_id = ${b}."caseId" AND ${a}.epoch = ${b}.epoch AND ${a}.round = ${b}.round
    AND ${a}.step = ${b}.step AND ${a}.person = ${b}.person`;

/**
 * Closes attempts, each only while it is still handed to the token that closes it (S10): a process that was overtaken
 * changes nothing.
 * @returns the positions in `closed` that were accepted
 */
export async function closeAttempts(
  tx: Tx,
  closed: readonly ClosedAttempt[],
): Promise<{ n: number; now: Instant }[]> {
  return tx.query<{ n: number; now: Instant }>({
    name: 'settle.close',
    text: `UPDATE notification.attempt a
      SET state = c.state, outcome_at = event_log.tocsin_now(), reason = c.reason, external_id = c."externalId", lease_until = NULL
      FROM json_to_recordset($1) AS c(n int, ${KEY_RECORD}, method text, try int, token bigint, state text, reason text, "externalId" text)
      WHERE ${SAME_PAGE('a', 'c')} AND a.method = c.method AND a.try = c.try AND a.token = c.token AND ${isState('handed')}
      RETURNING c.n, (extract(epoch FROM a.outcome_at) * 1000)::float8 AS now`,
    values: [JSON.stringify(closed.map((c, n) => ({ ...c, n })))],
  });
}

export interface PageState extends PageId {
  readonly stopped: PagesStopped['reason'] | null;
  readonly attempts: Sibling[];
}

/** The pages with all their attempts, locked, so that two failures of one page are judged one after the other. */
export async function lockPages(tx: Tx, pages: readonly PageId[]): Promise<PageState[]> {
  const keys = JSON.stringify(
    pages.map(({ tenant, caseId, epoch, round, step, person }) => ({
      tenant,
      caseId,
      epoch,
      round,
      step,
      person,
    })),
  );
  await tx.query({
    name: 'settle.lock',
    text: `SELECT 1 FROM notification.page p WHERE (${KEY}) IN
        (SELECT tenant, "caseId", epoch, round, step, person FROM json_to_recordset($1) AS k(${KEY_RECORD}))
      ORDER BY ${KEY} FOR UPDATE`,
    values: [keys],
  });
  return tx.query<PageState>({
    name: 'settle.pages',
    text: `SELECT k.tenant, k."caseId", k.epoch, k.round, k.step, k.person, s.reason AS stopped,
        json_agg(json_build_object('method', a.method, 'try', a.try, 'state', a.state,
          'dueAt', (extract(epoch FROM a.due_at) * 1000)::float8)) AS attempts
      FROM json_to_recordset($1) AS k(${KEY_RECORD})
      JOIN notification.attempt a ON ${SAME_PAGE('a', 'k')}
      LEFT JOIN notification.stopped s ON s.tenant = k.tenant AND s.case_id = k."caseId" AND s.epoch = k.epoch
      GROUP BY k.tenant, k."caseId", k.epoch, k.round, k.step, k.person, s.reason`,
    values: [keys],
  });
}

export interface FurtherTry extends AttemptId {
  readonly channel: string;
  readonly priority: string;
  readonly dueAt: string;
  readonly repeat: boolean;
}

export async function insertTries(tx: Tx, tries: readonly FurtherTry[]): Promise<void> {
  await tx.query({
    name: 'settle.tries',
    text: `INSERT INTO notification.attempt (${KEY}, method, try, channel, priority, state, due_at, repeat)
      SELECT tenant, "caseId", epoch, round, step, person, method, try, channel, priority, 'planned', "dueAt", repeat
      FROM json_to_recordset($1) AS t(${KEY_RECORD}, method text, try int, channel text, priority text, "dueAt" timestamptz, repeat boolean)
      ON CONFLICT DO NOTHING`,
    values: [JSON.stringify(tries)],
  });
}

/** Makes planned attempts due now. */
export async function bringForward(tx: Tx, attempts: readonly AttemptId[]): Promise<void> {
  await tx.query({
    name: 'settle.forward',
    text: `UPDATE notification.attempt a SET due_at = event_log.tocsin_now()
      FROM json_to_recordset($1) AS f(${KEY_RECORD}, method text, try int)
      WHERE ${SAME_PAGE('a', 'f')} AND a.method = f.method AND a.try = f.try AND ${isState('planned')}`,
    values: [JSON.stringify(attempts)],
  });
}

/** @returns the pages that were not unreachable before: the event is told once */
export async function markUnreachable(tx: Tx, pages: readonly PageId[]): Promise<PageId[]> {
  return tx.query<PageId>({
    name: 'settle.unreachable',
    text: `UPDATE notification.page p SET unreachable_at = event_log.tocsin_now()
      FROM json_to_recordset($1) AS k(${KEY_RECORD})
      WHERE ${SAME_PAGE('p', 'k')} AND p.unreachable_at IS NULL
      RETURNING p.tenant, p.case_id AS "caseId", p.epoch, p.round, p.step, p.person`,
    values: [JSON.stringify(pages)],
  });
}
