import type { EventFacts } from '../conditions/event-facts.js';

/** Tags and attributes that a case keeps at most: its events may say new ones without end. */
const MOST_KEPT = 200;

/**
 * What a case knows after one more event: the most people affected, the sum of reports, all tags, restricted once said;
 * of everything else what the newest event said that said anything. A late event only fills in what no other has said.
 * No event says anything of promises.
 * @param newest whether the event is newer than all that the case has seen
 */
export function accumulateFacts(before: EventFacts, said: EventFacts, newest: boolean): EventFacts {
  const [over, under] = newest ? [said, before] : [before, said];
  return {
    ...textsSaid(over, under),
    affected: Math.max(before.affected, said.affected),
    has_affected: before.has_affected || said.has_affected,
    reports: before.reports + said.reports,
    promise: before.promise,
    tags: [...new Set([...before.tags, ...said.tags])].slice(0, MOST_KEPT),
    requester: {
      id: over.requester.id || under.requester.id,
      tier: over.requester.tier || under.requester.tier,
      segment: over.requester.segment || under.requester.segment,
    },
    restricted: before.restricted || said.restricted,
    enriched: {},
    attributes: merged(under.attributes, over.attributes),
  };
}

const TEXTS = [
  ...(['source', 'kind', 'type', 'key', 'subject', 'body', 'category'] as const),
  ...(['market', 'language', 'channel', 'severity', 'status', 'service', 'party'] as const),
];
type Said = Pick<EventFacts, (typeof TEXTS)[number]>;

const textsSaid = (over: EventFacts, under: EventFacts): Said =>
  Object.fromEntries(TEXTS.map((name) => [name, over[name] || under[name]])) as unknown as Said;

const merged = (under: EventFacts['attributes'], over: EventFacts['attributes']): EventFacts['attributes'] =>
  Object.fromEntries(Object.entries({ ...under, ...over }).slice(0, MOST_KEPT));
