import type { Instant } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { Bucket } from '@tocsin/rules';

/** How long a claim holds: longer than a request may take, so that it needs no renewal. */
export const WEBHOOK_LEASE_SECONDS = 30;

interface WebhookName {
  readonly tenant: string;
  readonly name: string;
}

/** What is kept of an endpoint beside the config. */
export interface WebhookState extends WebhookName {
  readonly paused: boolean;
  /** Fingerprint of the config under which it answered 410. */
  readonly disabledConfig: string | null;
  readonly quietUntil: Instant | null;
  readonly tokens: number | null;
  readonly tokensAt: Instant | null;
  readonly now: Instant;
}

const NAMES = 'json_to_recordset($1) AS w(tenant text, name text)';
const ms = (expression: string): string => `(extract(epoch FROM ${expression}) * 1000)::float8`;
const namesOf = (names: readonly WebhookName[]): string =>
  JSON.stringify(names.map(({ tenant, name }) => ({ tenant, name })));

/** Locks the endpoints. Left out are those that another replica looks at, and those that were never told anything. */
export async function lockWebhooks(tx: Tx, names: readonly WebhookName[]): Promise<WebhookState[]> {
  return tx.query<WebhookState>({
    name: 'webhooks.lock',
    text: `SELECT k.tenant, k.name, k.paused_at IS NOT NULL AS paused, k.disabled_config AS "disabledConfig",
        ${ms('k.quiet_until')} AS "quietUntil", k.tokens, ${ms('k.tokens_at')} AS "tokensAt",
        ${ms('event_log.tocsin_now()')} AS now
      FROM notification.webhook k WHERE (k.tenant, k.name) IN (SELECT tenant, name FROM ${NAMES})
      FOR UPDATE OF k SKIP LOCKED`,
    values: [namesOf(names)],
  });
}

interface LineKey {
  readonly tenant: string;
  readonly webhook: string;
  readonly about: string;
}

/** Locks lines that are due and nobody's, at most so many of each endpoint, those that wait longest first. */
export async function lockLines(
  tx: Tx,
  asked: readonly (WebhookName & { readonly most: number })[],
): Promise<LineKey[]> {
  return tx.query<LineKey>({
    name: 'webhooks.lines',
    text: `SELECT l.tenant, l.webhook, l.about
      FROM json_to_recordset($1) AS w(tenant text, name text, most int)
      CROSS JOIN LATERAL (
        SELECT l.tenant, l.webhook, l.about FROM notification.webhook_line l
        WHERE l.tenant = w.tenant AND l.webhook = w.name AND l.due_at <= (SELECT event_log.tocsin_now())
          AND (l.lease_until IS NULL OR l.lease_until < (SELECT event_log.tocsin_now()))
        ORDER BY l.due_at LIMIT w.most FOR UPDATE OF l SKIP LOCKED) AS l`,
    values: [JSON.stringify(asked)],
  });
}

/** The first open delivery of a line, handed to us. */
export interface ClaimedWebhook extends LineKey {
  readonly id: string;
  readonly type: string;
  /** Its event, as JSON text. */
  readonly event: string;
  readonly at: Instant;
  /** Something has said that the case is restricted, then or later. */
  readonly restricted: boolean;
  /** This one included. */
  readonly tries: number;
  readonly traceparent: string | null;
  /** Our fence token: of this claim alone. */
  readonly token: string;
  /** The database's clock. */
  readonly now: Instant;
}

/**
 * Hands the first open delivery of each of our lines to us, in a statement after the locks, so that it sees what others
 * had committed by then. A request that never ended belongs to a process that died: what became of it nobody knows.
 */
export async function takeFirst(tx: Tx, lines: readonly LineKey[]): Promise<ClaimedWebhook[]> {
  return tx.query<ClaimedWebhook>({
    name: 'webhooks.take',
    text: `WITH clock AS MATERIALIZED (SELECT event_log.tocsin_now() AS now),
      k AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS k(tenant text, webhook text, about text)),
      first AS MATERIALIZED (
        SELECT k.tenant, k.webhook, k.about, d.id, nextval('event_log.token_seq') AS token
        FROM k LEFT JOIN LATERAL (
          SELECT d.id FROM notification.webhook_delivery d
          WHERE d.tenant = k.tenant AND d.webhook = k.webhook AND d.about = k.about AND d.state IN ('waiting', 'sending')
          ORDER BY d.batch, d.n LIMIT 1) AS d ON true),
      line AS (
        UPDATE notification.webhook_line l SET at = now, token = f.token,
          due_at = CASE WHEN f.id IS NOT NULL THEN l.due_at END,
          lease_until = CASE WHEN f.id IS NOT NULL THEN now + interval '${WEBHOOK_LEASE_SECONDS} s' END
        FROM first f, clock WHERE (l.tenant, l.webhook, l.about) = (f.tenant, f.webhook, f.about)),
      lost AS (
        UPDATE notification.webhook_request r SET ended_at = now, outcome = 'not known: its process died or was stopped'
        FROM first f, clock WHERE r.delivery = f.id AND r.ended_at IS NULL),
      request AS (
        INSERT INTO notification.webhook_request (delivery, nth, token, began_at)
        SELECT f.id, 1 + coalesce((SELECT max(nth) FROM notification.webhook_request r WHERE r.delivery = f.id), 0),
          f.token, now
        FROM first f, clock WHERE f.id IS NOT NULL)
      UPDATE notification.webhook_delivery d SET state = 'sending', tries = d.tries + 1
      FROM first f, clock WHERE d.id = f.id
      RETURNING d.tenant, d.webhook, d.about, d.id, d.type, d.event, ${ms('d.at')} AS at, d.tries, d.traceparent,
        f.token::text AS token, ${ms('now')} AS now,
        coalesce((SELECT c.restricted FROM notification.webhook_case c
          WHERE c.tenant = d.tenant AND c.case_id = d.about), false) AS restricted`,
    values: [JSON.stringify(lines)],
  });
}

export async function writeBuckets(tx: Tx, buckets: readonly (WebhookName & Bucket)[]): Promise<void> {
  await tx.query({
    name: 'webhooks.buckets',
    text: `UPDATE notification.webhook k SET tokens = b.tokens, tokens_at = to_timestamp(b.at / 1000)
      FROM json_to_recordset($1) AS b(tenant text, name text, tokens float8, at float8)
      WHERE k.tenant = b.tenant AND k.name = b.name`,
    values: [JSON.stringify(buckets)],
  });
}

/** When the first line of each endpoint is due that nobody has in hand. */
export async function nextDueAt(
  tx: Tx,
  names: readonly WebhookName[],
): Promise<(WebhookName & { readonly at: Instant })[]> {
  return tx.query({
    name: 'webhooks.next',
    text: `SELECT w.tenant, w.name, ${ms('l.due_at')} AS at FROM ${NAMES}
      CROSS JOIN LATERAL (
        SELECT l.due_at FROM notification.webhook_line l
        WHERE l.tenant = w.tenant AND l.webhook = w.name AND l.due_at IS NOT NULL AND l.lease_until IS NULL
        ORDER BY l.due_at LIMIT 1) AS l`,
    values: [namesOf(names)],
  });
}
