import { describe, expect, it } from '@jest/globals';
import type { TicketEvent } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { foldTicket, type Meaning, type Ticket } from './fold-ticket.js';

type Type = TicketEvent['type'];

const event = (type: Type, at: number, by: TicketEvent['version']['by'] = 'sender'): TicketEvent => ({
  id: `evt_${type}_${at}`,
  tenant: 'default',
  source: 'demo',
  kind: 'ticket',
  type,
  ticketKey: 'T',
  version: { by, at, tie: '' },
  receivedAt: '2026-11-02T03:00:00.000Z',
  subject: 's',
  tags: [],
  parties: [],
  attributes: {},
  restricted: false,
});

/** Folds events as triage does; `closeAfter` is a person resolving the case after that many events. */
function fold(
  events: readonly TicketEvent[],
  closeAfter = -1,
): { meanings: string[]; open: boolean; ticket: Ticket; cases: number } {
  let ticket: Ticket = {};
  let open = false;
  let cases = 0;
  const meanings: string[] = [];
  events.forEach((next, n) => {
    const folded = foldTicket(ticket, next, open);
    ticket = folded.ticket;
    if (folded.meaning.type === 'open') {
      cases += 1;
      ticket = { ...ticket, caseId: BigInt(cases) };
      open = true;
    }
    if (folded.meaning.type === 'resolve') open = false;
    meanings.push(wordsOf(folded.meaning));
    if (n + 1 === closeAfter) open = false;
  });
  return { meanings, open, ticket, cases };
}

const wordsOf = (meaning: Meaning): string => {
  if (meaning.type === 'ignore') return `ignore ${meaning.reason}`;
  return meaning.type === 'apply' && !meaning.newest ? 'apply late' : meaning.type;
};

describe('folding the events of one ticket', () => {
  it.each<[string, [Type, number][], string[]]>([
    ['a created opens', [['ticket.created', 1]], ['open']],
    [
      'an update that overtook its created opens too',
      [
        ['ticket.updated', 2],
        ['ticket.created', 1],
      ],
      ['open', 'apply late'],
    ],
    [
      'a later one counts',
      [
        ['ticket.created', 1],
        ['ticket.commented', 2],
      ],
      ['open', 'apply'],
    ],
    [
      'a resolve ends it',
      [
        ['alert.raised', 1],
        ['alert.cleared', 2],
      ],
      ['open', 'resolve'],
    ],
    [
      'a resolve wins at the same version',
      [
        ['ticket.resolved', 1],
        ['ticket.created', 1],
      ],
      ['ignore no-open-case', 'ignore late'],
    ],
    [
      'a created older than the resolve pages nobody',
      [
        ['ticket.resolved', 5],
        ['ticket.created', 1],
      ],
      ['ignore no-open-case', 'ignore late'],
    ],
    [
      'an overtaken resolve still resolves what was created before it',
      [
        ['ticket.created', 1],
        ['ticket.updated', 4],
        ['ticket.resolved', 3],
      ],
      ['open', 'apply', 'resolve'],
    ],
    [
      'an old resolve does not end what was raised after it',
      [
        ['alert.raised', 3],
        ['alert.cleared', 2],
      ],
      ['open', 'ignore late'],
    ],
    [
      'a comment after the resolve reopens nothing',
      [
        ['ticket.created', 1],
        ['ticket.resolved', 2],
        ['ticket.commented', 3],
      ],
      ['open', 'resolve', 'ignore after-resolve'],
    ],
    [
      'a newer created after the resolve opens a new case',
      [
        ['alert.raised', 1],
        ['alert.cleared', 2],
        ['alert.raised', 3],
      ],
      ['open', 'resolve', 'open'],
    ],
    [
      'a second resolve finds nothing',
      [
        ['alert.raised', 1],
        ['alert.cleared', 2],
        ['alert.cleared', 3],
      ],
      ['open', 'resolve', 'ignore no-open-case'],
    ],
  ])('%s', (_, given, then) => {
    expect(fold(given.map(([type, at]) => event(type, at))).meanings).toEqual(then);
  });

  it('opens a new case when a newer raised follows a resolve by a person, not when a late one or a comment does', () => {
    const after = (next: TicketEvent): string | undefined =>
      fold([event('alert.raised', 5), next], 1).meanings[1];
    expect(
      [event('alert.raised', 6), event('alert.raised', 4), event('ticket.commented', 6)].map(after),
    ).toEqual(['open', 'ignore late', 'ignore after-resolve']);
  });

  it('takes events in order of arrival where the versions change their sort, so that a resolve is never lost', () => {
    const events = [
      event('ticket.created', 1_762_000_000_000, 'occurred-at'),
      event('ticket.resolved', 2, 'sender'),
    ];
    expect(fold(events).meanings).toEqual(['open', 'resolve']);
  });

  it('ends in the same state for every order of the same events (S3)', () => {
    const types = fc.constantFrom<Type>(
      'ticket.created',
      'ticket.updated',
      'ticket.commented',
      'ticket.resolved',
    );
    const history = fc
      .array(types, { minLength: 1, maxLength: 6 })
      .map((all) => all.map((type, at) => event(type, at)));
    const orders = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
    );
    const endOf = (events: readonly TicketEvent[]) => {
      const { open, ticket } = fold(events);
      return { open, seen: ticket.seen, opened: ticket.opened, resolved: ticket.resolved };
    };
    fc.assert(fc.property(orders, ([sorted, shuffled]) => expect(endOf(shuffled)).toEqual(endOf(sorted))));
  });

  it('changes nothing when an event comes twice', () => {
    const once = fold([event('ticket.created', 1)]);
    expect(foldTicket(once.ticket, event('ticket.created', 1), true).ticket).toEqual(once.ticket);
  });
});
