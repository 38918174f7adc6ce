import type { Transactions } from '@tocsin/event-log';
import { askRedrive, listDeadLetters, type ShownLetter } from '@tocsin/postgres';

/** The dead letters of all groups lie in one table of the event log, beside the services' schemas. */
export class DeadLetterStore {
  constructor(private readonly transactions: Transactions) {}

  list(tenant: string): Promise<ShownLetter[]> {
    return listDeadLetters(this.transactions, tenant);
  }

  /** @returns the group that will handle it; undefined when there is no such letter */
  ask(tenant: string, id: string, by: string): Promise<string | undefined> {
    return askRedrive(this.transactions, { tenant, id, by });
  }
}
