import { describe, expect, it } from '@jest/globals';
import { type EscalationCase, NOT_OPENED } from '../escalation/escalation-case.js';
import { beforeChange, judgeChange } from './judge-change.js';
import { judgeUndo, UNDO_WITHIN, undoInput } from './judge-undo.js';
import type { MemberCase, MembershipChange, MembershipKind, MemberTicket } from './member-case.js';
import { placedByHand, takenFrom } from './placed-by-hand.js';

const ticket = (ticketKey: string, more: Partial<MemberTicket> = {}): MemberTicket => ({
  ...{ source: 'desk', ticketKey, heard: '1', open: true, linked: '1', ...more },
});
const ref = (ticketKey: string) => ({ source: 'desk', ticketKey });
const escalation = (more: object = {}): EscalationCase => ({
  ...NOT_OPENED,
  status: 'running',
  wakeAt: 0,
  paged: [],
  priority: 'P2',
  ...more,
});

const from: MemberCase = {
  ...{ id: 1n, face: ref('A'), tickets: [ticket('A'), ticket('B'), ticket('C', { open: false })] },
  ...{ escalation: escalation(), restricted: false, resolving: false },
};
const to: MemberCase = {
  ...{ id: 2n, face: ref('X'), tickets: [ticket('X')], restricted: false, resolving: false },
  escalation: escalation(),
};

const judge = (
  kind: MembershipKind,
  keys: readonly string[],
  cases: { from?: Partial<MemberCase>; to?: Partial<MemberCase> } = {},
) =>
  judgeChange({
    ...{ kind, from: { ...from, ...cases.from }, tickets: keys.map(ref) },
    ...(kind === 'split' ? {} : { to: { ...to, ...cases.to } }),
  });
const over = escalation({ status: 'resolved' });
const merged = escalation({ status: 'cancelled' });

describe('tickets stay where they are', () => {
  it.each<[string, ReturnType<typeof judge>, object]>([
    ['when both cases are one', judge('merge', [], { to: { id: 1n } }), { reason: 'same-case' }],
    [
      'when the one is resolved',
      judge('merge', [], { from: { escalation: over } }),
      { reason: 'already-resolved', caseId: 1n },
    ],
    [
      'when the other is resolved',
      judge('merge', [], { to: { escalation: over } }),
      { reason: 'already-resolved', caseId: 2n },
    ],
    [
      'when the one was merged',
      judge('split', ['A'], { from: { escalation: merged, joinedInto: 9n } }),
      { reason: 'merged', caseId: 1n, into: 9n },
    ],
    [
      'when grouping joined the other',
      judge('move', ['A'], { to: { joinedInto: 9n } }),
      { reason: 'joined', caseId: 2n, into: 9n },
    ],
    [
      'when only one is restricted',
      judge('move', ['A'], { to: { restricted: true } }),
      { reason: 'restricted' },
    ],
    [
      'when the more urgent would end',
      judge('merge', [], { from: { escalation: escalation({ priority: 'P1' }) } }),
      { reason: 'less-urgent', from: 'P1', to: 'P2' },
    ],
    [
      'when they would be open in one that closes',
      judge('move', ['A'], { to: { resolving: true } }),
      { reason: 'closing', caseId: 2n },
    ],
    [
      'when a case that does not close would end in one that does',
      judge('merge', [], { from: { tickets: [ticket('C', { open: false })] }, to: { resolving: true } }),
      { reason: 'closing', caseId: 2n },
    ],
    ['when one is a stranger', judge('move', ['A', 'Z']), { reason: 'no-member', ticket: ref('Z') }],
    ['when none would be left', judge('split', ['A', 'B', 'C']), { reason: 'last-ticket' }],
    ['when none that is open would be left', judge('split', ['A', 'B']), { reason: 'last-open-ticket' }],
    ['when a split would open a case for what is over', judge('split', ['C']), { reason: 'none-open' }],
  ])('%s', (_, judged, refused) => {
    expect(judged).toEqual({ refused });
  });
});

describe('tickets that go', () => {
  it('are all of a merged case, which keeps what it was', () => {
    const group = { tickets: 9, open: 5 };
    expect(judge('merge', [], { from: { group }, to: { group: { tickets: 3, open: 1 } } })).toEqual({
      tickets: from.tickets,
      from: { group, face: ref('A') },
      to: { group: { tickets: 6, open: 3 }, face: ref('X') },
    });
  });

  it('are counted one by one where no rule counts', () => {
    expect(judge('move', ['A'])).toEqual({
      tickets: [ticket('A')],
      from: { gathered: { tickets: 2, open: 1 }, face: ref('B') },
      to: { gathered: { tickets: 2, open: 2 }, face: ref('X') },
    });
  });

  it('leave a rule’s own count less by what went', () => {
    expect(judge('split', ['A'], { from: { group: { tickets: 9, open: 5 } } })).toMatchObject({
      from: { group: { tickets: 8, open: 4 }, face: ref('B') },
      to: { gathered: { tickets: 1, open: 1 }, face: ref('A') },
    });
  });

  it('may be over, and may go to a case that closes', () => {
    expect(judge('move', ['C'], { to: { resolving: true } })).toMatchObject({
      to: { gathered: { tickets: 2, open: 1 } },
    });
    const closing = { resolving: true, tickets: [ticket('C', { open: false })] };
    expect(judge('merge', [], { from: closing, to: { resolving: true } })).not.toHaveProperty('refused');
  });

  it('may all be over already in a case that is split', () => {
    const tickets = [ticket('A', { open: false }), ticket('B', { open: false })];
    expect(judge('move', ['A'], { from: { tickets } })).toMatchObject({ from: { face: ref('B') } });
  });

  it('go to the more urgent, and to one that is as urgent', () => {
    for (const priority of ['P1', 'P2'])
      expect(judge('merge', [], { to: { escalation: escalation({ priority }) } })).toHaveProperty('tickets');
    expect(judge('move', ['A'], { to: { escalation: escalation({ priority: 'P5' }) } })).toHaveProperty(
      'tickets',
    );
  });
});

describe('taking back', () => {
  const AT = 1_000_000;
  const moved = ticket('A');
  const done = (kind: MembershipKind): MembershipChange => ({
    ...{
      kind,
      from: 1n,
      to: 2n,
      tickets: [moved],
      at: AT,
      was: beforeChange(from, kind === 'split' ? undefined : to),
    },
  });
  const present = { from: { ...from, tickets: [ticket('B')] }, to: { ...to, tickets: [ticket('X'), moved] } };
  const alone = { ...to, tickets: [moved] };
  type Present = { from?: Partial<MemberCase>; to?: Partial<MemberCase>; later?: number };
  const undo = (kind: MembershipKind, { from: a, to: b, later = 0 }: Present = {}) =>
    judgeUndo(
      done(kind),
      { from: { ...present.from, ...a }, to: { ...(kind === 'split' ? alone : present.to), ...b } },
      AT + later,
    );
  const DAY = UNDO_WITHIN * 1000;

  it('is possible for a day', () => {
    expect(undo('move', { later: DAY })).not.toHaveProperty('refused');
    expect(undo('move', { later: DAY + 1 })).toEqual({ refused: { reason: 'too-late', until: AT + DAY } });
  });

  it.each<[string, ReturnType<typeof undo>, object]>([
    [
      'the case is resolved',
      undo('move', { to: { escalation: over } }),
      { reason: 'already-resolved', caseId: 2n },
    ],
    [
      'the case was merged since',
      undo('merge', { to: { escalation: merged, joinedInto: 5n } }),
      { reason: 'merged', caseId: 2n, into: 5n },
    ],
    [
      'grouping has joined it since',
      undo('split', { to: { joinedInto: 5n } }),
      { reason: 'joined', caseId: 2n, into: 5n },
    ],
    [
      'the case to go back to is resolved',
      undo('move', { from: { escalation: over } }),
      { reason: 'already-resolved', caseId: 1n },
    ],
    [
      'the case to go back to closes',
      undo('move', { from: { resolving: true } }),
      { reason: 'closing', caseId: 1n },
    ],
    [
      'somebody has taken what the split opened',
      undo('split', { to: { escalation: escalation({ status: 'acknowledged' }) } }),
      { reason: 'worked-on', caseId: 2n },
    ],
    [
      'somebody has put it off',
      undo('split', { to: { escalation: escalation({ status: 'snoozed' }) } }),
      { reason: 'worked-on', caseId: 2n },
    ],
    [
      'somebody has moved it on',
      undo('split', { to: { escalation: escalation({ wish: {} }) } }),
      { reason: 'worked-on', caseId: 2n },
    ],
    [
      'another ticket has come to it',
      undo('split', { to: { tickets: [moved, ticket('N')] } }),
      { reason: 'worked-on', caseId: 2n },
    ],
    [
      'the ticket has gone on',
      undo('move', { to: { tickets: [ticket('X')] } }),
      { reason: 'gone-since', ticket: moved },
    ],
    [
      'the ticket was heard of since',
      undo('move', { to: { tickets: [ticket('X'), ticket('A', { heard: '2' })] } }),
      { reason: 'heard-since', ticket: moved },
    ],
    [
      'all else in the case is over since',
      undo('move', { to: { tickets: [ticket('X', { open: false }), moved] } }),
      { reason: 'last-open-ticket', caseId: 2n },
    ],
  ])('is not when %s', (_, judged, refused) => {
    expect(judged).toEqual({ refused });
  });

  it('of a merge does not ask whether the merged case is over: it is', () => {
    expect(undo('merge', { from: { escalation: merged, joinedInto: 2n } })).not.toHaveProperty('refused');
  });

  it('gives back faces and counts', () => {
    expect(undo('move')).toEqual({
      from: { gathered: { tickets: 2, open: 2 }, face: ref('A') },
      to: { face: ref('X') },
    });
  });

  it('tells the engine of the case that ended or began; of a move nothing', () => {
    const told = (kind: MembershipKind) => undoInput(done(kind), 'bo', (id) => `case ${id}`);
    expect(told('merge')).toEqual([{ caseId: 1n, input: { type: 'Unmerged', by: 'bo' } }]);
    expect(told('split')).toEqual([{ caseId: 2n, input: { type: 'Merged', by: 'bo', into: 'case 1' } }]);
    expect(told('move')).toEqual([]);
  });
});

describe('the mark of a ticket that a person has placed', () => {
  it('names the case that it was taken out of; the keys of rules name none', () => {
    expect(takenFrom(placedByHand(42n))).toBe(42n);
    expect([takenFrom('pay/CN'), takenFrom(undefined)]).toEqual([undefined, undefined]);
  });
});
