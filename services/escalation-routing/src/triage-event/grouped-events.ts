import type { Config } from '@tocsin/contracts';
import { type EventGrouping, groupingOf, mayOpen, returnWithin } from '@tocsin/rules';
import type { CausedEvent } from './told-by-event.js';
import { groupKeyOf } from './group.store.js';
import { type KeyedTicket, keyOf } from './ticket.store.js';

/** How the events of a batch are grouped: keys are those that are stored. */
export interface GroupedEvents {
  /** By event id; absent where the event can open nothing. */
  readonly byEvent: ReadonlyMap<string, EventGrouping>;
  /** The keys that the batch may place something under, to be locked. */
  readonly keys: readonly string[];
  /** Seconds for which a resolved case may still return, by any rule. */
  readonly within: number;
}

/** Looks only at what may open a case: everything else stays where its ticket is. */
export function groupEvents(
  batch: readonly CausedEvent[],
  tickets: readonly KeyedTicket[],
  config: Config,
): GroupedEvents {
  const placed = new Set(tickets.filter(({ ticket }) => ticket.caseId !== undefined).map(keyOf));
  const openers = batch.filter(({ event }) => mayOpen(event, placed.has(keyOf(event))));
  const byEvent = new Map(
    openers.map(({ event }) => {
      const grouping = groupingOf(event, config);
      const stored = grouping.grouped ? { key: groupKeyOf(event.tenant, grouping.key) } : {};
      return [event.id, { ...grouping, ...stored }];
    }),
  );
  const found = [...byEvent.values()].flatMap((grouping) => (grouping.grouped ? [grouping.key] : []));
  const known = tickets.flatMap(({ ticket }) => ticket.groupKey ?? []);
  return {
    byEvent,
    keys: [...new Set([...found, ...known])],
    within: Math.max(0, ...config.grouping.map(returnWithin)),
  };
}
