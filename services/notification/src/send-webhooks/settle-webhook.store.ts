import { isoOf, type Instant } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import type { WebhookVerdict } from '@tocsin/rules';
import type { ClaimedWebhook } from './claim-webhooks.store.js';

/** How a request ended. */
export interface EndedRequest {
  readonly claimed: ClaimedWebhook;
  readonly verdict: WebhookVerdict;
  readonly status: number | undefined;
  readonly outcome: string;
  /** Of the config under which it was sent. */
  readonly fingerprint: string;
}

/**
 * Writes how a request ended and what its line waits for now, if the claim is still ours: whoever was overtaken changes
 * nothing. The line is locked first, so that no event comes in between unseen.
 * @returns whether it was ours
 */
export async function settleWebhook(db: Transactions, ended: EndedRequest): Promise<boolean> {
  const { claimed, verdict } = ended;
  return db.run('cold', async (tx) => {
    const mine = await tx.query({
      name: 'webhooks.mine',
      text: `SELECT 1 FROM notification.webhook_line WHERE tenant = $1 AND webhook = $2 AND about = $3 AND token = $4 FOR UPDATE`,
      values: [claimed.tenant, claimed.webhook, claimed.about, claimed.token],
    });
    if (mine.length === 0) return false;
    await tx.query({
      name: 'webhooks.settle',
      text: `WITH request AS (
          UPDATE notification.webhook_request SET ended_at = event_log.tocsin_now(), status = $5, outcome = $6
          WHERE delivery = $4 AND token = $7),
        delivery AS (
          UPDATE notification.webhook_delivery SET state = $8, reason = $6 WHERE id = $4)
        UPDATE notification.webhook_line l SET token = NULL, lease_until = NULL, at = event_log.tocsin_now(),
          due_at = CASE
            WHEN $8 = 'waiting' THEN coalesce($9::timestamptz, event_log.tocsin_now())
            WHEN EXISTS (SELECT FROM notification.webhook_delivery d
              WHERE d.tenant = $1 AND d.webhook = $2 AND d.about = $3 AND d.state IN ('waiting', 'sending') AND d.id <> $4)
            THEN event_log.tocsin_now() END
        WHERE l.tenant = $1 AND l.webhook = $2 AND l.about = $3`,
      values: [
        ...[claimed.tenant, claimed.webhook, claimed.about, claimed.id],
        ...[ended.status ?? null, ended.outcome.slice(0, 500), claimed.token],
        ...[STATE_OF[verdict.type], verdict.type === 'again' ? isoOf(verdict.at) : null],
      ],
    });
    await stopEndpoint(tx, ended);
    return true;
  });
}

const STATE_OF = {
  delivered: 'delivered',
  again: 'waiting',
  disable: 'waiting',
  dead: 'dead',
} as const satisfies Record<WebhookVerdict['type'], string>;

async function stopEndpoint(tx: Tx, { claimed, verdict, fingerprint }: EndedRequest): Promise<void> {
  const { tenant, webhook } = claimed;
  if (verdict.type === 'disable')
    await tx.query({
      name: 'webhooks.disable',
      text: `UPDATE notification.webhook SET disabled_at = event_log.tocsin_now(), disabled_config = $3
        WHERE tenant = $1 AND name = $2`,
      values: [tenant, webhook, fingerprint],
    });
  const quietUntil: Instant | undefined = verdict.type === 'again' ? verdict.quietUntil : undefined;
  if (quietUntil !== undefined)
    await tx.query({
      name: 'webhooks.quiet',
      text: `UPDATE notification.webhook SET quiet_until = greatest(quiet_until, $3::timestamptz)
        WHERE tenant = $1 AND name = $2`,
      values: [tenant, webhook, isoOf(quietUntil)],
    });
}
