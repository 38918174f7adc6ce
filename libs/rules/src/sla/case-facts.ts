import type { Priority, TicketEvent } from '@tocsin/contracts';
import { factsOf } from '../conditions/facts-of-event.js';

/** The `case.*` of an SLA's `when`, as the case opened. Every field is always there: what nobody said is "". */
export interface CaseFacts {
  /** Role of the first party, else the requester's segment: whom the promise is made to. */
  readonly party: string;
  readonly priority: Priority;
  readonly category: string;
  readonly market: string;
  readonly language: string;
  readonly channel: string;
  /** The requester's. */
  readonly tier: string;
  /** Name of a service of the config. */
  readonly service: string;
}

/** What a case is when an event opens it. */
export function caseFactsOf(
  event: TicketEvent,
  priority: Priority,
  service: string | undefined = '',
): CaseFacts {
  const { category, market, language, channel, requester } = factsOf(event);
  const party = event.parties[0]?.role ?? requester.segment;
  return { party, priority, category, market, language, channel, tier: requester.tier, service };
}
