import type { EventFacts } from '../conditions/event-facts.js';
import { saidBy } from '../conditions/facts-of-event.js';
import type { HeardTicket } from '../grouping/grow-group.js';
import { OPENERS } from './fold-ticket.js';

/**
 * What an event says to a case that is there already. A ticket that comes to the case reports it, and so does whoever
 * raises it again; who comments or updates does not. The created that was overtaken by an update of its own ticket was
 * counted with that.
 * @param isMember whether the ticket was in this case before
 */
export function saidAgain({ event, before }: HeardTicket, isMember: boolean): EventFacts {
  const isRaisedAgain = OPENERS.includes(event.type) && before.opened !== undefined;
  return { ...saidBy(event), reports: !isMember || isRaisedAgain ? 1 : 0 };
}
