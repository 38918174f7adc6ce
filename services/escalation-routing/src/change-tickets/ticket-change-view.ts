import { caseIdText, isoOf, type TicketChange } from '@tocsin/contracts';
import { UNDO_WITHIN } from '@tocsin/rules';
import type { KeptChange } from './ticket-change.store.js';

/** A change of tickets as the API shows it. */
export const changeView = ({
  kind,
  from,
  to,
  tickets,
  by,
  at,
  undone,
}: Omit<KeptChange, 'id'>): TicketChange => ({
  kind,
  from: caseIdText(from),
  to: caseIdText(to),
  tickets: tickets.map(({ source, ticketKey }) => ({ source, ticketKey })),
  by,
  at: isoOf(at),
  undoUntil: isoOf(at + UNDO_WITHIN * 1000),
  ...(undone === undefined ? {} : { undoneBy: undone.by, undoneAt: isoOf(undone.at) }),
});
