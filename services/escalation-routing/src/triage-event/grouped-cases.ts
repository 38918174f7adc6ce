import type { Config, GroupingRule, Texts, TicketEvent } from '@tocsin/contracts';
import {
  type CaseGroup,
  countChange,
  type EventGrouping,
  eventTime,
  flapReason,
  hullOf,
  type Placement,
  placeRaise,
  STEADY,
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
    const cases = [...(this.byKey.get(key) ?? [])].flatMap((id) => {
      const routed = this.latest(id);
      return routed?.group === undefined || routed.joinedInto !== undefined
        ? []
        : [placedOf(routed, routed.group)];
    });
    return placeRaise(eventTime(event), cases, rule, own);
  }

  /** Counts an event in its grouped case; a case that no rule made stays as it is. */
  count(routed: RoutedCase, heard: HeardTicket, membership: Membership): RoutedCase {
    const { group } = routed;
    if (group === undefined) return routed;
    this.note(routed.id, heard, membership.because);
    const after = counted(group, heard, membership);
    // What becomes of the tickets of a resolved case moves nothing.
    if (routed.state === 'resolved') return this.work.put({ ...routed, group: after });
    return this.work.put({ ...routed, group: this.changed(after, group, heard.event) });
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
  group: CaseGroup,
  { event, before, after }: HeardTicket,
  { member, widens }: Membership,
): CaseGroup {
  const at = eventTime(event);
  const wasOpen = member && !isResolved(before);
  return {
    ...group,
    ...(widens ? hullOf([group, { from: at, to: at }]) : {}),
    tickets: group.tickets + (member ? 0 : 1),
    open: group.open + Number(!isResolved(after)) - Number(wasOpen),
  };
}

const placedOf = (routed: RoutedCase, { from, to }: CaseGroup) => ({
  ...{ id: routed.id, from, to, priority: routed.priority, openedAt: routed.openedAt },
  acknowledged: routed.state === 'acknowledged',
  resolvedAt: routed.state === 'resolved' ? routed.resolvedAt : undefined,
});

/** Why a case whose ticket is over goes on. */
export function heldBy({ group }: RoutedCase): 'others-open' | 'flapping' | undefined {
  if (group !== undefined && group.open > 0) return 'others-open';
  return group?.flapping === undefined ? undefined : 'flapping';
}
