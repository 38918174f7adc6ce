import { CaseBrief } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';

/** One event for one endpoint. */
export interface NewDelivery {
  readonly id: string;
  readonly tenant: string;
  readonly webhook: string;
  /** What its order is kept by. */
  readonly about: string;
  readonly batch: string;
  readonly n: number;
  readonly type: string;
  /** ISO 8601; when it happened. */
  readonly at: string;
  /** JSON text. */
  readonly event: string;
  readonly traceparent: string | null;
}

/**
 * Writes deliveries and makes their lines due. One that is known already is left as it is. A line that waits for the
 * next try of its first delivery goes on waiting.
 */
export async function recordDeliveries(tx: Tx, deliveries: readonly NewDelivery[]): Promise<void> {
  await tx.query({
    name: 'webhooks.record',
    text: `WITH d AS (
        INSERT INTO notification.webhook_delivery (id, tenant, webhook, about, batch, n, type, at, event, traceparent)
        SELECT id, tenant, webhook, about, batch, n, type, at, event, traceparent
        FROM json_to_recordset($1) AS d(id text, tenant text, webhook text, about text, batch bigint, n int, type text,
          at timestamptz, event text, traceparent text)
        ON CONFLICT DO NOTHING RETURNING tenant, webhook, about),
      w AS (
        INSERT INTO notification.webhook (tenant, name) SELECT DISTINCT tenant, webhook FROM d ORDER BY tenant, webhook
        ON CONFLICT DO NOTHING)
      INSERT INTO notification.webhook_line AS l (tenant, webhook, about, due_at)
      SELECT tenant, webhook, about, now
      FROM (SELECT DISTINCT tenant, webhook, about FROM d) AS k, (SELECT event_log.tocsin_now() AS now) AS clock
      ORDER BY tenant, webhook, about
      ON CONFLICT (tenant, webhook, about)
        DO UPDATE SET due_at = coalesce(l.due_at, EXCLUDED.due_at), at = event_log.tocsin_now()`,
    values: [JSON.stringify(deliveries)],
  });
}

export interface KeptBrief {
  readonly tenant: string;
  readonly caseId: string;
  readonly brief: CaseBrief;
  /** Whether anything in this batch said so; once it was said it stays. */
  readonly restricted: boolean;
}

/** Keeps what was last said of cases. */
export async function keepBriefs(tx: Tx, briefs: readonly KeptBrief[]): Promise<void> {
  await tx.query({
    name: 'webhooks.keep-briefs',
    text: `INSERT INTO notification.webhook_case AS c (tenant, case_id, brief, restricted)
      SELECT tenant, "caseId", brief, restricted
      FROM json_to_recordset($1) AS b(tenant text, "caseId" text, brief text, restricted boolean)
      ORDER BY tenant, "caseId"
      ON CONFLICT (tenant, case_id) DO UPDATE
        SET brief = EXCLUDED.brief, restricted = c.restricted OR EXCLUDED.restricted, at = event_log.tocsin_now()`,
    values: [JSON.stringify(briefs.map((kept) => ({ ...kept, brief: JSON.stringify(kept.brief) })))],
  });
}

export async function readBriefs(
  tx: Tx,
  cases: readonly { readonly tenant: string; readonly caseId: string }[],
): Promise<Pick<KeptBrief, 'tenant' | 'caseId' | 'brief'>[]> {
  const rows = await tx.query<{ tenant: string; caseId: string; brief: string }>({
    name: 'webhooks.read-briefs',
    text: `SELECT c.tenant, c.case_id AS "caseId", c.brief FROM notification.webhook_case c
      WHERE (c.tenant, c.case_id) IN (SELECT tenant, "caseId" FROM json_to_recordset($1) AS k(tenant text, "caseId" text))`,
    values: [JSON.stringify(cases.map(({ tenant, caseId }) => ({ tenant, caseId })))],
  });
  return rows.map((row) => ({ ...row, brief: CaseBrief.parse(JSON.parse(row.brief)) }));
}
