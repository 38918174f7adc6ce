import type { TicketEvent } from '@tocsin/contracts';

/** An event for specs that says nothing but what is given. */
export const ticketEvent = (said: Partial<TicketEvent> = {}): TicketEvent => ({
  id: 'evt_1',
  tenant: 'default',
  source: 'demo',
  kind: 'ticket',
  type: 'ticket.created',
  ticketKey: 'T-1',
  version: { by: 'receipt', at: 1, tie: '' },
  receivedAt: '2026-11-23T09:00:00Z',
  subject: '',
  tags: [],
  parties: [],
  attributes: {},
  restricted: false,
  ...said,
});
