import { countsOf, type Gathering, type MemberTicket, nameOf, type TicketCounts } from './member-case.js';

interface Coming {
  /** All tickets of the case after the act. */
  readonly left: readonly MemberTicket[];
  readonly came?: readonly MemberTicket[];
  readonly went?: readonly MemberTicket[];
}

/**
 * What a case is after tickets have come or gone. A rule's own count also holds tickets that have begun anew elsewhere, so it
 * moves by what moved; where no rule counts, all that there are are counted. The face stays while it is there.
 */
export function gatheringAfter(
  { face, group }: Gathering,
  { left, came = [], went = [] }: Coming,
): Gathering {
  const counts =
    group === undefined
      ? { gathered: countsOf(left) }
      : { group: plus(plus(group, countsOf(came), 1), countsOf(went), -1) };
  return { ...counts, face: faceOf(face, left) };
}

/** The face stays; else the first that is open, then the first. */
function faceOf(face: Gathering['face'], tickets: readonly MemberTicket[]): Gathering['face'] {
  const { source, ticketKey } =
    tickets.find((ticket) => nameOf(ticket) === nameOf(face)) ??
    tickets.find(({ open }) => open) ??
    tickets[0] ??
    face;
  return { source, ticketKey };
}

const plus = (counts: TicketCounts, more: TicketCounts, sign: 1 | -1): TicketCounts => ({
  tickets: counts.tickets + sign * more.tickets,
  open: counts.open + sign * more.open,
});

/**
 * What a case is when tickets are back where they were. What came meanwhile of other tickets stays.
 * @param was what it was before the act; absent when the act made it
 */
export function gatheringRestored(now: Gathering, was: Gathering | undefined, coming: Coming): Gathering {
  const after = gatheringAfter(now, coming);
  const { left } = coming;
  const face = left.some((ticket) => nameOf(ticket) === nameOf(was?.face ?? now.face))
    ? was?.face
    : undefined;
  const single = was?.gathered === undefined && left.length < 2;
  return {
    ...(after.group === undefined ? {} : { group: after.group }),
    ...(after.gathered === undefined || single ? {} : { gathered: after.gathered }),
    face: face ?? after.face,
  };
}
