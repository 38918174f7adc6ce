import type { Config, Texts, TicketEvent } from '@tocsin/contracts';
import {
  bridgeReason,
  caseFactsOf,
  type EventGrouping,
  countedTickets,
  fullReason,
  groupingReason,
  NOT_OPENED,
  foldTicket,
  heldBy,
  type Grouped,
  type HeardTicket,
  type IgnoreReason,
  isFace,
  isResolved,
  mayOpen,
  type Meaning,
  newGroup,
  pickService,
  type Placement,
  recordedEvent,
  saidAgain,
  saidBy,
  takenFrom,
  type Ticket,
  toldByTicket,
} from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import { explained, openedWeighing, putWeighed, weighAgain } from '../reweigh-priority/weigh-case.js';
import type { RoutedCase } from '../routed-case.js';
import { watchGrouping, watchOpened } from '../watch-rules/watch-triage.js';
import { absorbCase } from './absorb-case.js';
import { CloseBySource } from './close-by-source.js';
import { type CausedEvent, eventFacts, factsOf, groupFacts } from './told-by-event.js';
import type { MemberNews } from './group.store.js';
import { GroupedCases } from './grouped-cases.js';
import type { GroupedEvents } from './grouped-events.js';
import { ToldUpdates } from './told-updates.js';
import { type AppliedEvent, type KeyedTicket, keyOf } from './ticket.store.js';

interface BatchFacts {
  readonly tickets: readonly KeyedTicket[];
  /** The cases that the tickets point to, locked. */
  readonly cases: readonly RoutedCase[];
  readonly config: { readonly revision: number; readonly config: Config };
  /** At least as many as there are events; those not used are left in it. */
  readonly freeIds: bigint[];
  readonly grouped: GroupedEvents;
}

/** An event of the batch with what its ticket has been and is now, and the case that the ticket was in. */
interface Heard extends HeardTicket, CausedEvent {
  readonly routed: RoutedCase | undefined;
}

/** Where an event went; `outcome` is kept beside it. */
interface Went {
  readonly outcome: string;
  readonly caseId?: bigint | undefined;
}

/** An event that no rule groups belongs to the case of its own ticket. */
const ALONE: EventGrouping = { grouped: false, reason: 'no-rules' };
const APART: EventGrouping = { grouped: false, reason: 'taken-out' };

/**
 * Triages one batch in memory: folds each event into its ticket, opens, updates and resolves cases. Where no grouping
 * rule matches, a case belongs to one upstream key, and a created or raised that is newer than the resolve opens a new
 * one, or the old one again while `reopen-within` lasts. Where one does, the engine places it: in an open case, in one
 * that returns, or in a new one.
 */
export class BatchTriage {
  readonly applied: AppliedEvent[] = [];
  /** Cases opened, for the metrics. */
  readonly opened: RoutedCase[] = [];
  private readonly byKey: Map<string, KeyedTicket>;
  private readonly byId: Map<bigint, RoutedCase>;
  private readonly seen = new Set<string>();
  private readonly updates: ToldUpdates;
  private readonly groups: GroupedCases;
  private readonly closing: CloseBySource;

  constructor(
    private readonly work: CaseWork,
    private readonly facts: BatchFacts,
  ) {
    this.byKey = new Map(facts.tickets.map((t) => [keyOf(t), t]));
    this.byId = new Map(facts.cases.map((c) => [c.id, c]));
    this.updates = new ToldUpdates(work, this.byId);
    this.groups = new GroupedCases(work, this.byId, facts.config.config);
    this.closing = new CloseBySource(work, facts.config.config);
  }

  get tickets(): KeyedTicket[] {
    return [...this.byKey.values()];
  }

  get members(): MemberNews[] {
    return this.groups.members;
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
    this.hear(event);
    const { outcome, caseId } = this.carryOut(meaning, {
      ...caused,
      ...{ routed, before: keyed.ticket, after: ticket },
    });
    this.work.record.heard(caseId === undefined ? undefined : this.latest(caseId), outcome, keyed.ticket);
    if (caseId !== undefined && meaning.type === 'open')
      watchGrouping(this.work, this.latest(caseId), { event, before: keyed.ticket }, this.facts.config);
    const concerns = caseId === undefined ? {} : { caseId };
    const grouped = caseId === undefined ? {} : this.groups.keyAfter(keyed.ticket, routed, caseId);
    this.byKey.set(keyOf(event), { ...keyed, ticket: { ...ticket, ...concerns, ...grouped } });
    this.applied.push({ tenant: event.tenant, eventId: event.id, outcome, ...concerns });
  }

  private hear(event: TicketEvent): void {
    const { config, revision } = this.facts.config;
    this.work.record.hear(event.tenant, revision, { kind: 'event', event: recordedEvent(event, config) });
  }

  private carryOut(meaning: Meaning, heard: Heard): Went {
    const { routed } = heard;
    if (meaning.type === 'open') return this.raise(heard);
    if (meaning.type === 'ignore') {
      this.ignore(heard, meaning.reason, routed);
      this.hearOfClosed(heard, routed);
      return { outcome: `ignored:${meaning.reason}`, caseId: routed?.id };
    }
    if (routed === undefined) throw new Error('an event changes a case that is not there');
    if (meaning.type === 'resolve') this.clear(heard, routed);
    else {
      const open = isResolved(heard.after) ? routed : this.closing.withdraw(heard, routed);
      return { outcome: 'apply', caseId: this.add(heard, open, meaning.newest) };
    }
    return { outcome: 'resolve', caseId: routed.id };
  }

  finish(): void {
    this.updates.tellAll();
  }

  /** A ticket that is over after its case was resolved by a person is not open when the case returns. */
  private hearOfClosed(heard: Heard, routed: RoutedCase | undefined): void {
    if (routed === undefined || isResolved(heard.before) === isResolved(heard.after)) return;
    const { because } = routed.group ?? routed;
    this.groups.count(this.work.latest(routed), heard, { member: true, because, widens: false });
  }

  /** The case of a ticket, or what that has become part of. */
  private caseOf({ caseId }: Ticket): RoutedCase | undefined {
    if (caseId === undefined || !this.byId.has(caseId)) return undefined;
    const root = this.groups.rootOf(caseId);
    if (root === undefined) throw new Error(`what case ${caseId} is part of was not locked`);
    return root;
  }

  private latest(id: bigint): RoutedCase {
    const known = this.byId.get(id);
    if (known === undefined) throw new Error(`case ${id} was not locked`);
    return this.work.latest(known);
  }

  /** Whatever else its batch holds: what is said of a ticket that has a case raises nothing. */
  private groupingOf({ event, before }: Heard): EventGrouping {
    if (!mayOpen(event, before.caseId !== undefined)) return ALONE;
    return this.facts.grouped.byEvent.get(event.id) ?? ALONE;
  }

  /** What would open a case of its own goes where its rule places it. */
  private raise(heard: Heard): Went {
    const grouping = this.groupingOf(heard);
    const byHand = takenFrom(heard.before.groupKey) !== undefined && heard.routed?.group === undefined;
    const again = grouping.grouped && !byHand ? undefined : this.openAgain(heard);
    if (again !== undefined) return { outcome: 'open', caseId: again };
    if (!grouping.grouped) return { outcome: 'open', caseId: this.open(heard, grouping) };
    if (this.groups.isApart(grouping.key, heard.before))
      return { outcome: 'open', caseId: this.open(heard, APART) };
    const placement = this.groups.place(grouping, heard.event, heard.routed?.id);
    if (placement.type === 'open') return { outcome: 'open', caseId: this.open(heard, grouping) };
    return { outcome: placement.type, caseId: this.join(heard, grouping, placement) };
  }

  private join(heard: Heard, grouping: Grouped, placement: Exclude<Placement, { type: 'open' }>): bigint {
    const { event, traceparent } = heard;
    const { rule, by } = grouping;
    const id = placement.into;
    this.updates.tell(id);
    const because = groupingReason(placement.type === 'reopen' ? 'reopened' : 'joined', rule, by);
    if (placement.type === 'reopen') {
      const facts = { ...eventFacts(event), rule: rule.name, because };
      this.work.act(this.latest(id), { type: 'Reopened', by: event.source }, { traceparent, facts });
    }
    const before = this.closing.withdraw(heard, this.latest(id));
    const member = heard.routed?.id === id;
    const widens = before.group?.key === grouping.key;
    const after = this.groups.count(before, heard, { member, because, widens });
    if (!member) this.tellJoined(after, heard, { grouping, because });
    this.said(heard, after, { newest: member });
    this.groups.tellFlap(before, this.latest(id), event);
    if (placement.type !== 'join') return id;
    if (placement.beside !== undefined) {
      const { inForce } = this.work.contextOf(before);
      this.work.record.cameBeside(before, inForce.revision, placement.beside);
    }
    this.absorb(heard, grouping, placement);
    return id;
  }

  /** The first tickets up to the size of the rule are told one by one; the case goes on to count the others. */
  private tellJoined(
    after: RoutedCase,
    { event, traceparent }: Heard,
    { grouping, because }: { readonly grouping: Grouped; readonly because: Texts },
  ): void {
    const { rule, by } = grouping;
    const tickets = countedTickets(after)?.tickets ?? 0;
    if (tickets > rule.size + 1) return;
    const { source, ticketKey } = event;
    const counts = { ...eventFacts(event), tickets };
    if (tickets === rule.size + 1) {
      const facts = { ...counts, because: fullReason(rule) };
      return this.work.tell(after, { type: 'GroupFull', by: source, facts, traceparent });
    }
    const facts = { ...counts, source, ticketKey, rule: rule.name, by, because };
    this.work.tell(after, { type: 'TicketJoined', by: source, facts, traceparent });
  }

  private absorb(
    heard: Heard,
    { rule, by }: Grouped,
    { into, absorbed }: Extract<Placement, { type: 'join' }>,
  ): void {
    const { event, traceparent } = heard;
    const bridge = { event, traceparent, because: bridgeReason(event.ticketKey, rule, by) };
    for (const id of absorbed) {
      this.updates.tell(into);
      this.updates.tell(id);
      this.closing.withdraw(heard, this.latest(into));
      absorbCase(this.work, this.latest(into), this.latest(id), { current: this.facts.config, bridge });
    }
  }

  private open(heard: Heard, grouping: EventGrouping): bigint {
    const { event, traceparent } = heard;
    const { config, revision } = this.facts.config;
    const weighing = openedWeighing(event, { config, revision }, this.work.now);
    const { priority, because } = weighing.standing;
    const picked = pickService(event, config);
    const id = this.facts.freeIds.shift();
    if (id === undefined) throw new Error('fewer free case ids than events');
    const unplanned: RoutedCase = this.closing.watched({
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
    });
    const { policy } = this.work.contextOf(unplanned).plan;
    const planned = this.work.put({ ...unplanned, ...(policy === undefined ? {} : { policy }) });
    this.byId.set(id, planned);
    watchOpened(this.work, planned, event, this.facts.config);
    const routed = this.begin(planned, heard, grouping);
    const service = { service: picked.service, servicePicked: { by: picked.by, detail: picked.detail } };
    const facts = {
      ...eventFacts(event),
      ...explained(routed),
      ...service,
      ...groupFacts(routed, grouping),
      revision,
    };
    this.work.tell(routed, { type: 'CaseOpened', by: event.source, facts, traceparent });
    const asOpened = { priority, service: picked.service ?? '', events: 1, round: 1 };
    this.work.sla.open(routed, caseFactsOf(saidBy(event), asOpened), toldByTicket(event, true));
    this.work.record.opened(routed);
    this.work.act(routed, { type: 'Opened', priority }, { traceparent });
    this.opened.push(routed);
    return id;
  }

  /** The case that a grouped event opens is the first of its key, or another beside those whose windows it missed. */
  private begin(routed: RoutedCase, heard: Heard, grouping: EventGrouping): RoutedCase {
    if (!grouping.grouped) return routed;
    const because = groupingReason('opened', grouping.rule, grouping.by);
    this.groups.learn(routed.id, grouping.key);
    const group = newGroup(grouping, heard.event, because);
    return this.groups.count({ ...routed, group }, heard, { member: false, because, widens: true });
  }

  /** An event of a ticket whose case is open. A raise may bring that case and others within one window. */
  private add(heard: Heard, routed: RoutedCase, newest: boolean): bigint {
    const grouping = this.groupingOf(heard);
    const adopted = this.groups.adopt(heard, routed, grouping);
    const { group } = adopted;
    const byRule = takenFrom(heard.before.groupKey) === undefined;
    const raised = byRule && grouping.grouped && group?.key === grouping.key;
    const because = group?.because ?? routed.because;
    const counted = this.groups.count(adopted, heard, { member: true, because, widens: raised });
    this.said(heard, counted, { newest: newest && isFace(routed, heard.event) });
    this.groups.tellFlap(routed, this.latest(routed.id), heard.event);
    if (!raised) return routed.id;
    const placement = this.groups.place(grouping, heard.event, routed.id, routed.id);
    if (placement.type !== 'join') return routed.id;
    this.absorb(heard, grouping, placement);
    return placement.into;
  }

  /** What an event says counts in its case: of another ticket than the one that opened it, only what raises. */
  private said(heard: Heard, routed: RoutedCase, { newest }: { newest: boolean }): void {
    const { event, traceparent } = heard;
    const facts = newest && isFace(routed, event) ? factsOf(event) : {};
    const restricted = event.restricted ? { sensitivity: 'restricted' as const } : {};
    const watched = routed.closeAt === undefined ? this.closing.watched(routed) : routed;
    const updated = this.work.put({ ...watched, ...facts, ...restricted, events: routed.events + 1 });
    this.updates.count(event, routed.id, newest);
    this.work.sla.hear(routed, toldByTicket(event, newest));
    const said = { type: 'Said', facts: saidAgain(heard, heard.routed?.id === routed.id), newest } as const;
    const weighed = weighAgain(updated, said, this.facts.config, this.work.now);
    // The timeline tells what was said before what follows from it.
    if (weighed.changed) this.updates.tell(routed.id);
    putWeighed(this.work, weighed, { traceparent, facts: { eventId: event.id } });
    // What was said may be why nothing hushes it any more.
    const now = this.work.latest(updated);
    if (now.escalation.status === 'suppressed') this.work.act(now, { type: 'QuietChanged' }, { traceparent });
  }

  /** The source raises again what it resolved not long ago: the same case, with its history and its clocks. */
  private openAgain(heard: Heard): bigint | undefined {
    const { event, traceparent, routed } = heard;
    if (routed === undefined || !this.closing.returns(routed)) return undefined;
    const facts = eventFacts(event);
    this.work.act(routed, { type: 'Reopened', by: event.source }, { traceparent, facts });
    const { because } = routed.group ?? routed;
    this.groups.count(this.work.latest(routed), heard, { member: true, because, widens: false });
    // What it says now may make the case more urgent: told, and paged for, after it is open again.
    const newest = isFace(routed, event);
    this.said(heard, this.closing.watched(this.work.latest(routed)), { newest });
    return routed.id;
  }

  /** The ticket is over; its case is when none of its tickets is open, and it does not flap. */
  private clear(heard: Heard, routed: RoutedCase): void {
    const { event, traceparent } = heard;
    // Said again while others are open.
    if (countedTickets(routed) !== undefined && isResolved(heard.before))
      return void this.add(heard, routed, false);
    this.updates.tell(routed.id);
    const because = routed.group?.because ?? routed.because;
    const counted = this.groups.count(routed, heard, { member: true, because, widens: false });
    const status = event.status === undefined || !isFace(routed, event) ? {} : { status: event.status };
    const after = this.work.put({ ...counted, ...status, events: routed.events + 1 });
    const held = heldBy(after);
    if (held === undefined) {
      if (this.closing.close(heard, after)) this.updates.count(event, after.id, true);
      return;
    }
    const { source, ticketKey } = event;
    const facts = { ...eventFacts(event), source, ticketKey, open: countedTickets(after)?.open, held };
    this.work.tell(after, { type: 'TicketCleared', by: source, facts, traceparent });
    this.groups.tellFlap(routed, after, event);
  }

  private ignore(
    { event, traceparent }: CausedEvent,
    reason: IgnoreReason,
    routed: RoutedCase | undefined,
  ): void {
    if (routed === undefined) return;
    this.updates.tell(routed.id);
    const facts = { ...eventFacts(event), reason };
    this.work.tell(routed, { type: 'EventIgnored', by: event.source, facts, traceparent });
  }
}
