import { rankOf } from '@tocsin/contracts';
import { gatheringAfter } from './gathering.js';
import {
  type Before,
  countsOf,
  type Gathering,
  type MemberCase,
  type MembershipKind,
  type MemberTicket,
  nameOf,
  type TicketRef,
} from './member-case.js';

/** Why the tickets stay where they are. */
export type ChangeRefusal =
  | { readonly reason: 'same-case' | 'last-ticket' | 'last-open-ticket' | 'none-open' | 'restricted' }
  | { readonly reason: 'already-resolved' | 'closing'; readonly caseId: bigint }
  /** The case is part of another: grouping joined them, or a person merged them. */
  | { readonly reason: 'joined' | 'merged'; readonly caseId: bigint; readonly into?: bigint | undefined }
  /** The case that would end is more urgent than the one that would go on. */
  | { readonly reason: 'less-urgent'; readonly from: string; readonly to: string }
  | { readonly reason: 'no-member'; readonly ticket: TicketRef };

/** Which tickets go, and what both cases are then. */
export interface JudgedChange {
  readonly tickets: readonly MemberTicket[];
  /** A merged case keeps what it was, for the day that it is taken back. */
  readonly from: Gathering;
  readonly to: Gathering;
}

interface Asked {
  readonly kind: MembershipKind;
  readonly from: MemberCase;
  /** Absent for a split: the case is not there yet. */
  readonly to?: MemberCase;
  /** Which tickets; a merge takes all. */
  readonly tickets?: readonly TicketRef[];
}

/**
 * Whether tickets may go from one case to another. Both must be cases of their own and open, the less urgent may not
 * swallow the more urgent (nobody would be paged for it any more), restricted tickets stay among themselves, and a case
 * that goes on keeps a ticket that can end it.
 */
export function judgeChange(asked: Asked): JudgedChange | { readonly refused: ChangeRefusal } {
  const { kind, from, to } = asked;
  const apart = notTwo(from, to);
  if (apart !== undefined) return { refused: apart };
  const taken = kind === 'merge' ? { tickets: from.tickets } : takenOf(from, asked.tickets ?? []);
  if ('refused' in taken) return taken;
  const { tickets } = taken;
  const refused = to === undefined ? splitOf(tickets) : unfit(kind, from, to, tickets);
  return refused === undefined ? { tickets, ...gatherings(asked, tickets) } : { refused };
}

function notTwo(from: MemberCase, to: MemberCase | undefined): ChangeRefusal | undefined {
  if (to === undefined) return closed(from)[0];
  if (to.id === from.id) return { reason: 'same-case' };
  const over = [from, to].flatMap(closed)[0];
  return over ?? (to.restricted === from.restricted ? undefined : { reason: 'restricted' });
}

function closed({ id, escalation: { status }, joinedInto }: MemberCase): ChangeRefusal[] {
  if (status === 'cancelled') return [{ reason: 'merged', caseId: id, into: joinedInto }];
  if (joinedInto !== undefined) return [{ reason: 'joined', caseId: id, into: joinedInto }];
  return status === 'resolved' ? [{ reason: 'already-resolved', caseId: id }] : [];
}

function unfit(
  kind: MembershipKind,
  from: MemberCase,
  to: MemberCase,
  tickets: readonly MemberTicket[],
): ChangeRefusal | undefined {
  const [ending, staying] = [from.escalation.priority, to.escalation.priority];
  if (kind === 'merge' && rankOf(ending) < rankOf(staying))
    return { reason: 'less-urgent', from: ending, to: staying };
  // It would close, and be silent until then, with tickets that are not over.
  const comesOpen = countsOf(tickets).open > 0 || (kind === 'merge' && !from.resolving);
  return to.resolving && comesOpen ? { reason: 'closing', caseId: to.id } : undefined;
}

/** What is over needs no page of its own. */
const splitOf = (tickets: readonly MemberTicket[]): ChangeRefusal | undefined =>
  countsOf(tickets).open === 0 ? { reason: 'none-open' } : undefined;

function takenOf(
  from: MemberCase,
  wanted: readonly TicketRef[],
): { readonly tickets: readonly MemberTicket[] } | { readonly refused: ChangeRefusal } {
  const names = new Set(wanted.map(nameOf));
  const tickets = from.tickets.filter((ticket) => names.has(nameOf(ticket)));
  const known = new Set(tickets.map(nameOf));
  const stranger = wanted.find((ticket) => !known.has(nameOf(ticket)));
  if (stranger !== undefined) return { refused: { reason: 'no-member', ticket: stranger } };
  if (tickets.length === from.tickets.length) return { refused: { reason: 'last-ticket' } };
  const open = countsOf(from.tickets).open;
  return open > 0 && open === countsOf(tickets).open
    ? { refused: { reason: 'last-open-ticket' } }
    : { tickets };
}

function gatherings(
  { kind, from, to }: Asked,
  tickets: readonly MemberTicket[],
): Omit<JudgedChange, 'tickets'> {
  const names = new Set(tickets.map(nameOf));
  const left = from.tickets.filter((ticket) => !names.has(nameOf(ticket)));
  return {
    from: kind === 'merge' ? gatheringOf(from) : gatheringAfter(from, { left, went: tickets }),
    to: gatheringAfter(to ?? { face: from.face }, {
      left: [...(to?.tickets ?? []), ...tickets],
      came: tickets,
    }),
  };
}

/** What is kept of the cases to give them back. */
export const beforeChange = (from: MemberCase, to: MemberCase | undefined): Before => ({
  from: gatheringOf(from),
  ...(to === undefined ? {} : { to: gatheringOf(to) }),
  toOpen: countsOf(to?.tickets ?? []).open,
});

export const gatheringOf = ({ face, group, gathered }: Gathering): Gathering => ({
  ...(group === undefined ? {} : { group }),
  ...(gathered === undefined ? {} : { gathered }),
  face,
});
