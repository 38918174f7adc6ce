import type { Config, TicketEvent } from '@tocsin/contracts';
import { closesAfterResolve, closingOf, inactiveAt, reopens } from '../../closing/closing-times.js';
import type { CaseInput } from '../../escalation/case-input.js';
import { type EventGrouping, eventTime, groupingOf } from '../../grouping/group-key.js';
import {
  changedGroup,
  countedIn,
  type Grouped,
  type HeardTicket,
  heldBy,
  isRekeyed,
  joinedGroups,
  type Membership,
  newGroup,
  placedOf,
} from '../../grouping/grow-group.js';
import { type Placement, placeRaise, returnWithin } from '../../grouping/place-raise.js';
import type { WeighInput } from '../../priority/reweigh.js';
import { foldTicket, isResolved, type Meaning, type Ticket } from '../../triage/fold-ticket.js';
import { saidAgain } from '../../triage/said-again.js';
import { isFace, mayOpen } from '../../triage/ticket-events.js';
import { type ReplayedCase, isOver, said, stateOf } from './replayed-case.js';
import type { Moment } from './moment.js';
import { toldByTicket } from '../../sla/told-by-ticket.js';

/** What triage needs of the world around it. */
export interface TriagedWorld {
  readonly act: (found: ReplayedCase, input: CaseInput, moment: Moment) => void;
  readonly weigh: (found: ReplayedCase, input: WeighInput, moment: Moment) => void;
  /** A case that is not escalated yet. */
  readonly begin: (event: TicketEvent, moment: Moment) => ReplayedCase;
  readonly start: (opened: ReplayedCase, event: TicketEvent, moment: Moment) => void;
}

interface Heard extends HeardTicket {
  readonly moment: Moment;
  readonly routed: ReplayedCase | undefined;
}

const ALONE: EventGrouping = { grouped: false, reason: 'no-rules' };
const UNSAID = { en: '', 'zh-CN': '' };

/** Where events go, as routing's triage finds it, by the same rules. */
export class ReplayedTriage {
  private readonly tickets = new Map<string, Ticket>();
  private readonly byId = new Map<bigint, ReplayedCase>();
  private readonly byKey = new Map<string, Set<ReplayedCase>>();

  constructor(private readonly world: TriagedWorld) {}

  /** Whether anything was heard of its ticket, and what an event would mean for it. */
  knows(event: TicketEvent): boolean {
    return this.tickets.has(keyOf(event));
  }

  /** What was known of a ticket before the recording began. */
  remember(event: TicketEvent, before: { readonly [K in keyof Ticket]: Ticket[K] | undefined }): void {
    const known = Object.entries(before).filter(([, value]) => value !== undefined);
    if (!this.knows(event)) this.tickets.set(keyOf(event), Object.fromEntries(known));
  }

  /** The ticket belongs to a case that is not replayed: what comes later is heard as if it were the first. */
  forget(event: TicketEvent): void {
    this.tickets.delete(keyOf(event));
  }

  /** Whether an event of a ticket that nobody has heard of opens a case. */
  wouldOpen(event: TicketEvent): boolean {
    return foldTicket({}, event, false).meaning.type === 'open';
  }

  /** @returns the case that hears it, undefined when none does, and whether it does nothing there */
  hear(
    event: TicketEvent,
    moment: Moment,
  ): { readonly found?: ReplayedCase | undefined; readonly ignored: boolean } {
    const before = this.tickets.get(keyOf(event)) ?? {};
    const routed = this.caseOf(before);
    const { ticket, meaning } = foldTicket(before, event, routed !== undefined && !isOver(routed));
    const found = this.carryOut(meaning, { event, before, after: ticket, moment, routed });
    if (found !== undefined) found.heardAt = moment.at;
    this.tickets.set(keyOf(event), { ...ticket, ...(found === undefined ? {} : { caseId: found.id }) });
    return { found, ignored: meaning.type === 'ignore' };
  }

  private caseOf({ caseId }: Ticket): ReplayedCase | undefined {
    let found = caseId === undefined ? undefined : this.byId.get(caseId);
    while (found?.joinedInto !== undefined) found = found.joinedInto;
    return found;
  }

  private carryOut(meaning: Meaning, heard: Heard): ReplayedCase | undefined {
    const { routed } = heard;
    if (meaning.type === 'open') return this.raise(heard);
    if (routed === undefined) return undefined;
    if (meaning.type === 'ignore') this.hearOfClosed(heard, routed);
    else if (meaning.type === 'resolve') this.clear(heard, routed);
    else {
      if (!isResolved(heard.after)) this.withdraw(routed, heard.moment);
      return this.add(heard, routed, meaning.newest);
    }
    return routed;
  }

  private hearOfClosed(heard: Heard, routed: ReplayedCase): void {
    if (routed.group === undefined || isResolved(heard.before) === isResolved(heard.after)) return;
    this.count(routed, heard, { member: true, widens: false });
  }

  private groupingFor({ event, before, moment }: Heard): EventGrouping {
    return mayOpen(event, before.caseId !== undefined) ? groupingOf(event, moment.config.config) : ALONE;
  }

  private raise(heard: Heard): ReplayedCase {
    const grouping = this.groupingFor(heard);
    if (!grouping.grouped) return this.openAgain(heard) ?? this.open(heard, grouping);
    const placement = this.place(grouping, heard);
    return placement.type === 'open' ? this.open(heard, grouping) : this.join(heard, placement);
  }

  private join(heard: Heard, placement: Exclude<Placement, { type: 'open' }>): ReplayedCase {
    const { event, moment } = heard;
    const into = this.known(placement.into);
    if (placement.type === 'reopen') this.world.act(into, { type: 'Reopened', by: event.source }, moment);
    this.withdraw(into, moment);
    const member = heard.routed === into;
    this.count(into, heard, { member, widens: true });
    this.said(heard, into, member);
    if (placement.type === 'join') this.absorb(into, placement.absorbed, moment);
    return into;
  }

  private absorb(into: ReplayedCase, ids: readonly bigint[], moment: Moment): void {
    for (const id of ids) {
      const absorbed = this.known(id);
      this.withdraw(into, moment);
      this.world.act(absorbed, { type: 'Resolved', by: 'tocsin' }, moment);
      Object.assign(absorbed, { joinedInto: into, joinedAt: moment.at });
      into.events += absorbed.events;
      const { group } = absorbed;
      if (group !== undefined) {
        if (into.group !== undefined) into.group = joinedGroups(into.group, group);
        absorbed.group = { ...group, flapping: undefined };
      }
      this.world.weigh(into, { type: 'Said', facts: absorbed.weighing.facts, newest: false }, moment);
    }
  }

  private open(heard: Heard, grouping: EventGrouping): ReplayedCase {
    const { event, moment } = heard;
    const opened = this.world.begin(event, moment);
    this.byId.set(opened.id, opened);
    this.watch(opened, moment);
    if (grouping.grouped) {
      this.learn(opened, grouping);
      opened.group = newGroup(grouping, event, UNSAID);
      this.count(opened, heard, { member: false, widens: true });
    }
    this.world.start(opened, event, moment);
    return opened;
  }

  private openAgain(heard: Heard): ReplayedCase | undefined {
    const { event, routed, moment } = heard;
    if (routed === undefined || !isOver(routed)) return undefined;
    if (!reopens(closingOf(moment.config.config, routed.service), routed.resolvedAt, moment.at))
      return undefined;
    this.world.act(routed, { type: 'Reopened', by: event.source }, moment);
    this.watch(routed, moment);
    this.said(heard, routed, true);
    return routed;
  }

  private add(heard: Heard, routed: ReplayedCase, newest: boolean): ReplayedCase {
    const grouping = this.groupingFor(heard);
    if (isRekeyed(routed, grouping, heard)) {
      this.learn(routed, grouping);
      routed.group = { ...newGroup(grouping, heard.event, UNSAID), tickets: 1, open: 1 };
    }
    const raised = grouping.grouped && routed.group?.key === grouping.key;
    this.count(routed, heard, { member: true, widens: raised });
    this.said(heard, routed, newest && isFace(routed, heard.event));
    if (!raised) return routed;
    const placement = this.place(grouping, heard, routed.id);
    if (placement.type !== 'join') return routed;
    const into = this.known(placement.into);
    this.absorb(into, placement.absorbed, heard.moment);
    return into;
  }

  private clear(heard: Heard, routed: ReplayedCase): void {
    const { event, before, moment } = heard;
    if (routed.group !== undefined && isResolved(before)) return void this.add(heard, routed, false);
    this.count(routed, heard, { member: true, widens: false });
    if (event.status !== undefined && isFace(routed, event))
      routed.said = { ...routed.said, status: event.status };
    routed.events += 1;
    if (heldBy(routed) !== undefined) return;
    const closeAt = closesAfterResolve(closingOf(moment.config.config, routed.service), moment.at);
    if (closeAt === undefined) this.world.act(routed, { type: 'Resolved', by: event.source }, moment);
    else if (routed.resolving === undefined) {
      Object.assign(routed, { resolving: { by: event.source }, closeAt });
      this.world.act(routed, { type: 'QuietChanged' }, moment);
    }
  }

  private said(heard: Heard, found: ReplayedCase, newest: boolean): void {
    const { event, moment } = heard;
    if (found.closeAt === undefined) this.watch(found, moment);
    if (newest && isFace(found, event)) found.said = said(found.said, event);
    found.restricted ||= event.restricted;
    found.events += 1;
    moment.clockSteps.push({ found, step: { input: toldByTicket(event, newest) } });
    this.world.weigh(
      found,
      { type: 'Said', facts: saidAgain(heard, heard.routed === found), newest },
      moment,
    );
    if (found.escalation.status === 'suppressed') this.world.act(found, { type: 'QuietChanged' }, moment);
  }

  private withdraw(found: ReplayedCase, moment: Moment): void {
    if (found.resolving === undefined) return;
    this.watch(found, moment);
    this.world.act(found, { type: 'QuietChanged' }, moment);
  }

  private watch(found: ReplayedCase, { config, at }: Moment): void {
    found.resolving = undefined;
    found.closeAt = inactiveAt(closingOf(config.config, found.service), at);
  }

  private count(found: ReplayedCase, heard: Heard, membership: Membership): void {
    const { group } = found;
    if (group === undefined) return;
    const { config, at } = heard.moment;
    const after = countedIn(group, heard, membership);
    const flap = ruleOf(config.config, group.rule)?.flap;
    found.group = isOver(found) ? after : changedGroup(after, group, heard.event, { flap, now: at });
  }

  private place({ rule, key }: Grouped, { event, moment, routed }: Heard, own?: bigint): Placement {
    const within = Math.max(0, ...moment.config.config.grouping.map(returnWithin)) * 1000;
    const known = this.byKey.get(key) ?? new Set();
    const cases = [...known].flatMap((found) => {
      const { group, resolvedAt = moment.at } = found;
      if (group === undefined || found.joinedInto !== undefined) return [];
      if (found !== routed && resolvedAt < moment.at - within) return [];
      return [placedOf({ ...found, state: stateOf(found) }, group)];
    });
    return placeRaise(eventTime(event), cases, rule, own);
  }

  private learn(found: ReplayedCase, { key }: Grouped): void {
    const known = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, known.add(found));
  }

  private known(id: bigint): ReplayedCase {
    const found = this.byId.get(id);
    if (found === undefined) throw new Error(`case ${id} was placed and is not there`);
    return found;
  }
}

const ruleOf = ({ grouping }: Config, name: string) => grouping.find((rule) => rule.name === name);

const keyOf = ({ source, ticketKey }: TicketEvent): string => JSON.stringify([source, ticketKey]);
