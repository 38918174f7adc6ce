import type { EventFacts } from '@tocsin/rules';
import { saidBy } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';
import { OPENERS } from './fold-ticket.js';
import type { HeardTicket } from './grouped-cases.js';

interface HeardAgain extends HeardTicket {
  /** The case that the ticket was in. */
  readonly routed: RoutedCase | undefined;
}

/**
 * What an event says to a case that is there already. A ticket that comes to the case reports it, and so does whoever
 * raises it again; who comments or updates does not. The created that was overtaken by an update of its own ticket was
 * counted with that.
 */
export function saidAgain({ event, before, routed }: HeardAgain, { id }: RoutedCase): EventFacts {
  const isRaisedAgain = OPENERS.includes(event.type) && before.opened !== undefined;
  return { ...saidBy(event), reports: routed?.id !== id || isRaisedAgain ? 1 : 0 };
}
