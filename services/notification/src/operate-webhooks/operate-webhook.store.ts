import { isoOf, TEST_TYPE, type WebhookDelivery, type WebhookReplayQuery } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import { recordDeliveries } from '../send-webhooks/record-deliveries.store.js';

/** Which endpoint. */
export interface WebhookName {
  readonly tenant: string;
  readonly name: string;
}

/** Nothing is sent until it is resumed. A second pause keeps the first. */
export async function pauseWebhook(
  db: Transactions,
  { tenant, name }: WebhookName,
  by: string,
): Promise<void> {
  await db.query('cold', {
    name: 'webhooks.pause',
    text: `INSERT INTO notification.webhook AS w (tenant, name, paused_at, paused_by)
      VALUES ($1, $2, event_log.tocsin_now(), $3)
      ON CONFLICT (tenant, name) DO UPDATE SET paused_at = EXCLUDED.paused_at, paused_by = EXCLUDED.paused_by
        WHERE w.paused_at IS NULL`,
    values: [tenant, name, by],
  });
}

/** Sends again, after a pause and after a 410: what waits is due now, and has all of its tries before it again. */
export async function resumeWebhook(db: Transactions, { tenant, name }: WebhookName): Promise<void> {
  await db.run('cold', async (tx) => {
    await tx.query({
      name: 'webhooks.resume',
      text: `UPDATE notification.webhook
        SET paused_at = NULL, paused_by = NULL, disabled_at = NULL, disabled_config = NULL, quiet_until = NULL
        WHERE tenant = $1 AND name = $2`,
      values: [tenant, name],
    });
    await tx.query({
      name: 'webhooks.resume-lines',
      text: `WITH line AS (
          UPDATE notification.webhook_line l SET due_at = event_log.tocsin_now()
          FROM (SELECT tenant, webhook, about FROM notification.webhook_line
            WHERE tenant = $1 AND webhook = $2 AND due_at IS NOT NULL AND lease_until IS NULL
            ORDER BY about FOR UPDATE SKIP LOCKED) AS k
          WHERE (l.tenant, l.webhook, l.about) = (k.tenant, k.webhook, k.about)
          RETURNING l.about)
        UPDATE notification.webhook_delivery d SET tries = 0
        FROM line WHERE d.tenant = $1 AND d.webhook = $2 AND d.about = line.about AND d.state = 'waiting'`,
      values: [tenant, name],
    });
  });
}

/** A test of its own line, which waits for nothing and holds nothing up. */
export async function recordTest(
  db: Transactions,
  { tenant, name }: WebhookName,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: number },
): Promise<void> {
  await db.run('cold', (tx) =>
    recordDeliveries(tx, [
      {
        ...{ id, tenant, webhook: name, about: `test ${id}`, batch: '0', n: 0 },
        type: TEST_TYPE,
        at: isoOf(at),
        event: JSON.stringify({ test: true, webhook: name, by }),
        traceparent: null,
      },
    ]),
  );
}

/** Sends one delivery again; one that waits for its next try is tried now. @returns its state before, or undefined */
export async function replayOne(
  db: Transactions,
  { tenant, name }: WebhookName,
  { id, by }: { readonly id: string; readonly by: string },
): Promise<WebhookDelivery['state'] | undefined> {
  return db.run('cold', async (tx) => {
    const [known] = await tx.query<{ about: string }>({
      text: `SELECT about FROM notification.webhook_delivery WHERE id = $1 AND tenant = $2 AND webhook = $3`,
      values: [id, tenant, name],
    });
    if (known === undefined) return undefined;
    await lockLines(tx, { tenant, name }, [known.about]);
    const [row] = await tx.query<{ state: WebhookDelivery['state'] }>({
      text: `SELECT state FROM notification.webhook_delivery WHERE id = $1`,
      values: [id],
    });
    if (row === undefined || row.state === 'sending') return row?.state;
    await sendAgain(tx, { tenant, name }, { ids: [id], abouts: [known.about], by });
    return row.state;
  });
}

/** Deliveries of one statement: a longer span takes several. */
const MOST_REPLAYED = 1_000;

/** Sends the deliveries of a span again that are over. Tests are not sent again. @returns how many */
export async function replaySpan(
  db: Transactions,
  webhook: WebhookName,
  { from, to, state }: WebhookReplayQuery,
  by: string,
): Promise<number> {
  let replayed = 0;
  for (let more = true; more; ) {
    const count = await db.run('cold', async (tx) => {
      const found = await tx.query<{ id: string; about: string }>({
        name: 'webhooks.span',
        text: `SELECT id, about FROM notification.webhook_delivery
          WHERE tenant = $1 AND webhook = $2 AND at >= $3 AND at < $4 AND state IN ('delivered', 'dead')
            AND ($5::text IS NULL OR state = $5) AND type <> $6
          ORDER BY seq LIMIT ${MOST_REPLAYED}`,
        values: [webhook.tenant, webhook.name, from, to, state ?? null, TEST_TYPE],
      });
      const abouts = [...new Set(found.map(({ about }) => about))];
      if (abouts.length === 0) return { found: 0, sent: 0 };
      await lockLines(tx, webhook, abouts);
      const sent = await sendAgain(tx, webhook, { ids: found.map(({ id }) => id), abouts, by });
      return { found: found.length, sent };
    });
    replayed += count.sent;
    more = count.found === MOST_REPLAYED && count.sent > 0;
  }
  return replayed;
}

async function lockLines(tx: Tx, { tenant, name }: WebhookName, abouts: readonly string[]): Promise<void> {
  await tx.query({
    name: 'webhooks.lock-lines',
    text: `SELECT 1 FROM notification.webhook_line WHERE tenant = $1 AND webhook = $2 AND about = ANY ($3)
      ORDER BY about FOR UPDATE`,
    values: [tenant, name, abouts],
  });
}

interface Again {
  readonly ids: readonly string[];
  readonly abouts: readonly string[];
  readonly by: string;
}

/** Under the locks of their lines: whatever is not under way waits again, with all of its tries before it. */
async function sendAgain(tx: Tx, { tenant, name }: WebhookName, { ids, abouts, by }: Again): Promise<number> {
  const again = await tx.query({
    name: 'webhooks.again',
    text: `UPDATE notification.webhook_delivery SET state = 'waiting', tries = 0, reason = NULL, replayed_by = $2
      WHERE id = ANY ($1) AND state <> 'sending' RETURNING id`,
    values: [ids, by],
  });
  await tx.query({
    name: 'webhooks.again-lines',
    text: `INSERT INTO notification.webhook_line AS l (tenant, webhook, about, due_at)
      SELECT $1, $2, about, now FROM unnest($3::text[]) AS a(about), (SELECT event_log.tocsin_now() AS now) AS clock
      ORDER BY about
      ON CONFLICT (tenant, webhook, about) DO UPDATE SET due_at = EXCLUDED.due_at, at = EXCLUDED.due_at`,
    values: [tenant, name, abouts],
  });
  return again.length;
}
