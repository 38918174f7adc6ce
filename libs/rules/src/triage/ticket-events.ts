import type { TicketEvent } from '@tocsin/contracts';
import { OPENERS, RESOLVERS } from './fold-ticket.js';

/** The ticket by which its case is known: its subject and its status are those of the case. */
export const isFace = (
  { source, ticketKey }: Pick<TicketEvent, 'source' | 'ticketKey'>,
  event: TicketEvent,
): boolean => source === event.source && ticketKey === event.ticketKey;

/** Whether an event may open a case; everything else stays where its ticket is. @param placed its ticket has a case */
export const mayOpen = ({ type }: Pick<TicketEvent, 'type'>, placed: boolean): boolean =>
  OPENERS.includes(type) || (!placed && !RESOLVERS.includes(type));
