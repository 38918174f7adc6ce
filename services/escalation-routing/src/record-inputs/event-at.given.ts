import { type Instant, isoOf, type TicketEvent } from '@tocsin/contracts';

let number = 0;

/** An event of source demo at an instant; later ones are newer. */
export const eventAt = (at: Instant, said: Partial<TicketEvent>): TicketEvent => {
  number += 1;
  return {
    ...{ id: `evt_${number}`, tenant: 'default', source: 'demo', kind: 'ticket', type: 'ticket.created' },
    ...{ ticketKey: 'T', version: { by: 'sender', at: number, tie: '' }, receivedAt: isoOf(at) },
    ...{ subject: 'said', tags: [], parties: [], attributes: {}, restricted: false },
    ...said,
  };
};
