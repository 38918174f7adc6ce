import type { EscalationCase } from '../escalation/escalation-case.js';

/** An upstream's key. */
export interface TicketRef {
  readonly source: string;
  readonly ticketKey: string;
}

/** A ticket of a case, as it is before an act. Plain JSON. */
export interface MemberTicket extends TicketRef {
  /** All that is known of it, as one text that changes with each event. */
  readonly heard: string;
  /** Whether its source has not said that it is over. */
  readonly open: boolean;
  /** The case that its row names, in digits: this one, or one that grouping made part of it. */
  readonly linked: string;
  /** What its row says of its group. */
  readonly groupKey?: string | undefined;
}

/** How many tickets a case has, and how many of them are not over. */
export interface TicketCounts {
  readonly tickets: number;
  readonly open: number;
}

/** What acts on tickets change of a case, beside its escalation. Plain JSON. */
export interface Gathering {
  /** The ticket by which the case is known. */
  readonly face: TicketRef;
  /** As its grouping rule counts them; absent when no rule made it. */
  readonly group?: TicketCounts | undefined;
  /** Where no rule counts them and people have changed which they are. */
  readonly gathered?: TicketCounts | undefined;
}

/** A case as the acts on its tickets see it. */
export interface MemberCase extends Gathering {
  readonly id: bigint;
  readonly escalation: EscalationCase;
  readonly tickets: readonly MemberTicket[];
  readonly restricted: boolean;
  /** Its source has said that it is over, and the grace runs. */
  readonly resolving: boolean;
  /** The case that it is part of: grouping or a person has joined them. */
  readonly joinedInto?: bigint | undefined;
}

export type MembershipKind = 'merge' | 'split' | 'move';

/** What the two cases of an act were before it; of a split only the one that was there. Plain JSON. */
export interface Before {
  readonly from: Gathering;
  readonly to?: Gathering | undefined;
  /** How many tickets of `to` were not over. */
  readonly toOpen: number;
}

/** An act on the tickets of two cases, as it is kept: enough to take it back. */
export interface MembershipChange {
  readonly kind: MembershipKind;
  readonly from: bigint;
  readonly to: bigint;
  /** As they were when they moved. */
  readonly tickets: readonly MemberTicket[];
  readonly at: number;
  /** What the two cases were before. */
  readonly was: Before;
}

export const nameOf = ({ source, ticketKey }: TicketRef): string => JSON.stringify([source, ticketKey]);

export const countsOf = (tickets: readonly Pick<MemberTicket, 'open'>[]): TicketCounts => ({
  tickets: tickets.length,
  open: tickets.filter(({ open }) => open).length,
});
