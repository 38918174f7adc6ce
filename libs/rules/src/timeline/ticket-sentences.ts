import { rankOf, STAYED_REASONS, type Texts, TIMELINE_WORDS, UNGROUPED_REASONS } from '@tocsin/contracts';
import { own } from '../own.js';
import { filled, joined } from '../texts-of.js';
import { targetText } from './people-words.js';
import { durationText, listed, plain, timeText } from './plain-words.js';
import { line, NOTHING, type Sentences, type ToldEvent, viaText, when } from './told-event.js';

const ticketsText = (n: number): Texts => (n === 1 ? line('oneTicket') : line('tickets', { n }));

/** How a case came to be, and what its priority does. */
export const CASE_SENTENCES: Sentences<
  | 'CaseOpened'
  | 'CaseUpdated'
  | 'EventIgnored'
  | 'PriorityChanged'
  | 'PriorityPinned'
  | 'PriorityUnpinned'
  | 'CaseResolved'
  | 'NoteAdded'
  | 'ResolveAwaited'
  | 'ResolveWithdrawn'
> = {
  CaseOpened: (told) =>
    joined(
      openedText(told),
      when(told.facts.service, (service) => line('ofService', { service })),
      when(told.facts.group, ({ because }) => line('ofGroup', { because })),
      when(told.facts.ungrouped, (reason) =>
        line('ungrouped', { why: own(UNGROUPED_REASONS, reason) ?? plain(reason) }),
      ),
    ),
  CaseUpdated: ({ facts: { events, late }, by }) => {
    const sent = events === 1 ? line('oneEvent') : line('events', { n: events });
    return line(late === 0 ? 'updated' : 'updatedLate', { by, events: sent, late });
  },
  EventIgnored: ({ facts: { reason, person, answeredAt }, by, nameOf }) => {
    const why = own(STAYED_REASONS, reason) ?? plain(reason);
    return person === undefined || answeredAt === undefined
      ? line('ignored', { by, why })
      : line('answerIgnored', { person: plain(nameOf(person)), at: timeText(answeredAt), why });
  },
  PriorityChanged: ({ facts: { from, to, because } }) => {
    const text = line(rankOf(to) < rankOf(from) ? 'raised' : 'lowered', { from, to });
    return joined(
      text,
      when(because, (texts) => filled(TIMELINE_WORDS.because, { because: texts })),
    );
  },
  PriorityPinned: ({ facts: { priority, reason, until }, by }) => {
    const said = { by, priority, reason: plain(reason) };
    return until === undefined
      ? line('pinned', said)
      : line('pinnedUntil', { ...said, until: timeText(until) });
  },
  PriorityUnpinned: ({ facts: { cause }, by }) =>
    cause === 'unpinned' ? line('unpinned', { by }) : line('pinEnded'),
  CaseResolved: (told) => joined(resolvedText(told), endingText(told.facts)),
  NoteAdded: ({ facts: { note, via }, by }) => joined(line('noted', { by, note: plain(note) }), viaText(via)),
  ResolveAwaited: ({ facts: { closesAt }, by }) => line('resolveAwaited', { by, at: timeText(closesAt) }),
  ResolveWithdrawn: ({ facts: { since }, by, at }) =>
    line('resolveWithdrawn', { by, duration: durationText((at - since) / 1000) }),
};

function openedText({ facts, by, nameOf }: ToldEvent<'CaseOpened'>): Texts {
  const { priority, because, splitFrom, byHand, subject = '', targets = [] } = facts;
  if (byHand === true) {
    const words = targets.map(({ kind, name, level }) =>
      kind === 'ladder'
        ? `${level ?? ''} of the service`
        : kind === 'everyone'
          ? kind
          : `${kind} ${name ?? ''}`,
    );
    return line('openedByHand', {
      ...{ by, priority, subject: plain(subject) },
      targets: listed(words.map((word) => targetText(word, nameOf))),
    });
  }
  return splitFrom === undefined
    ? line('opened', { by, priority, because })
    : line('openedBySplit', { by, priority, because, from: splitFrom });
}

function resolvedText({ facts, by }: ToldEvent<'CaseResolved'>): Texts {
  const { reason, since, heardAt, joinedInto, via } = facts;
  if (joinedInto !== undefined) return line('goesOnAs', { into: joinedInto });
  if (reason === 'grace.over' && since !== undefined)
    return line('graceOver', { by, since: timeText(since) });
  if (reason === 'inactive' && heardAt !== undefined) return line('inactive', { at: timeText(heardAt) });
  return line('resolved', { by, via: viaText(via) });
}

const endingText = ({ because, code, codeLabel, cause, reply }: ToldEvent<'CaseResolved'>['facts']): Texts =>
  joined(
    when(because, (texts) => filled(TIMELINE_WORDS.because, { because: texts })),
    when(codeLabel ?? when(code, plain), (label) =>
      label.en === '' ? NOTHING : line('codeOf', { code: label }),
    ),
    when(cause, (text) => line('causeOf', { cause: plain(text) })),
    when(reply, (text) => line('replyOf', { reply: plain(text) })),
  );

/** Which tickets a case has. */
export const MEMBER_SENTENCES: Sentences<
  | 'TicketJoined'
  | 'TicketCleared'
  | 'GroupFull'
  | 'CaseJoined'
  | 'FlapStarted'
  | 'FlapEnded'
  | 'TicketsJoined'
  | 'TicketsLeft'
  | 'CaseRefiled'
> = {
  CaseRefiled: ({ facts: { from, to, revision } }) => line('refiled', { from, to, revision }),
  TicketJoined: ({ facts: { ticketKey, source, tickets, because } }) =>
    line('ticketJoined', { ticket: plain(ticketKey), source, tickets: ticketsText(tickets), because }),
  TicketCleared: ({ facts: { ticketKey, source, open = 0, held } }) =>
    line(held === 'flapping' ? 'clearedFlapping' : 'clearedOthers', {
      ...{ ticket: plain(ticketKey), source, open: ticketsText(open) },
    }),
  GroupFull: ({ facts: { tickets, because } }) =>
    line('groupFull', { tickets: ticketsText(tickets), because }),
  CaseJoined: ({ facts: { case: other, because } }) => line('caseJoined', { case: other, because }),
  FlapStarted: ({ facts: { rule, because } }) => line('flap', { rule, because }),
  FlapEnded: ({ facts: { rule, because } }) => line('flap', { rule, because }),
  TicketsJoined: ({ facts, by }) =>
    line(facts.undo === true ? 'ticketsCameBack' : 'ticketsCame', {
      by,
      from: facts.from,
      ...movedText(facts),
    }),
  TicketsLeft: ({ facts, by }) =>
    line(facts.undo === true ? 'ticketsWentBack' : 'ticketsWent', { by, to: facts.to, ...movedText(facts) }),
};

type Moved = Pick<ToldEvent<'TicketsLeft'>['facts'], 'tickets' | 'named' | 'via'>;

/** Tickets that a sentence names; the rest are counted. */
const NAMED = 5;

function movedText({ tickets, named, via }: Moved): { tickets: Texts; named: Texts; via: Texts } {
  const shown = named.slice(0, NAMED);
  const names = shown.map(({ ticketKey }) => filled(TIMELINE_WORDS.quoted, { text: plain(ticketKey) }));
  const more = tickets - shown.length;
  return {
    tickets: ticketsText(tickets),
    named: joined(listed(names), more > 0 ? filled(TIMELINE_WORDS.more, { more }) : NOTHING),
    via: viaText(via),
  };
}
