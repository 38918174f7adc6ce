import { groupOf, LANES, schemaOf, TOPICS, type ServiceName, type Topic } from '@tocsin/contracts';
import pg from 'pg';
import { relayGroupOf } from './hand-off.js';
import { topicsOf } from './hand-off-age.js';
import type { SweepRule } from './sweeper.js';

/**
 * Days that a handled event stays in its outbox. Tickets and alerts are kept for replays; routing's outbox is the
 * timeline of the cases and console's holds the revisions: these are never swept here.
 */
const OUTBOX_DAYS: Readonly<Partial<Record<ServiceName, number>>> = {
  'ticket-intake': 400,
  'metric-monitoring': 400,
  notification: 1,
};
/** A repeat is recognised this long: twice as long as the broker keeps its messages. */
const INBOX_DAYS = 14;
const UNREADABLE_DAYS = 90;

/** What a service removes of the event log: its own outbox, and what its groups have remembered. */
export function eventLogSweeps(service: ServiceName): SweepRule[] {
  const days = OUTBOX_DAYS[service];
  const groups = groupsReadBy(service);
  const where = `t.grp IN (${list(groups)})`;
  return [
    ...(days === undefined ? [] : [outboxSweep(service, days)]),
    ...(groups.length === 0
      ? []
      : [
          { table: 'event_log.inbox', age: 'at', days: INBOX_DAYS, where },
          { table: 'event_log.unreadable', age: 'parked_at', days: UNREADABLE_DAYS, where },
        ]),
  ];
}

/** Only what every group has handled, and what lies in no relay's dead letters: those are read from here again. */
function outboxSweep(service: ServiceName, days: number): SweepRule {
  const topics = topicsOf(service);
  const relays = topics.map(relayGroupOf);
  return {
    table: `${schemaOf(service)}.outbox`,
    age: 'created_at',
    days,
    where: `NOT EXISTS (SELECT 1 FROM event_log.pending p
              WHERE p.grp IN (${list([...topics.flatMap(readersOf), ...relays])}) AND p.lane IN (${list(LANES)}) AND p.batch = t.batch)
            AND NOT EXISTS (SELECT 1 FROM event_log.dead_letter d
              WHERE d.grp IN (${list(relays)}) AND d.batch = t.batch)`,
  };
}

const readersOf = (topic: Topic): string[] => TOPICS[topic].consumers.map((reader) => groupOf(reader, topic));

/** The groups of the topics that a service reads. */
export const groupsReadBy = (service: ServiceName): string[] =>
  (Object.keys(TOPICS) as Topic[]).flatMap(readersOf).filter((group) => group.startsWith(`${service}.`));

const list = (texts: readonly string[]): string => texts.map((text) => pg.escapeLiteral(text)).join(', ');
