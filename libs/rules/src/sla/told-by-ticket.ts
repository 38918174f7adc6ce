import type { TicketEvent } from '@tocsin/contracts';
import type { SlaInput } from './sla-input.js';

type Update = Extract<SlaInput, { type: 'TicketUpdated' }>;

/**
 * What an event of the ticket tells the clocks. A reply counts where the source says who wrote it, and that the other
 * side can read it: without an author no event is a first response.
 * @param newest the status of an event that was overtaken is not the ticket's
 */
export function toldByTicket({ id, source, status, author, type }: TicketEvent, newest: boolean): Update {
  const isReply = type === 'ticket.commented' && author !== undefined && author.internal !== true;
  return {
    type: 'TicketUpdated',
    by: author?.name ?? source,
    event: id,
    ...(newest && status !== undefined ? { status } : {}),
    ...(isReply ? { reply: author.role } : {}),
  };
}
