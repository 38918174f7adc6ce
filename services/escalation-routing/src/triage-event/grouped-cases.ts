import type { Config, GroupingRule, Texts, TicketEvent } from '@tocsin/contracts';
import {
  type CaseGroup,
  countChange,
  type EventGrouping,
  eventTime,
  flapReason,
  groupingReason,
  hullOf,
  placeAmongMerged,
  type PlacedCase,
  type Placement,
  STEADY,
  takenFrom,
  type TicketCounts,
} from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';
import { isResolved, type Ticket } from './fold-ticket.js';
import type { MemberNews } from './group.store.js';

/** The rule and key of an event that is grouped. */
export type Grouped = Extract<EventGrouping, { grouped: true }>;

/** An event, and its ticket before and after it. */
export interface HeardTicket {
  readonly event: TicketEvent;
  readonly before: Ticket;
  readonly after: Ticket;
}

/** How an event counts in its case. */
interface Membership {
  /** Whether its ticket was in this case before. */
  readonly member: boolean;
  readonly because: Texts;
  /** A raise widens the span of its case. */
  readonly widens: boolean;
}

/** The cases of one batch by the key that groups them, and what the batch adds to their tickets. */
export class GroupedCases {
  private readonly byKey = new Map<string, Set<bigint>>();
  private readonly news = new Map<string, MemberNews>();

  constructor(
    private readonly work: CaseWork,
    private readonly byId: ReadonlyMap<bigint, RoutedCase>,
    private readonly config: Config,
  ) {
    for (const routed of byId.values())
      if (routed.group !== undefined) this.learn(routed.id, routed.group.key);
  }

  get members(): MemberNews[] {
    return [...this.news.values()];
  }

  /** A case is one of its key from now on. */
  learn(id: bigint, key: string): void {
    const known = this.byKey.get(key) ?? new Set();
    this.byKey.set(key, known.add(id));
  }

  /** @param own the open case of the event's ticket */
  place({ rule, key }: Grouped, event: TicketEvent, own?: bigint): Placement {
    const known = [...(this.byKey.get(key) ?? [])].flatMap((id) => this.latest(id) ?? []);
    const cases = {
      own: known.filter(({ joinedInto }) => joinedInto === undefined).flatMap((one) => placedOf(one, one)),
      merged: known
        .filter(({ state }) => state === 'merged')
        .flatMap((one) => placedOf(this.rootOf(one.id), one)),
    };
    return placeAmongMerged(eventTime(event), cases, rule, own);
  }

  /** What a case has become part of, itself when it is its own; undefined when that is not locked here. */
  rootOf(id: bigint): RoutedCase | undefined {
    let routed = this.latest(id);
    while (routed?.joinedInto !== undefined) routed = this.latest(routed.joinedInto);
    return routed;
  }

  /** The key that the row of a ticket names after an event of it: where a person has put it, that stands. */
  keyAfter(before: Ticket, was: RoutedCase | undefined, caseId: bigint): Pick<Ticket, 'groupKey'> {
    if (takenFrom(before.groupKey) !== undefined && was?.id === caseId) return {};
    const groupKey = this.latest(caseId)?.group?.key;
    return groupKey === undefined ? {} : { groupKey };
  }

  /** Whether a rule would put a ticket back into the case that a person has taken it out of. */
  isApart(key: string, { groupKey }: Ticket): boolean {
    const from = takenFrom(groupKey);
    const left = from === undefined ? undefined : this.rootOf(from);
    if (left === undefined || left.state === 'resolved') return false;
    return [...(this.byKey.get(key) ?? [])].some((id) => this.rootOf(id)?.id === left.id);
  }

  /** Counts an event in a case of several tickets; a case that nobody counts stays as it is. */
  count(routed: RoutedCase, heard: HeardTicket, membership: Membership): RoutedCase {
    const { group, gathered } = routed;
    if (group === undefined)
      return gathered === undefined
        ? routed
        : this.work.put({ ...routed, gathered: counted(gathered, heard, membership) });
    this.note(routed.id, heard, membership.because);
    const at = eventTime(heard.event);
    const after = {
      ...group,
      ...counted(group, heard, membership),
      ...(membership.widens ? hullOf([group, { from: at, to: at }]) : {}),
    };
    // What becomes of the tickets of a resolved case moves nothing.
    if (routed.state === 'resolved') return this.work.put({ ...routed, group: after });
    return this.work.put({ ...routed, group: this.changed(after, group, heard.event) });
  }

  /**
   * A ticket that was first heard of by an update, which says less than the created that it overtook: the created
   * decides the key, while the ticket is alone in its case.
   */
  adopt(heard: HeardTicket, routed: RoutedCase, grouping: EventGrouping): RoutedCase {
    const overtaken = heard.before.opened === undefined && heard.after.opened !== undefined;
    const { group } = routed;
    if (!grouping.grouped || !overtaken || group?.key === grouping.key || !isRules(routed, heard))
      return routed;
    const because = groupingReason('opened', grouping.rule, grouping.by);
    this.learn(routed.id, grouping.key);
    return this.work.put({
      ...routed,
      group: { ...newGroup(grouping, heard.event, because), tickets: 1, open: 1 },
    });
  }

  /** The rule by its name in the config in force; undefined when it is gone. */
  ruleOf({ rule }: CaseGroup): GroupingRule | undefined {
    return this.config.grouping.find(({ name }) => name === rule);
  }

  /** Tells the beginning of a flap state. */
  tellFlap(before: RoutedCase, after: RoutedCase, event: TicketEvent): void {
    const flap = after.group === undefined ? undefined : this.ruleOf(after.group)?.flap;
    if (flap === undefined || before.group?.flapping !== undefined || after.group?.flapping === undefined)
      return;
    const facts = { rule: after.group.rule, because: flapReason(flap), eventId: event.id };
    this.work.tell(after, { type: 'FlapStarted', by: 'tocsin', facts });
  }

  private latest(id: bigint): RoutedCase | undefined {
    const known = this.byId.get(id);
    return known === undefined ? undefined : this.work.latest(known);
  }

  /** From wrong to right or back is a change. */
  private changed(after: CaseGroup, before: CaseGroup, event: TicketEvent): CaseGroup {
    const flap = this.ruleOf(after)?.flap;
    if (flap === undefined || after.open > 0 === before.open > 0) return after;
    const state = countChange(after, eventTime(event), flap, this.work.now);
    return { ...after, ...state, flapBecause: flapReason(flap), calm: flap.calm };
  }

  private note(caseId: bigint, { event, after }: HeardTicket, because: Texts): void {
    const { source, ticketKey } = event;
    const at = eventTime(event);
    const name = JSON.stringify([caseId.toString(), source, ticketKey]);
    const known = this.news.get(name) ?? { events: 0, firstSeen: at, lastSeen: at, because };
    this.news.set(name, {
      ...{ caseId, source, ticketKey, because: known.because, open: !isResolved(after) },
      events: known.events + 1,
      firstSeen: Math.min(known.firstSeen, at),
      lastSeen: Math.max(known.lastSeen, at),
    });
  }
}

/** A case that one event has just made, before it is counted. */
export function newGroup({ rule, by, key }: Grouped, event: TicketEvent, because: Texts): CaseGroup {
  const at = eventTime(event);
  return {
    key,
    rule: rule.name,
    by,
    because,
    from: at,
    to: at,
    size: rule.size,
    tickets: 0,
    open: 0,
    ...STEADY,
  };
}

function counted(
  { tickets, open }: TicketCounts,
  { before, after }: HeardTicket,
  { member }: Membership,
): TicketCounts {
  const wasOpen = member && !isResolved(before);
  return {
    tickets: tickets + (member ? 0 : 1),
    open: open + Number(!isResolved(after)) - Number(wasOpen),
  };
}

/** The case that goes on, in the span of its own or of one that was merged into it. */
const placedOf = (routed: RoutedCase | undefined, { group }: RoutedCase): PlacedCase[] =>
  routed === undefined || group === undefined
    ? []
    : [
        {
          ...{ id: routed.id, from: group.from, to: group.to },
          ...{ priority: routed.priority, openedAt: routed.openedAt },
          acknowledged: routed.state === 'acknowledged',
          resolvedAt: routed.state === 'resolved' ? routed.resolvedAt : undefined,
        },
      ];

/** Whether a rule may still say which case this is: its ticket is alone in it, and no person has put it there. */
const isRules = ({ group, gathered }: RoutedCase, { before }: HeardTicket): boolean =>
  gathered === undefined && (group?.tickets ?? 1) <= 1 && takenFrom(before.groupKey) === undefined;

/** How many tickets a case has and how many are not over, where anybody counts them. */
export const countsOf = ({ group, gathered }: RoutedCase): TicketCounts | undefined => group ?? gathered;

/** Why a case whose ticket is over goes on. */
export function heldBy(routed: RoutedCase): 'others-open' | 'flapping' | undefined {
  if ((countsOf(routed)?.open ?? 0) > 0) return 'others-open';
  return routed.group?.flapping === undefined ? undefined : 'flapping';
}
