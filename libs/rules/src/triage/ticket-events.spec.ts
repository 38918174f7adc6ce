import { describe, expect, it } from '@jest/globals';
import type { TicketEvent } from '@tocsin/contracts';
import { ticketEvent } from '../ticket-event.given.js';
import { foldTicket, isResolved, type Ticket } from './fold-ticket.js';
import { saidAgain } from './said-again.js';
import { isFace, mayOpen } from './ticket-events.js';

type Type = TicketEvent['type'];
const TYPES: readonly Type[] = [
  'ticket.created',
  'ticket.updated',
  'ticket.commented',
  'ticket.resolved',
  'alert.raised',
  'alert.cleared',
];

const event = (type: Type, at: number, more: Partial<TicketEvent> = {}): TicketEvent =>
  ticketEvent({
    type,
    kind: type.startsWith('alert') ? 'alert' : 'ticket',
    ...more,
    version: { by: 'sender', at, tie: '' },
  });
const meaningOf = (before: Ticket, next: TicketEvent, open = false) => foldTicket(before, next, open).meaning;

describe('what an event says to a case that is there', () => {
  const opened: Ticket = { opened: { at: 1, tie: '0' } };

  it.each<[string, Type, { before: Ticket; isMember: boolean }, number]>([
    ['a ticket that comes to the case', 'ticket.created', { before: {}, isMember: false }, 1],
    ['whatever it comes by', 'ticket.updated', { before: opened, isMember: false }, 1],
    ['one of its tickets that is raised again', 'alert.raised', { before: opened, isMember: true }, 1],
    ['a created that its own update overtook', 'ticket.created', { before: {}, isMember: true }, 0],
    ['a comment', 'ticket.commented', { before: opened, isMember: true }, 0],
    ['an update', 'ticket.updated', { before: opened, isMember: true }, 0],
  ])('%s: a report more or not', (_, type, { before, isMember }, reports) => {
    const told = event(type, 2, { subject: 'No payout', affected: 7 });
    expect(saidAgain({ event: told, before, after: before }, isMember)).toMatchObject({
      reports,
      affected: 7,
    });
  });
});

describe('the ticket by which a case is known', () => {
  it('is that of the same source and key', () => {
    const face = { source: 'desk', ticketKey: 'T1' };
    const others = [face, { ...face, source: 'zabbix' }, { ...face, ticketKey: 'T2' }];
    expect(others.map((other) => isFace(face, event('ticket.created', 1, other)))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('opening a case', () => {
  it('takes a created or raised, or for a ticket that has no case anything but its end', () => {
    const which = (placed: boolean) => TYPES.filter((type) => mayOpen({ type }, placed));
    expect(which(true)).toEqual(['ticket.created', 'alert.raised']);
    expect(which(false)).toEqual(['ticket.created', 'ticket.updated', 'ticket.commented', 'alert.raised']);
  });

  it('takes an alert that was raised: of one that is only commented there is nothing to open', () => {
    expect(meaningOf({}, event('ticket.commented', 1, { kind: 'ticket' }))).toEqual({ type: 'open' });
    expect(meaningOf({}, event('ticket.commented', 1, { kind: 'alert' }))).toEqual({
      ...{ type: 'ignore', reason: 'no-open-case' },
    });
  });

  it('does not take a raise as old as the one that opened the case which a person resolved', () => {
    const before: Ticket = { versionBy: 'sender', caseId: 1n, opened: { at: 5, tie: '0' } };
    expect(meaningOf(before, event('alert.raised', 5))).toEqual({ type: 'ignore', reason: 'late' });
    expect(meaningOf(before, event('alert.raised', 6))).toEqual({ type: 'open' });
  });
});

describe('what is remembered of a ticket', () => {
  const fold = (before: Ticket, ...events: TicketEvent[]): Ticket =>
    events.reduce((ticket, next) => foldTicket(ticket, next, true).ticket, before);

  it('is the newest of each sort: any event, what raised it, what ended it', () => {
    expect(
      fold(
        {},
        event('alert.raised', 3),
        event('alert.cleared', 2),
        event('alert.raised', 1),
        event('ticket.updated', 5),
      ),
    ).toEqual({
      versionBy: 'sender',
      seen: { at: 5, tie: '0' },
      opened: { at: 3, tie: '0' },
      resolved: { at: 2, tie: '1' },
    });
  });

  it('is the status of the newest event that says one', () => {
    const said = (at: number, status?: TicketEvent['status']) => event('ticket.updated', at, { status });
    expect(fold({}, said(1, 'new'), said(3, 'waiting-for-customer'), said(2, 'open')).status).toBe(
      'waiting-for-customer',
    );
    expect(fold({}, said(1, 'new'), said(3)).status).toBe('new');
    expect(fold({}, said(1))).not.toHaveProperty('status');
  });

  it('tells events of one time apart by their tie, the same one being no newer', () => {
    const tied = (tie: string, status: TicketEvent['status'] = 'new'): TicketEvent => ({
      ...event('ticket.updated', 1, { status }),
      version: { by: 'sender', at: 1, tie },
    });
    expect(fold({}, tied('b', 'open'), tied('a', 'solved')).status).toBe('open');
    expect(fold({}, tied('a', 'solved'), tied('b', 'open')).status).toBe('open');
    expect(meaningOf(fold({}, tied('b')), tied('b'), true)).toEqual({ type: 'apply', newest: false });
    expect(meaningOf(fold({}, tied('b')), tied('c'), true)).toEqual({ type: 'apply', newest: true });
  });

  it('is only what has no order where versions change their sort: status, case, key, and that it was over', () => {
    const before: Ticket = {
      ...{ versionBy: 'occurred-at', caseId: 9n, groupKey: 'g', status: 'open' },
      ...{ seen: { at: 900, tie: '0' }, opened: { at: 900, tie: '0' }, resolved: { at: 800, tie: '1' } },
    };
    const next = event('ticket.updated', 1);
    expect(fold(before, next)).toEqual({
      ...{ versionBy: 'sender', caseId: 9n, groupKey: 'g', status: 'open', seen: { at: 1, tie: '0' } },
    });
    const over = fold({ ...before, resolved: { at: 950, tie: '1' } }, next);
    expect([isResolved(over), over.opened]).toEqual([true, undefined]);
    expect(fold({ versionBy: 'occurred-at', seen: { at: 9, tie: '0' } }, next)).toEqual({
      ...{ versionBy: 'sender', seen: { at: 1, tie: '0' } },
    });
  });

  it('is over when what ended it is newer than what raised it, or nothing raised it', () => {
    const at = (n: number) => ({ at: n, tie: '' });
    expect(
      [{}, { resolved: at(1) }, { opened: at(2), resolved: at(1) }, { opened: at(1), resolved: at(2) }].map(
        isResolved,
      ),
    ).toEqual([false, true, false, true]);
  });
});
