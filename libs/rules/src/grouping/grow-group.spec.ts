import { describe, expect, it } from '@jest/globals';
import type { GroupingRule, TicketEvent } from '@tocsin/contracts';
import { placedByHand } from '../membership/placed-by-hand.js';
import { ticketEvent } from '../ticket-event.given.js';
import { foldTicket, type Ticket } from '../triage/fold-ticket.js';
import type { CaseGroup } from './case-group.js';
import type { EventGrouping } from './group-key.js';
import {
  calmed,
  changedGroup,
  countedIn,
  countedTickets,
  type Grouped,
  type HeardTicket,
  heldBy,
  isRekeyed,
  joinedGroups,
  newGroup,
  placedOf,
} from './grow-group.js';

const NINE = Date.parse('2026-11-23T09:00:00Z');
const because = { en: 'same place', 'zh-CN': '同一处' };
const rule = { name: 'by market', size: 5 } as GroupingRule;
const grouped: Grouped = { grouped: true, rule, by: [{ name: 'market', value: 'CN' }], key: 'k' };

type Type = TicketEvent['type'];
const event = (type: Type, minute: number): TicketEvent =>
  ticketEvent({
    ...{ type, version: { by: 'sender', at: minute, tie: '' } },
    occurredAt: new Date(NINE + minute * 60_000).toISOString(),
  });
const heard = (before: Ticket, next: TicketEvent): HeardTicket => ({
  ...{ event: next, before, after: foldTicket(before, next, true).ticket },
});
const after = (...types: Type[]): Ticket =>
  types.reduce<Ticket>((ticket, type, n) => foldTicket(ticket, event(type, n + 1), true).ticket, {});
const group = (more: Partial<CaseGroup> = {}): CaseGroup => ({
  ...newGroup(grouped, event('alert.raised', 0), because),
  ...{ tickets: 1, open: 1, ...more },
});

describe('a group that an event has just made', () => {
  it('has its rule, key and reason, spans the event, and counts nothing yet', () => {
    expect(newGroup(grouped, event('alert.raised', 3), because)).toEqual({
      ...{ key: 'k', rule: 'by market', by: grouped.by, because, size: 5, tickets: 0, open: 0, changes: [] },
      ...{ from: NINE + 180_000, to: NINE + 180_000 },
    });
  });
});

describe('counting an event', () => {
  const counts = (ticket: HeardTicket, member: boolean) => {
    const { tickets, open } = countedIn(group({ tickets: 3, open: 2 }), ticket, { member, widens: false });
    return { tickets, open };
  };

  it.each<[string, HeardTicket, boolean, object]>([
    ['a ticket that comes', heard({}, event('alert.raised', 9)), false, { tickets: 4, open: 3 }],
    [
      'one that comes and is over',
      heard(after('alert.raised'), event('alert.cleared', 9)),
      false,
      { tickets: 4, open: 2 },
    ],
    [
      'one of its own that is raised again',
      heard(after('alert.raised'), event('alert.raised', 9)),
      true,
      { tickets: 3, open: 2 },
    ],
    [
      'one of its own that is over',
      heard(after('alert.raised'), event('alert.cleared', 9)),
      true,
      { tickets: 3, open: 1 },
    ],
    [
      'one of its own that was over and is raised again',
      heard(after('alert.raised', 'alert.cleared'), event('alert.raised', 9)),
      ...([true, { tickets: 3, open: 3 }] as const),
    ],
    [
      'one that was over elsewhere and comes anew',
      heard(after('alert.raised', 'alert.cleared'), event('alert.raised', 9)),
      ...([false, { tickets: 4, open: 3 }] as const),
    ],
  ])('%s', (_, ticket, member, expected) => {
    expect(counts(ticket, member)).toEqual(expected);
  });

  it('widens the span by a raise, and leaves all else as it was', () => {
    const raised = heard({}, event('alert.raised', 9));
    const before = group();
    expect(countedIn(before, raised, { member: true, widens: true })).toEqual({
      ...before,
      to: NINE + 540_000,
      open: 1,
    });
    expect(countedIn(before, raised, { member: true, widens: false }).to).toBe(NINE);
  });
});

describe('a change between wrong and right', () => {
  const flap = { changes: 2, in: 600, calm: 300 };
  const now = NINE + 999_000;
  const changed = (open: number, was: number, rules: typeof flap | undefined = flap) =>
    changedGroup(group({ open }), group({ open: was }), event('alert.cleared', 4), { flap: rules, now });

  it.each([
    ['the last that was open is over', 0, 1],
    ['the first is open again', 1, 0],
    ['several are', 3, 0],
  ])('is that %s', (_, open, was) => {
    expect(changed(open, was)).toMatchObject({
      changes: [NINE + 240_000],
      calm: 300,
      flapBecause: { en: expect.any(String) },
    });
  });

  it.each([
    ['one more is open', 2, 1],
    ['one less is', 1, 2],
    ['none is, as before', 0, 0],
  ])('is not that %s', (_, open, was) => {
    expect(changed(open, was)).toEqual(group({ open }));
  });

  it('is nobody’s business without a rule', () => {
    const quiet = changedGroup(group({ open: 0 }), group(), event('alert.cleared', 4), {
      flap: undefined,
      now,
    });
    expect(quiet).toEqual(group({ open: 0 }));
  });

  it('too many make the case flap, until it is calm', () => {
    const once = changed(0, 1);
    const twice = changedGroup({ ...once, open: 1 }, once, event('alert.raised', 5), { flap, now });
    expect(twice.flapping).toEqual({ since: now, calmAt: now + 300_000 });
    expect(calmed(twice)).toEqual({ ...twice, changes: [], flapping: undefined });
  });
});

describe('the groups of two cases that become one', () => {
  const flapping = { since: 1, calmAt: 2 };

  it('are one: the key of that which goes on, the span, tickets and changes of both', () => {
    const [into, other] = [
      group({ tickets: 2, open: 1, changes: [5] }),
      group({ key: 'o', tickets: 3, open: 3, to: NINE + 9, changes: [3, 7] }),
    ];
    expect(joinedGroups(into, other)).toEqual({
      ...into,
      to: NINE + 9,
      tickets: 5,
      open: 4,
      changes: [3, 5, 7],
    });
  });

  it('flap when either does', () => {
    const joined = (a: Partial<CaseGroup>, b: Partial<CaseGroup>) => {
      const { flapping: found, calm } = joinedGroups(group(a), group(b));
      return { flapping: found, calm };
    };
    expect(joined({ flapping, calm: 60 }, {})).toEqual({ flapping, calm: 60 });
    expect(joined({}, { flapping, calm: 60 })).toEqual({ flapping, calm: 60 });
    expect(joined({ flapping, calm: 60 }, { flapping: { since: 3, calmAt: 4 }, calm: 90 })).toEqual({
      flapping,
      calm: 60,
    });
    expect(joinedGroups(group(), group())).not.toHaveProperty('flapping');
  });
});

describe('a ticket that was first heard of by an update', () => {
  const overtaking = heard(after('ticket.updated'), event('ticket.created', 9));
  const other: EventGrouping = { ...grouped, key: 'other' };
  type Found = Parameters<typeof isRekeyed>[0];

  it.each<[string, Found, EventGrouping, HeardTicket, boolean]>([
    ['gets the key of its created', { group: group() }, other, overtaking, true],
    ['gets one where it had none', {}, other, overtaking, true],
    ['keeps the key that is the same', { group: group() }, grouped, overtaking, false],
    [
      'keeps it where no rule is for its created',
      { group: group() },
      { grouped: false } as EventGrouping,
      overtaking,
      false,
    ],
    [
      'keeps it when others have come to its case',
      { group: group({ tickets: 2 }) },
      other,
      overtaking,
      false,
    ],
    [
      'keeps it when a person has put tickets together',
      { gathered: { tickets: 1, open: 1 } },
      other,
      overtaking,
      false,
    ],
    [
      'keeps it when a person has placed it',
      { group: group() },
      ...([
        other,
        { ...overtaking, before: { ...overtaking.before, groupKey: placedByHand(7n) } },
        false,
      ] as const),
    ],
    [
      'keeps it by another update',
      { group: group() },
      other,
      heard(after('ticket.updated'), event('ticket.commented', 9)),
      false,
    ],
    [
      'keeps it when it was created before',
      { group: group() },
      other,
      heard(after('ticket.created'), event('ticket.created', 9)),
      false,
    ],
  ])('%s', (...[, found, grouping, ticket, rekeyed]) => {
    expect(isRekeyed(found, grouping, ticket)).toBe(rekeyed);
  });
});

describe('a case whose ticket is over', () => {
  const flapping = { since: 1, calmAt: 2 };

  it.each<[string, Parameters<typeof heldBy>[0], string | undefined]>([
    ['ends', {}, undefined],
    ['ends with the last of its group', { group: group({ open: 0 }) }, undefined],
    ['goes on for others of its group', { group: group({ open: 1 }) }, 'others-open'],
    ['goes on for others that a person has put there', { gathered: { tickets: 2, open: 1 } }, 'others-open'],
    ['ends when those are over too', { gathered: { tickets: 2, open: 0 } }, undefined],
    ['goes on while it flaps', { group: group({ open: 0, flapping }) }, 'flapping'],
  ])('%s', (_, found, held) => {
    expect(heldBy(found)).toBe(held);
  });

  it('is counted by its rule before by us', () => {
    expect(countedTickets({ group: group({ open: 3 }), gathered: { tickets: 9, open: 9 } })).toMatchObject({
      open: 3,
    });
    expect(countedTickets({ gathered: { tickets: 9, open: 8 } })).toEqual({ tickets: 9, open: 8 });
    expect(countedTickets({})).toBeUndefined();
  });
});

describe('a grouped case as placing knows it', () => {
  const placed = (state: string) =>
    placedOf({ id: 4n, priority: 'P2', openedAt: 11, state, resolvedAt: 99 }, group({ to: NINE + 5 }));

  it('has its span, and whether it was answered or is over, and since when', () => {
    const known = { id: 4n, priority: 'P2', openedAt: 11, from: NINE, to: NINE + 5 };
    expect(placed('running')).toEqual({ ...known, acknowledged: false, resolvedAt: undefined });
    expect(placed('acknowledged')).toEqual({ ...known, acknowledged: true, resolvedAt: undefined });
    expect(placed('resolved')).toEqual({ ...known, acknowledged: false, resolvedAt: 99 });
  });
});
