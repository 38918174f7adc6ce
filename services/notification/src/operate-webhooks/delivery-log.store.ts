import type { WebhookDeliveries, WebhookDeliveriesQuery, WebhookDelivery } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { isoText } from './webhook-list.store.js';

interface LogRow extends Omit<WebhookDelivery, 'nextTryAt' | 'replayedBy' | 'requests'> {
  readonly seq: string;
  readonly nextTryAt: string | null;
  readonly replayedBy: string | null;
  readonly requests: { at: string; endedAt: string | null; status: number | null; outcome: string | null }[];
}

/** Requests of one delivery that are shown. */
const MOST_REQUESTS = 50;

/** Deliveries of one endpoint, the newest first. */
export async function readDeliveryLog(
  db: Transactions,
  { tenant, name }: { readonly tenant: string; readonly name: string },
  { state, from, to, cursor, limit }: WebhookDeliveriesQuery,
): Promise<WebhookDeliveries> {
  const rows = await db.query<LogRow>('cold', {
    name: 'webhooks.log',
    text: `SELECT d.seq::text AS seq, d.id, d.type, d.about, ${isoText('d.at')} AS at, d.state, d.tries,
        CASE WHEN d.state = 'waiting' THEN ${isoText('l.due_at')} END AS "nextTryAt", d.replayed_by AS "replayedBy",
        (SELECT coalesce(json_agg(r ORDER BY r.nth), '[]') FROM (
          SELECT r.nth, ${isoText('r.began_at')} AS at, ${isoText('r.ended_at')} AS "endedAt", r.status, r.outcome
          FROM notification.webhook_request r WHERE r.delivery = d.id ORDER BY r.nth DESC LIMIT ${MOST_REQUESTS}) AS r) AS requests
      FROM notification.webhook_delivery d
      LEFT JOIN notification.webhook_line l ON l.tenant = d.tenant AND l.webhook = d.webhook AND l.about = d.about
        AND NOT EXISTS (SELECT FROM notification.webhook_delivery e
          WHERE e.tenant = d.tenant AND e.webhook = d.webhook AND e.about = d.about AND e.state IN ('waiting', 'sending')
            AND (e.batch, e.n) < (d.batch, d.n))
      WHERE d.tenant = $1 AND d.webhook = $2 AND ($3::text IS NULL OR d.state = $3)
        AND ($4::timestamptz IS NULL OR d.at >= $4) AND ($5::timestamptz IS NULL OR d.at < $5)
        AND ($6::bigint IS NULL OR d.seq < $6)
      ORDER BY d.seq DESC LIMIT $7 + 1`,
    values: [tenant, name, state ?? null, from ?? null, to ?? null, cursor ?? null, limit],
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    deliveries: shown.map(viewOf),
    ...(rows.length > limit && last !== undefined ? { next: last.seq } : {}),
  };
}

function viewOf({
  id,
  type,
  about,
  at,
  state,
  tries,
  nextTryAt,
  replayedBy,
  requests,
}: LogRow): WebhookDelivery {
  return {
    ...{ id, type, about, at, state, tries },
    ...(nextTryAt === null ? {} : { nextTryAt }),
    ...(replayedBy === null ? {} : { replayedBy }),
    requests: requests.map((request) => ({
      at: request.at,
      ...(request.endedAt === null ? {} : { endedAt: request.endedAt }),
      ...(request.status === null ? {} : { status: request.status }),
      ...(request.outcome === null ? {} : { outcome: request.outcome }),
    })),
  };
}
