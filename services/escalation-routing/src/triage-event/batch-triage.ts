import { type Config, isoOf, type TicketEvent } from '@tocsin/contracts';
import { caseFactsOf, NOT_OPENED, pickService, recordedEvent } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { toldByTicket } from '../keep-sla/sla-input-of.js';
import { explained, openedWeighing, putWeighed, saidBy, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';
import { foldTicket, type IgnoreReason, type Meaning, type Ticket } from './fold-ticket.js';
import type { AppliedEvent, KeyedTicket, TicketKey } from './ticket.store.js';

/** An event and the trace it belongs to. */
export interface CausedEvent {
  readonly event: TicketEvent;
  readonly traceparent?: string | undefined;
}

interface BatchFacts {
  readonly tickets: readonly KeyedTicket[];
  /** The cases that the tickets point to, locked. */
  readonly cases: readonly RoutedCase[];
  readonly config: { readonly revision: number; readonly config: Config };
  /** At least as many as there are events; those not used are left in it. */
  readonly freeIds: bigint[];
}

interface Coalesced {
  readonly eventIds: string[];
  events: number;
  late: number;
  readonly source: string;
}

/** Event ids named by one coalesced row of the timeline; the rest are only counted. */
const NAMED_IDS = 20;

export const keyOf = ({ tenant, source, ticketKey }: TicketKey): string =>
  JSON.stringify([tenant, source, ticketKey]);

/**
 * Triages one batch in memory: folds each event into its ticket, opens, updates and resolves cases. No grouping rule
 * joins different keys yet, so a case belongs to one upstream key; a created or raised that is newer than the resolve
 * opens a new case, it never reopens the old one.
 */
export class BatchTriage {
  readonly applied: AppliedEvent[] = [];
  /** Cases opened, for the metrics. */
  readonly opened: RoutedCase[] = [];
  private readonly byKey: Map<string, KeyedTicket>;
  private readonly byId: Map<bigint, RoutedCase>;
  private readonly seen = new Set<string>();
  private readonly updates = new Map<bigint, Coalesced>();

  constructor(
    private readonly work: CaseWork,
    private readonly facts: BatchFacts,
  ) {
    this.byKey = new Map(facts.tickets.map((t) => [keyOf(t), t]));
    this.byId = new Map(facts.cases.map((c) => [c.id, c]));
  }

  get tickets(): KeyedTicket[] {
    return [...this.byKey.values()];
  }

  /** Events in the order in which they came. */
  apply(caused: CausedEvent): void {
    const { event } = caused;
    // The same id twice in one batch; one that was applied before does not get here.
    if (this.seen.has(event.id)) return;
    this.seen.add(event.id);
    const keyed = this.byKey.get(keyOf(event));
    if (keyed === undefined) throw new Error('an event without its ticket row');
    const routed = this.caseOf(keyed.ticket);
    const caseOpen = routed !== undefined && routed.state !== 'resolved';
    const { ticket, meaning } = foldTicket(keyed.ticket, event, caseOpen);
    const caseId = this.carryOut(meaning, caused, routed);
    const outcome = meaning.type === 'ignore' ? `ignored:${meaning.reason}` : meaning.type;
    const concerns = caseId === undefined ? {} : { caseId };
    this.byKey.set(keyOf(event), { ...keyed, ticket: { ...ticket, ...concerns } });
    this.applied.push({ tenant: event.tenant, eventId: event.id, outcome, ...concerns });
  }

  /** @returns the case that the event concerned */
  private carryOut(
    meaning: Meaning,
    caused: CausedEvent,
    routed: RoutedCase | undefined,
  ): bigint | undefined {
    if (meaning.type === 'open') return this.open(caused);
    if (meaning.type === 'ignore') this.ignore(caused, meaning.reason, routed);
    else if (routed === undefined) throw new Error('an event changes a case that is not there');
    else if (meaning.type === 'resolve') this.resolve(caused, routed);
    else this.update(caused, routed, meaning.newest);
    return routed?.id;
  }

  /** Tells the coalesced updates that are still open: one row per case and batch, not one per event. */
  finish(): void {
    for (const id of [...this.updates.keys()]) this.tellUpdates(id);
  }

  private caseOf({ caseId }: Ticket): RoutedCase | undefined {
    const known = caseId === undefined ? undefined : this.byId.get(caseId);
    return known === undefined ? undefined : this.work.latest(known);
  }

  private open({ event, traceparent }: CausedEvent): bigint {
    const { config, revision } = this.facts.config;
    const weighing = openedWeighing(event, { config, revision }, this.work.now);
    const { priority, because } = weighing.standing;
    const picked = pickService(event, config);
    const id = this.facts.freeIds.shift();
    if (id === undefined) throw new Error('fewer free case ids than events');
    const unplanned: RoutedCase = {
      subject: event.subject,
      ...factsOf(event),
      id,
      tenant: event.tenant,
      source: event.source,
      ticketKey: event.ticketKey,
      state: 'open',
      priority,
      because,
      weighing,
      sensitivity: event.restricted ? 'restricted' : 'normal',
      ...(picked.service === undefined ? {} : { service: picked.service }),
      revision,
      events: 1,
      version: 0,
      openedAt: this.work.now,
      escalation: { ...NOT_OPENED, priority },
      fence: 0,
    };
    const { policy } = this.work.contextOf(unplanned).plan;
    const routed = this.work.put({ ...unplanned, ...(policy === undefined ? {} : { policy }) });
    this.byId.set(id, routed);
    this.work.hear(routed, { kind: 'opened', event: recordedEvent(event, config) });
    this.work.record.opened(routed);
    const service = { service: picked.service, servicePicked: { by: picked.by, detail: picked.detail } };
    const facts = {
      ...eventFacts(event),
      ...explained(routed),
      ...service,
      revision,
    };
    this.work.tell(routed, { type: 'CaseOpened', by: event.source, facts, traceparent });
    this.work.sla.open(routed, caseFactsOf(event, priority, picked.service), toldByTicket(event, true));
    this.work.act(routed, { type: 'Opened', priority }, { traceparent, follows: true });
    this.opened.push(routed);
    return id;
  }

  private update(caused: CausedEvent, routed: RoutedCase, newest: boolean): void {
    const { event, traceparent } = caused;
    this.work.hear(routed, { kind: 'said', event: recordedEvent(event, this.facts.config.config), newest });
    const facts = newest ? factsOf(event) : {};
    const restricted = event.restricted ? { sensitivity: 'restricted' as const } : {};
    const updated = this.work.put({ ...routed, ...facts, ...restricted, events: routed.events + 1 });
    this.coalesce(event, routed.id, newest);
    this.work.sla.hear(routed, toldByTicket(event, newest));
    const said = { type: 'Said', facts: saidBy(event), newest } as const;
    const weighed = weighAgain(updated, said, this.facts.config, this.work.now);
    // The timeline tells what was said before what follows from it.
    if (weighed.changed) this.tellUpdates(routed.id);
    putWeighed(this.work, weighed, { traceparent, facts: { eventId: event.id } });
  }

  private resolve({ event, traceparent }: CausedEvent, routed: RoutedCase): void {
    this.tellUpdates(routed.id);
    const status = event.status === undefined ? {} : { status: event.status };
    this.work.hear(routed, { kind: 'closed', by: event.source, ...status });
    const counted = this.work.put({ ...routed, ...status, events: routed.events + 1 });
    this.work.act(
      counted,
      { type: 'Resolved', by: event.source },
      { traceparent, facts: eventFacts(event), follows: true },
    );
  }

  private ignore(
    { event, traceparent }: CausedEvent,
    reason: IgnoreReason,
    routed: RoutedCase | undefined,
  ): void {
    if (routed === undefined) return;
    this.tellUpdates(routed.id);
    const facts = { ...eventFacts(event), reason };
    this.work.tell(routed, { type: 'EventIgnored', by: event.source, facts, traceparent });
  }

  private coalesce(event: TicketEvent, id: bigint, newest: boolean): void {
    const sum = this.updates.get(id) ?? { eventIds: [], events: 0, late: 0, source: event.source };
    this.updates.set(id, sum);
    sum.events += 1;
    if (!newest) sum.late += 1;
    if (sum.eventIds.length < NAMED_IDS) sum.eventIds.push(event.id);
  }

  private tellUpdates(id: bigint): void {
    const sum = this.updates.get(id);
    const routed = this.byId.get(id);
    if (sum === undefined || routed === undefined) return;
    this.updates.delete(id);
    const { events, late, eventIds } = sum;
    const facts = { events, late, eventIds };
    this.work.tell(this.work.latest(routed), { type: 'CaseUpdated', by: sum.source, facts });
  }
}

const eventFacts = (event: TicketEvent): Readonly<Record<string, unknown>> => ({
  eventId: event.id,
  eventType: event.type,
  version: event.version,
  receivedAt: isoOf(Date.parse(event.receivedAt)),
});

/** What the newest event says stands; what it does not mention is kept. */
const factsOf = (
  event: TicketEvent,
): Partial<Pick<RoutedCase, 'subject' | 'category' | 'market' | 'language' | 'status' | 'link'>> => ({
  // Some updates carry no title, such as an acknowledgement in the vendor's tool: intake then put the key in its place.
  ...(event.flags?.includes('subject-from-key') === true ? {} : { subject: event.subject }),
  ...(event.category === undefined ? {} : { category: event.category }),
  ...(event.market === undefined ? {} : { market: event.market }),
  ...(event.language === undefined ? {} : { language: event.language }),
  ...(event.status === undefined ? {} : { status: event.status }),
  ...(event.link === undefined ? {} : { link: event.link }),
});
