import type { TicketEvent } from '@tocsin/contracts';
import type { EventFacts } from './event-facts.js';

/** The facts of an event that says nothing. */
export const EMPTY_FACTS: EventFacts = {
  source: '',
  kind: '',
  type: '',
  key: '',
  subject: '',
  body: '',
  category: '',
  market: '',
  language: '',
  channel: '',
  severity: '',
  status: '',
  service: '',
  affected: 0,
  has_affected: false,
  tags: [],
  requester: { id: '', tier: '', segment: '' },
  restricted: false,
  attributes: {},
};

/** What conditions see of an event: every field present. */
export function factsOf(event: TicketEvent): EventFacts {
  const { subject, body, category, market, language, channel, severity, status, service, affected } = event;
  const said = { subject, body, category, market, language, channel, severity, status, service, affected };
  const present = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return {
    ...EMPTY_FACTS,
    ...present,
    source: event.source,
    kind: event.kind,
    type: event.type,
    key: event.ticketKey,
    has_affected: affected !== undefined,
    tags: event.tags,
    requester: {
      id: event.requester?.id ?? '',
      tier: event.requester?.tier ?? '',
      segment: event.requester?.segment ?? '',
    },
    restricted: event.restricted,
    attributes: event.attributes,
  };
}
