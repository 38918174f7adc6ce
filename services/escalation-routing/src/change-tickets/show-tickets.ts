import type { CaseTickets } from '@tocsin/contracts';
import type { PoolReads } from '../pool-reads.js';
import type { CaseTicketsStore } from './case-tickets.store.js';
import { changeView } from './ticket-change-view.js';
import type { TicketChangeStore } from './ticket-change.store.js';

/** Which tickets a case has, and what people did with them. */
export class ShowTickets {
  constructor(
    private readonly reads: PoolReads,
    private readonly tickets: CaseTicketsStore,
    private readonly changes: TicketChangeStore,
  ) {}

  async of(tenant: string, caseId: bigint): Promise<CaseTickets> {
    const families = await this.tickets.families(this.reads, tenant, [caseId]);
    const tickets = await this.tickets.read(this.reads, tenant, families);
    const changes = await this.changes.list(this.reads, tenant, [caseId]);
    return {
      tickets: tickets.map(({ source, ticketKey, status, open }) => ({
        ...{ source, ticketKey, open },
        ...(status === undefined ? {} : { status }),
      })),
      changes: changes.map(changeView),
    };
  }
}
