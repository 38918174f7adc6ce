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
  reports: 1,
  promise: '',
  tags: [],
  party: '',
  requester: { id: '', tier: '', segment: '' },
  restricted: false,
  attributes: {},
  enriched: {},
};

/** What an event says, every field present; what tables know of it is added by `enrichFacts`. */
export const factsOf = (event: TicketEvent): EventFacts => ({
  source: event.source,
  kind: event.kind,
  type: event.type,
  key: event.ticketKey,
  subject: event.subject,
  ...textsOf(event),
  affected: event.affected ?? 0,
  has_affected: event.affected !== undefined,
  reports: 1,
  promise: '',
  tags: event.tags,
  party: event.parties[0]?.role ?? '',
  requester: requesterOf(event),
  restricted: event.restricted,
  attributes: event.attributes,
  enriched: {},
});

/** A title that intake had to invent says nothing. */
export const saidBy = (event: TicketEvent): EventFacts =>
  event.flags?.includes('subject-from-key') === true ? { ...factsOf(event), subject: '' } : factsOf(event);

const textsOf = ({
  body = '',
  category = '',
  market = '',
  language = '',
  channel = '',
  severity = '',
  status,
  service = '',
}: TicketEvent) => ({ body, category, market, language, channel, severity, status: status ?? '', service });

function requesterOf({ requester }: TicketEvent): EventFacts['requester'] {
  const { id = '', tier = '', segment = '' } = requester ?? {};
  return { id, tier, segment };
}
