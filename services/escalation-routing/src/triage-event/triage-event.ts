import type { Tx } from '@tocsin/event-log';
import { takenFrom } from '@tocsin/rules';
import type { CaseIds } from '../case-ids.js';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import type { PassRoutingFailpoint } from '../routing-failpoints.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import { BatchTriage } from './batch-triage.js';
import type { CausedEvent } from './told-by-event.js';
import { groupEvents, type GroupedEvents } from './grouped-events.js';
import type { GroupStore } from './group.store.js';
import { type KeyedTicket, keyOf, type TicketKey, type TicketStore } from './ticket.store.js';

interface TriageParts {
  readonly tickets: TicketStore;
  readonly groups: GroupStore;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly ids: CaseIds;
  readonly configs: PinnedConfigs;
  readonly metrics: RoutingMetrics;
  readonly pass: PassRoutingFailpoint;
}

/** Turns events into cases, escalations and pages, a batch in one transaction. */
export class TriageEvent {
  constructor(private readonly parts: TriageParts) {}

  /**
   * Round trips: new keys five; known keys two more (events applied before, cases); grouped ones three more. Their
   * number does not depend on how many events there are.
   */
  async triage(tx: Tx, batch: readonly CausedEvent[]): Promise<void> {
    if (batch.length === 0) return;
    const { parts } = this;
    const { tickets, now } = await parts.tickets.lock(tx, keysOf(batch));
    parts.pass('router.after_tickets');
    const fresh = await this.freshOf(tx, batch, tickets);
    if (fresh.length === 0) return;
    const grouped = groupEvents(fresh, tickets, parts.configs.current().config);
    const known = await this.casesOf(tx, tickets, grouped);
    const locked = known.length === 0 ? { cases: [], now } : await parts.cases.lock(tx, known);
    parts.pass('router.after_cases');
    const configs = await parts.configs.load(tx, locked.cases);
    const freeIds = await parts.ids.draw(tx, fresh.length);
    const work = new CaseWork(Math.max(now, locked.now ?? now), configs.contextOf);
    const config = configs.current;
    const triage = new BatchTriage(work, { tickets, cases: locked.cases, config, freeIds, grouped });
    for (const caused of fresh) triage.apply(caused);
    triage.finish();
    parts.ids.giveBack(freeIds);
    await parts.tickets.save(tx, triage.tickets, triage.applied);
    await parts.works.save(tx, work);
    await parts.groups.saveMembers(tx, triage.members);
    tx.afterCommit(() => {
      for (const { priority } of triage.opened) parts.metrics.opened.inc({ priority });
    });
  }

  /** Every case that the batch may concern: those of its tickets, and those of the keys that it locks here. */
  private async casesOf(
    tx: Tx,
    tickets: readonly KeyedTicket[],
    { keys, within }: GroupedEvents,
  ): Promise<readonly bigint[]> {
    const known = tickets.flatMap(({ ticket }) => ticket.caseId ?? []);
    if (keys.length === 0) return known;
    const left = tickets.flatMap(({ ticket }) => takenFrom(ticket.groupKey) ?? []);
    await this.parts.groups.lock(tx, keys);
    this.parts.pass('router.after_groups');
    return this.parts.groups.casesOf(tx, keys, { known: [...known, ...left], within });
  }

  /** Events that were not applied before (S2). Keys seen for the first time cannot have any. */
  private async freshOf(
    tx: Tx,
    batch: readonly CausedEvent[],
    tickets: readonly KeyedTicket[],
  ): Promise<readonly CausedEvent[]> {
    const known = new Set(tickets.filter(({ ticket }) => ticket.versionBy !== undefined).map(keyOf));
    const suspects = batch.filter(({ event }) => known.has(keyOf(event)));
    const repeated = new Set<string>();
    for (const tenant of new Set(suspects.map(({ event }) => event.tenant))) {
      const ids = suspects.filter(({ event }) => event.tenant === tenant).map(({ event }) => event.id);
      for (const id of await this.parts.tickets.alreadyApplied(tx, tenant, ids)) repeated.add(id);
    }
    return batch.filter(({ event }) => !repeated.has(event.id));
  }
}

function keysOf(batch: readonly CausedEvent[]): TicketKey[] {
  const keys = new Map(batch.map(({ event }) => [keyOf(event), event]));
  return [...keys.values()].map(({ tenant, source, ticketKey }) => ({ tenant, source, ticketKey }));
}
