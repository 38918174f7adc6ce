import { schemaOf, TOPICS } from '@tocsin/contracts';
import type { LoggedEvent, Transactions } from '@tocsin/event-log';
import type { PendingClaim } from './claim-pending.js';

export interface PendingRead {
  readonly batches: readonly string[];
  readonly events: readonly LoggedEvent[];
}

/** The oldest hand-off rows of a group and lane with their events, left where they are. */
export async function readPending(transactions: Transactions, claim: PendingClaim): Promise<PendingRead> {
  const { group, topic, lane, events: most } = claim;
  const rows = await transactions.query<Omit<LoggedEvent, 'traceparent'> & { traceparent: string | null }>(
    lane,
    {
      name: `read ${topic}`,
      text: `
SELECT e.* FROM (
  SELECT p.batch, sum(p.events) OVER (ORDER BY p.batch) - p.events AS before
  FROM (SELECT batch, events FROM event_log.pending WHERE grp = $1 AND lane = $2 ORDER BY batch LIMIT $3) p) w
CROSS JOIN LATERAL (
  SELECT o.batch, o.n, o.key, o.type, o.payload, o.traceparent,
         to_char(o.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS time
  FROM ${schemaOf(TOPICS[topic].producer)}.outbox o
  WHERE o.batch = w.batch AND o.lane = $2 AND o.topic = $4 OFFSET 0) e
WHERE w.before < $3
ORDER BY e.batch, e.n`,
      values: [group, lane, most, topic],
    },
  );
  const events = rows.map(({ traceparent, ...event }) => {
    const logged = { ...event, topic, lane };
    return traceparent === null ? logged : { ...logged, traceparent };
  });
  return { batches: [...new Set(events.map(({ batch }) => batch))], events };
}
