import { type CaseFactsOf, isoOf, type TicketEvent } from '@tocsin/contracts';
import type { EventGrouping } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';

/** An event and the trace it belongs to. */
export interface CausedEvent {
  readonly event: TicketEvent;
  readonly traceparent?: string | undefined;
}

/** What the opening of a case tells of its group; nothing where no tree has rules. */
export function groupFacts(
  { group }: RoutedCase,
  grouping: EventGrouping,
): Pick<CaseFactsOf<'CaseOpened'>, 'group' | 'ungrouped'> {
  if (group !== undefined) return { group: { rule: group.rule, by: group.by, because: group.because } };
  return grouping.grouped || grouping.reason === 'no-rules' ? {} : { ungrouped: grouping.reason };
}

/** The event that something follows from. */
export const eventFacts = (event: TicketEvent): Omit<CaseFactsOf<'ResolveAwaited'>, 'closesAt'> => ({
  eventId: event.id,
  eventType: event.type,
  version: event.version,
  receivedAt: isoOf(Date.parse(event.receivedAt)),
});

/** What the newest event says stands; what it does not mention is kept. */
export const factsOf = (
  event: TicketEvent,
): Partial<Pick<RoutedCase, 'subject' | 'category' | 'market' | 'language' | 'status' | 'link'>> => ({
  // Some updates carry no title, such as an acknowledgement in the vendor's tool: intake then put the key in its place.
  ...(event.flags?.includes('subject-from-key') === true ? {} : { subject: event.subject }),
  ...(event.category === undefined ? {} : { category: event.category }),
  ...(event.market === undefined ? {} : { market: event.market }),
  ...(event.language === undefined ? {} : { language: event.language }),
  ...(event.status === undefined ? {} : { status: event.status }),
  ...(event.link === undefined ? {} : { link: event.link }),
});
