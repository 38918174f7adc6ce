import type { FlapRule, Instant, Priority, Texts, TicketEvent } from '@tocsin/contracts';
import type { TicketCounts } from '../membership/member-case.js';
import { takenFrom } from '../membership/placed-by-hand.js';
import { isResolved, type Ticket } from '../triage/fold-ticket.js';
import type { CaseGroup } from './case-group.js';
import { countChange, STEADY } from './flap.js';
import { type EventGrouping, eventTime } from './group-key.js';
import { hullOf } from './group-window.js';
import { flapReason } from './grouping-reason.js';
import type { PlacedCase } from './place-raise.js';

/** The rule and key of an event that is grouped. */
export type Grouped = Extract<EventGrouping, { grouped: true }>;

/** An event, and its ticket before and after it. */
export interface HeardTicket {
  readonly event: TicketEvent;
  readonly before: Ticket;
  readonly after: Ticket;
}

/** How an event counts in its case. */
export interface Membership {
  /** Whether its ticket was in this case before. */
  readonly member: boolean;
  /** A raise widens the span of its case. */
  readonly widens: boolean;
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

/** The group with an event counted. */
export function countedIn(group: CaseGroup, heard: HeardTicket, membership: Membership): CaseGroup {
  const at = eventTime(heard.event);
  return {
    ...group,
    ...(membership.widens ? hullOf([group, { from: at, to: at }]) : {}),
    ...counted(group, heard, membership),
  };
}

/** How many tickets there are, and are open, with the ticket of an event counted. */
export function counted(
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

/** From wrong to right or back is a change, which may be one too many. */
export function changedGroup(
  after: CaseGroup,
  before: CaseGroup,
  event: TicketEvent,
  { flap, now }: { readonly flap: FlapRule | undefined; readonly now: Instant },
): CaseGroup {
  if (flap === undefined || after.open > 0 === before.open > 0) return after;
  const state = countChange(after, eventTime(event), flap, now);
  return { ...after, ...state, flapBecause: flapReason(flap), calm: flap.calm };
}

/** A case whose tickets a rule counts, or, where a person has put some together, we do. */
export interface CountedCase {
  readonly group?: CaseGroup | undefined;
  readonly gathered?: TicketCounts | undefined;
}

/** How many tickets a case has and how many are not over, where anybody counts them. */
export const countedTickets = ({ group, gathered }: CountedCase): TicketCounts | undefined =>
  group ?? gathered;

/**
 * A ticket that was first heard of by an update, which says less than the created that it overtook: the created decides
 * the key, while the ticket is alone in its case and no person has put it there.
 */
export function isRekeyed(
  { group, gathered }: CountedCase,
  grouping: EventGrouping,
  { before, after }: HeardTicket,
): grouping is Grouped {
  const overtaken = before.opened === undefined && after.opened !== undefined;
  const isRules =
    gathered === undefined && (group?.tickets ?? 1) <= 1 && takenFrom(before.groupKey) === undefined;
  return grouping.grouped && overtaken && group?.key !== grouping.key && isRules;
}

/** The group of a case that goes on with what another had. */
export function joinedGroups(into: CaseGroup, absorbed: CaseGroup): CaseGroup {
  const flapping = into.flapping ?? absorbed.flapping;
  return {
    ...into,
    ...hullOf([into, absorbed]),
    tickets: into.tickets + absorbed.tickets,
    open: into.open + absorbed.open,
    changes: [...into.changes, ...absorbed.changes].toSorted((a, b) => a - b),
    ...(flapping === undefined ? {} : { flapping, calm: into.calm ?? absorbed.calm }),
  };
}

/** Why a case whose ticket is over goes on. */
export function heldBy({ group, gathered }: CountedCase): 'others-open' | 'flapping' | undefined {
  if ((countedTickets({ group, gathered })?.open ?? 0) > 0) return 'others-open';
  return group?.flapping === undefined ? undefined : 'flapping';
}

/** The group after its flap state. */
export const calmed = (group: CaseGroup): CaseGroup => ({ ...group, changes: [], flapping: undefined });

/** A grouped case as placing needs to know it. */
export interface GroupedCase {
  readonly id: bigint;
  readonly priority: Priority;
  readonly openedAt: Instant;
  readonly state: string;
  readonly resolvedAt?: Instant | undefined;
}

export const placedOf = (
  { id, priority, openedAt, state, resolvedAt }: GroupedCase,
  { from, to }: CaseGroup,
): PlacedCase => ({
  ...{ id, from, to, priority, openedAt },
  acknowledged: state === 'acknowledged',
  resolvedAt: state === 'resolved' ? resolvedAt : undefined,
});
