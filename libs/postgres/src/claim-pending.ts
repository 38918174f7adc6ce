import { createHash } from 'node:crypto';
import { schemaOf, TOPICS, type Lane, type Topic } from '@tocsin/contracts';
import type { ClaimedEvent, Statement, Transactions, Tx } from '@tocsin/event-log';

export interface Claimed {
  readonly events: readonly ClaimedEvent[];
  /** Another replica holds this group and lane at the moment: look again soon. */
  readonly busy: boolean;
}

/** What to claim: the hand-off rows of one group and lane, oldest batch first. */
export interface PendingClaim {
  readonly group: string;
  readonly topic: Topic;
  readonly lane: Lane;
  /** Takes batches until they have this many events together; always at least one batch, whole. */
  readonly events: number;
}

/**
 * Claims by DELETE … RETURNING in the caller's transaction: only batches that this very DELETE returned are
 * processed, whatever a poll or a wake-up believed. A transaction-level advisory lock keeps one replica at a time in a
 * group and lane, so that two batches of one key cannot overtake each other; it ends with the transaction, even a killed one.
 */
export async function claimPending(tx: Tx, claim: PendingClaim): Promise<Claimed> {
  const rows = await tx.query<ClaimRow>(statementOf(claim));
  if (rows[0]?.mine !== true) return { events: [], busy: true };
  const events = rows.filter((row): row is ClaimRow & ClaimedEvent => row.batch !== null);
  return {
    events: events.map(({ batch, n, key, type, payload, traceparent, time, blocked }) => {
      const event = { batch, n, topic: claim.topic, lane: claim.lane, key, type, payload, time, blocked };
      return traceparent === null ? event : { ...event, traceparent };
    }),
    busy: false,
  };
}

/** Services start in any order: a consumer may be up before its producer has made its tables. */
export async function outboxExists(transactions: Transactions, topic: Topic): Promise<boolean> {
  const [found] = await transactions.query<{ exists: boolean }>('cold', {
    text: 'SELECT to_regclass($1) IS NOT NULL AS exists',
    values: [`${schemaOf(TOPICS[topic].producer)}.outbox`],
  });
  return found?.exists === true;
}

type ClaimRow = { readonly mine: boolean } & (
  | Omit<ClaimedEvent, 'traceparent'>
  | { readonly batch: null }
) & { readonly traceparent: string | null };

function statementOf({ group, topic, lane, events }: PendingClaim): Statement {
  const schema = schemaOf(TOPICS[topic].producer);
  return {
    name: `claim ${topic}`,
    text: claimText(schema),
    values: [group, lane, events, lockOf(group, lane), topic],
  };
}

/** 64 bits of a hash as PostgreSQL's bigint. */
const lockOf = (group: string, lane: Lane): string =>
  createHash('sha256').update(`${group} ${lane}`).digest().readBigInt64BE().toString();

// LATERAL … OFFSET 0 keeps the outbox behind its primary key: a plan made while the tables were empty would scan it whole.
const claimText = (schema: string): string => `
WITH mine AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($4::bigint) AS mine),
next AS MATERIALIZED (
  SELECT batch FROM (
    SELECT p.batch, sum(p.events) OVER (ORDER BY p.batch) - p.events AS before
    FROM (SELECT batch, events FROM event_log.pending WHERE grp = $1 AND lane = $2 AND (SELECT mine FROM mine)
          ORDER BY batch LIMIT $3) p) w
  WHERE before < $3),
claimed AS (
  DELETE FROM event_log.pending p WHERE p.grp = $1 AND p.lane = $2 AND p.batch = ANY (ARRAY(SELECT batch FROM next))
  RETURNING p.batch)
SELECT mine.mine, e.* FROM mine LEFT JOIN (
  SELECT o.* FROM claimed c CROSS JOIN LATERAL (
    SELECT o.batch, o.n, o.key, o.type, o.payload, o.traceparent,
           to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time,
           EXISTS (SELECT 1 FROM event_log.dead_letter d WHERE d.grp = $1 AND d.key = o.key) AS blocked
    FROM ${schema}.outbox o WHERE o.batch = c.batch AND o.lane = $2 AND o.topic = $5 OFFSET 0) o
) e ON true
ORDER BY e.batch, e.n`;
