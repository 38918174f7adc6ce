import { schemaOf, TOPICS, type Lane, type ServiceName, type Topic } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { handOffsOf, type BusKind } from './hand-off.js';

/** How long the oldest event has been waiting for a group, in seconds; 0 when none waits. */
export interface HandOffAge {
  readonly group: string;
  readonly lane: Lane;
  readonly seconds: number;
}

/** The ages of everything that this service has handed off: to the readers of its topics, and to their relays. */
export async function readHandOffAges(
  transactions: Transactions,
  service: ServiceName,
  bus: BusKind,
): Promise<HandOffAge[]> {
  const handOffs = topicsOf(service).flatMap((topic) => handOffsOf(bus, topic));
  if (handOffs.length === 0) return [];
  return transactions.query<HandOffAge>('cold', {
    name: `hand-off age ${service}`,
    text: `SELECT w.grp AS "group", w.lane,
             coalesce(greatest(extract(epoch FROM event_log.tocsin_now() - oldest.created_at), 0), 0)::float8 AS seconds
           FROM unnest($1::text[], $2::text[]) AS w (grp, lane)
           LEFT JOIN LATERAL (
             SELECT o.created_at FROM
               (SELECT p.batch FROM event_log.pending p WHERE p.grp = w.grp AND p.lane = w.lane ORDER BY p.batch LIMIT 1) p
             CROSS JOIN LATERAL
               (SELECT created_at FROM ${schemaOf(service)}.outbox WHERE batch = p.batch ORDER BY n LIMIT 1) o
           ) oldest ON true`,
    values: [handOffs.map(({ group }) => group), handOffs.map(({ lane }) => lane)],
  });
}

/** The topics that a service writes. */
export const topicsOf = (service: ServiceName): Topic[] =>
  (Object.keys(TOPICS) as Topic[]).filter((topic) => TOPICS[topic].producer === service);
