import { type CaseFactsOf, caseIdText } from '@tocsin/contracts';
import type { MemberTicket } from '@tocsin/rules';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';

interface Teller {
  readonly by: string;
  readonly via?: string | undefined;
  readonly traceparent?: string | undefined;
}

interface Told extends Teller {
  readonly tickets: readonly MemberTicket[];
  /** How many counted events go along. */
  readonly events?: number;
  readonly undo?: boolean;
}

/** Tickets named by one row of the timeline; the rest are only counted. */
const NAMED_TICKETS = 20;

const factsOf = ({ tickets, via, undo }: Told): Omit<CaseFactsOf<'TicketsLeft'>, 'to'> => ({
  tickets: tickets.length,
  named: tickets.slice(0, NAMED_TICKETS).map(({ source, ticketKey }) => ({ source, ticketKey })),
  ...(via === undefined ? {} : { via }),
  ...(undo === undefined ? {} : { undo }),
});

export function tellJoined(work: CaseWork, to: RoutedCase, told: Told & { readonly from: RoutedCase }): void {
  const { by, traceparent, events = 0 } = told;
  const latest = work.latest(to);
  const joined = work.put({ ...latest, events: latest.events + events });
  const facts = { from: caseIdText(told.from.id), ...factsOf(told) };
  work.tell(joined, { type: 'TicketsJoined', by, facts, traceparent });
}

export function tellLeft(work: CaseWork, from: RoutedCase, told: Told & { readonly to: RoutedCase }): void {
  const { by, traceparent, events = 0 } = told;
  const latest = work.latest(from);
  const left = work.put({ ...latest, events: latest.events - events });
  const facts = { to: caseIdText(told.to.id), ...factsOf(told) };
  work.tell(left, { type: 'TicketsLeft', by, facts, traceparent });
}

interface Noted extends Teller {
  readonly note?: string | undefined;
}

export function tellNote(work: CaseWork, routed: RoutedCase, { note, by, via, traceparent }: Noted): void {
  if (note === undefined) return;
  const facts = { note, ...(via === undefined ? {} : { via }) };
  work.tell(work.put(work.latest(routed)), { type: 'NoteAdded', by, facts, traceparent });
}
