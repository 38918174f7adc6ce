import { CaseList, type CaseView } from '@tocsin/contracts';
import type { EventStatus } from './event-status.store.js';

/** Milliseconds that a sender's question may wait for routing. */
const PATIENCE = 1000;

export type CaseOfEvent = Pick<CaseView, 'id' | 'state' | 'priority'>;

/** Asks escalation-routing which case an event went to. Never rejects: without an answer the case is not known. */
export class CaseFinder {
  constructor(
    private readonly routing: () => string,
    private readonly token: string | undefined,
  ) {}

  async of(eventId: string, { source, key, tenant }: EventStatus): Promise<CaseOfEvent | undefined> {
    if (this.token === undefined || key === null) return undefined;
    try {
      const url = new URL(`/v1/cases?event=${encodeURIComponent(eventId)}`, this.routing());
      const answer = await fetch(url, {
        headers: { authorization: `Bearer ${this.token}` },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) return undefined;
      const ticketKey = key.slice(`${tenant}:${source}:`.length);
      const found = CaseList.parse(await answer.json()).cases.find(
        (item) => item.source === source && item.ticketKey === ticketKey,
      );
      return found === undefined ? undefined : { id: found.id, state: found.state, priority: found.priority };
    } catch {
      return undefined;
    }
  }
}
