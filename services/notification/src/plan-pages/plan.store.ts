import type { AttemptState, Instant } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { StoredContactMethod } from '../contact-methods/contact-method.store.js';
import { type AttemptFacts, LEASE_SECONDS, type PageId } from '../ledger/attempt.js';
import type { Epoch } from '../ledger/stopped-epochs.js';

export interface PlanningFacts {
  /** The database's clock. */
  readonly now: Instant;
  readonly stopped: readonly Epoch[];
  readonly methods: readonly StoredContactMethod[];
}

export interface NewPage extends PageId {
  readonly priority: string;
  readonly dueAt: string;
  readonly facts: string;
  readonly traceparent: string | undefined;
  /** SHA-256 of the answer token, hex. */
  readonly answerHash: string;
}

export interface NewAttempt extends AttemptFacts {
  readonly dueAt: string;
  readonly state: Extract<AttemptState, 'planned' | 'handed'>;
}

/** What planning needs to know, in one round trip. */
export async function readPlanningFacts(tx: Tx, pages: readonly PageId[]): Promise<PlanningFacts> {
  const [row] = await tx.query<{
    now: number;
    stopped: Epoch[];
    methods: (StoredContactMethod & { secret: string | null })[];
  }>({
    name: 'plan.facts',
    text: `WITH asked AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS a(tenant text, "caseId" text, epoch int, person text))
      SELECT (extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now,
        (SELECT coalesce(json_agg(json_build_object('tenant', s.tenant, 'caseId', s.case_id, 'epoch', s.epoch)), '[]')
          FROM notification.stopped s WHERE (s.tenant, s.case_id, s.epoch) IN (SELECT tenant, "caseId", epoch FROM asked)) AS stopped,
        (SELECT coalesce(json_agg(json_build_object('id', m.id, 'tenant', m.tenant, 'person', m.person, 'kind', m.kind,
            'url', m.url, 'secret', encode(m.secret, 'hex'), 'bands', m.bands) ORDER BY m.created_at, m.id), '[]')
          FROM notification.contact_method m
          WHERE m.deleted_at IS NULL AND (m.tenant, m.person) IN (SELECT tenant, person FROM asked)) AS methods`,
    values: [
      JSON.stringify(pages.map(({ tenant, caseId, epoch, person }) => ({ tenant, caseId, epoch, person }))),
    ],
  });
  if (row === undefined) throw new Error('a SELECT without FROM gives one row');
  const methods = row.methods.map((m) => ({
    ...m,
    secret: m.secret === null ? null : Buffer.from(m.secret, 'hex'),
  }));
  return { now: row.now, stopped: row.stopped, methods };
}

/** What one batch asks for. */
export interface Planned {
  readonly pages: readonly NewPage[];
  readonly attempts: readonly NewAttempt[];
  /** The tenants of pages that were stopped before they were planned, each as often as there are pages. */
  readonly stopped: readonly string[];
}

/**
 * Writes new pages with their attempts, and counts them; those in state `handed` are leased to us by the same statement.
 * A page that is known already is left as it is, so that a repeated request expands once.
 * @returns the pages that were new
 */
export async function insertPages(
  tx: Tx,
  { pages, attempts, stopped }: Planned,
  token: string,
): Promise<PageId[]> {
  return tx.query<PageId>({
    name: 'plan.insert',
    text: `WITH clock AS MATERIALIZED (SELECT event_log.tocsin_now() AS now),
      n AS MATERIALIZED (SELECT * FROM json_to_recordset($2) AS n(tenant text, "caseId" text, epoch int, round int, step int,
        person text, method text, channel text, priority text, state text, "dueAt" timestamptz)),
      p AS (
        INSERT INTO notification.page (tenant, case_id, epoch, round, step, person, priority, due_at, facts, traceparent,
          answer_hash, requested_at, unreachable_at)
        SELECT p.tenant, p."caseId", p.epoch, p.round, p.step, p.person, p.priority, p."dueAt", p.facts, p.traceparent,
          decode(p."answerHash", 'hex'), now,
          CASE WHEN NOT EXISTS (SELECT FROM n WHERE (n.tenant, n."caseId", n.epoch, n.round, n.step, n.person)
            = (p.tenant, p."caseId", p.epoch, p.round, p.step, p.person)) THEN now END
        FROM json_to_recordset($1) AS p(tenant text, "caseId" text, epoch int, round int, step int, person text, priority text,
          "dueAt" timestamptz, facts text, traceparent text, "answerHash" text), clock
        ON CONFLICT DO NOTHING RETURNING tenant, case_id, epoch, round, step, person),
      a AS (
        INSERT INTO notification.attempt (tenant, case_id, epoch, round, step, person, method, try, channel, priority, state,
          due_at, lease_until, token, handed_at)
        SELECT n.tenant, n."caseId", n.epoch, n.round, n.step, n.person, n.method, 1, n.channel, n.priority, n.state, n."dueAt",
          CASE WHEN n.state = 'handed' THEN now + interval '${LEASE_SECONDS} s' END,
          CASE WHEN n.state = 'handed' THEN $3::bigint END,
          CASE WHEN n.state = 'handed' THEN now END
        FROM n
        JOIN p ON (p.tenant, p.case_id, p.epoch, p.round, p.step, p.person)
          = (n.tenant, n."caseId", n.epoch, n.round, n.step, n.person), clock
        ON CONFLICT DO NOTHING),
      counted AS (
        INSERT INTO notification.page_count AS c (minute, tenant, writer, planned, stopped)
        SELECT date_trunc('minute', now, 'UTC'), tenant, $3::bigint, count(*), count(*) FILTER (WHERE was_stopped)
        FROM (SELECT tenant, false AS was_stopped FROM p UNION ALL SELECT tenant, true FROM unnest($4::text[]) AS s(tenant)) r,
          clock
        GROUP BY now, tenant ORDER BY tenant
        ON CONFLICT (minute, tenant, writer)
          DO UPDATE SET planned = c.planned + EXCLUDED.planned, stopped = c.stopped + EXCLUDED.stopped)
      SELECT tenant, case_id AS "caseId", epoch, round, step, person FROM p`,
    values: [JSON.stringify(pages), JSON.stringify(attempts), token, stopped],
  });
}
