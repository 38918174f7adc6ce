import type { Transactions } from '@tocsin/event-log';

interface WebhookName {
  readonly tenant: string;
  readonly name: string;
}

/** What is kept of an endpoint, counted. Instants are ISO 8601. */
export interface WebhookCounts extends WebhookName {
  readonly pausedAt: string | null;
  readonly pausedBy: string | null;
  readonly disabledAt: string | null;
  readonly disabledConfig: string | null;
  /** In the future, else null. */
  readonly quietUntil: string | null;
  readonly waiting: number;
  readonly waitingSince: string | null;
  /** Seconds since the oldest that is not over was recorded. */
  readonly oldest: number;
  /** Given up in the last 7 days. */
  readonly dead: number;
  /** Given up in the last 24 hours. */
  readonly deadToday: number;
}

export const isoText = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const namesOf = (names: readonly WebhookName[]): string =>
  JSON.stringify(names.map(({ tenant, name }) => ({ tenant, name })));

export async function readWebhooks(
  db: Transactions,
  names: readonly WebhookName[],
): Promise<WebhookCounts[]> {
  if (names.length === 0) return [];
  return db.query<WebhookCounts>('cold', {
    name: 'webhooks.list',
    text: `SELECT w.tenant, w.name, ${isoText('k.paused_at')} AS "pausedAt", k.paused_by AS "pausedBy",
        ${isoText('k.disabled_at')} AS "disabledAt", k.disabled_config AS "disabledConfig",
        CASE WHEN k.quiet_until > clock.now THEN ${isoText('k.quiet_until')} END AS "quietUntil",
        open.waiting, ${isoText('open.since')} AS "waitingSince",
        coalesce(extract(epoch FROM clock.now - open.recorded), 0)::float8 AS oldest,
        ended.dead, ended."deadToday"
      FROM json_to_recordset($1) AS w(tenant text, name text)
      CROSS JOIN (SELECT event_log.tocsin_now() AS now) AS clock
      LEFT JOIN notification.webhook k ON k.tenant = w.tenant AND k.name = w.name
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS waiting, min(d.at) AS since, min(d.recorded_at) AS recorded
        FROM notification.webhook_delivery d
        WHERE d.tenant = w.tenant AND d.webhook = w.name AND d.state IN ('waiting', 'sending')) AS open
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS dead,
          count(*) FILTER (WHERE d.recorded_at > clock.now - interval '1 day')::int AS "deadToday"
        FROM notification.webhook_delivery d
        WHERE d.tenant = w.tenant AND d.webhook = w.name AND d.state = 'dead'
          AND d.recorded_at > clock.now - interval '7 days') AS ended`,
    values: [namesOf(names)],
  });
}

/**
 * Ends what waits for endpoints that are not among `names`, an hour after they were missed first: by then every replica
 * has the newest config, and whoever took one out by mistake has put it back.
 * @returns how many deliveries that were
 */
export async function endRemoved(
  db: Transactions,
  names: readonly WebhookName[],
  reason: string,
): Promise<number> {
  return db.run('cold', async (tx) => {
    await tx.query({
      name: 'webhooks.missing',
      text: `WITH w AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS w(tenant text, name text)),
        known AS MATERIALIZED (SELECT k.tenant, k.name, EXISTS (SELECT FROM w WHERE w.tenant = k.tenant AND w.name = k.name) AS there
          FROM notification.webhook k)
        UPDATE notification.webhook k SET missing_since = CASE WHEN there THEN NULL ELSE event_log.tocsin_now() END
        FROM known WHERE known.tenant = k.tenant AND known.name = k.name AND there = (k.missing_since IS NOT NULL)`,
      values: [namesOf(names)],
    });
    const lines = await tx.query<{ tenant: string; webhook: string; about: string }>({
      name: 'webhooks.removed',
      text: `SELECT l.tenant, l.webhook, l.about FROM notification.webhook_line l
        JOIN notification.webhook k ON k.tenant = l.tenant AND k.name = l.webhook
        WHERE l.due_at IS NOT NULL AND k.missing_since < event_log.tocsin_now() - interval '1 hour'
        ORDER BY l.tenant, l.webhook, l.about LIMIT 1000 FOR UPDATE OF l SKIP LOCKED`,
      values: [],
    });
    if (lines.length === 0) return 0;
    const ended = await tx.query({
      name: 'webhooks.end-removed',
      text: `WITH k AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS k(tenant text, webhook text, about text)),
        line AS (
          UPDATE notification.webhook_line l SET due_at = NULL, token = NULL, lease_until = NULL, at = event_log.tocsin_now()
          FROM k WHERE (l.tenant, l.webhook, l.about) = (k.tenant, k.webhook, k.about))
        UPDATE notification.webhook_delivery d SET state = 'dead', reason = $2
        FROM k WHERE (d.tenant, d.webhook, d.about) = (k.tenant, k.webhook, k.about) AND d.state IN ('waiting', 'sending')
        RETURNING d.id`,
      values: [JSON.stringify(lines), reason],
    });
    return ended.length;
  });
}
