import type { Instant } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { RoutedCase } from '../routed-case.js';
import type { GroupStore } from '../triage-event/group.store.js';
import { type KeyedTicket, keyOf, type TicketKey, type TicketStore } from '../triage-event/ticket.store.js';

/** Tickets and groups of a world without a database. */
export class RecordedTickets {
  private readonly tickets = new Map<string, KeyedTicket>();

  constructor(
    private readonly cases: ReadonlyMap<bigint, RoutedCase>,
    private readonly now: () => Instant,
  ) {}

  get ticketStore(): TicketStore {
    return {
      lock: (_: Tx, keys: readonly TicketKey[]) => {
        const tickets = keys.map((key) => this.tickets.get(keyOf(key)) ?? { ...key, ticket: {} });
        return Promise.resolve({ tickets, now: this.now() });
      },
      alreadyApplied: () => Promise.resolve(new Set()),
      save: (_: Tx, tickets: readonly KeyedTicket[]) => {
        for (const keyed of tickets) this.tickets.set(keyOf(keyed), keyed);
        return Promise.resolve();
      },
    } as unknown as TicketStore;
  }

  get groupStore(): GroupStore {
    return {
      lock: () => Promise.resolve(),
      casesOf: (
        _: Tx,
        keys: readonly string[],
        { known, within }: { readonly known: readonly bigint[]; readonly within: number },
      ) => {
        const ids = new Set(known);
        for (const id of ids) {
          const { joinedInto } = routedIn(this.cases, id);
          if (joinedInto !== undefined) ids.add(joinedInto);
        }
        for (const { id, group, joinedInto, resolvedAt = this.now() } of this.cases.values())
          if (
            group !== undefined &&
            joinedInto === undefined &&
            keys.includes(group.key) &&
            resolvedAt >= this.now() - within * 1000
          )
            ids.add(id);
        return Promise.resolve([...ids]);
      },
      saveMembers: () => Promise.resolve(),
    };
  }
}

function routedIn(cases: ReadonlyMap<bigint, RoutedCase>, id: bigint): RoutedCase {
  const routed = cases.get(id);
  if (routed === undefined) throw new Error(`no case ${id}`);
  return routed;
}
