import { describe, expect, it } from '@jest/globals';
import { fc, runs, triesAll } from '@tocsin/test-rig/worlds';
import { isDeepStrictEqual } from 'node:util';
import type { CaseInput } from '../escalation/case-input.js';
import { decide } from '../escalation/decide.js';
import { type EscalationCase, NOT_OPENED } from '../escalation/escalation-case.js';
import type { EscalationContext } from '../escalation/escalation-context.js';
import type { PolicyPlan } from '../escalation/policy-plan.js';
import { beforeChange, judgeChange } from './judge-change.js';
import { judgeUndo, UNDO_WITHIN, undoInput } from './judge-undo.js';
import {
  countsOf,
  type Gathering,
  type MemberCase,
  type MembershipChange,
  type MembershipKind,
  type MemberTicket,
  nameOf,
  type TicketCounts,
} from './member-case.js';
import { placedByHand } from './placed-by-hand.js';

const START = 1_795_424_400_000;
const PLAN: PolicyPlan = {
  policy: 'live-pay',
  steps: [{ name: 'on-call', page: [{ kind: 'person', name: 'ana' }], wait: 120 }],
  fallback: [{ kind: 'everyone' }],
  escalatesDownTo: 'P4',
  acknowledged: { P1: { remind: 1800, reopen: 2700 } },
};
const resolve = () => ({ persons: [{ person: 'ana', via: '' }], empty: [] });
/** Maintenance hushes P2 for a while: cases are merged into it and taken out of it. */
const QUIET_UNTIL = START + 3_000_000;
const quiet: NonNullable<EscalationContext['quiet']> = (priority, at) =>
  priority === 'P2' && at < QUIET_UNTIL
    ? { by: { kind: 'window', name: 'night' }, until: QUIET_UNTIL }
    : undefined;

interface Kept extends Gathering {
  readonly escalation: EscalationCase;
  readonly restricted: boolean;
  readonly joinedInto?: bigint | undefined;
  readonly resolving: boolean;
}

/** Cases and whose every ticket is, as the services keep them. */
interface World {
  readonly cases: ReadonlyMap<bigint, Kept>;
  readonly tickets: readonly MemberTicket[];
}

const caseOf = ({ cases }: World, id: bigint): Kept => {
  const found = cases.get(id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
};

const memberOf = (world: World, id: bigint): MemberCase => ({
  ...caseOf(world, id),
  id,
  tickets: world.tickets.filter(({ linked }) => linked === String(id)),
});

const put = (world: World, id: bigint, more: Partial<Kept>): World => ({
  ...world,
  cases: new Map(world.cases).set(id, { ...caseOf(world, id), ...more }),
});

function hear(world: World, id: bigint, input: CaseInput, now: number): World {
  const { escalation } = caseOf(world, id);
  return put(world, id, { escalation: decide(escalation, input, { plan: PLAN, resolve, quiet }, now).state });
}

function relink(world: World, moving: readonly MemberTicket[]): World {
  const byName = new Map(moving.map((ticket) => [nameOf(ticket), ticket]));
  return { ...world, tickets: world.tickets.map((each) => byName.get(nameOf(each)) ?? each) };
}

const gather = (world: World, id: bigint, { face, group, gathered }: Gathering): World =>
  put(world, id, { face, group, gathered });

/** An event of a ticket: its case counts it. */
function hearTicket(world: World, n: number, open: boolean, now: number): World {
  const ticket = world.tickets[n];
  if (ticket === undefined) return world;
  const id = BigInt(ticket.linked);
  const more = Number(open) - Number(ticket.open);
  const counted = (counts: TicketCounts | undefined): TicketCounts | undefined =>
    counted === undefined || counts === undefined ? undefined : { ...counts, open: counts.open + more };
  const { group, gathered } = caseOf(world, id);
  const resolving = caseOf(world, id).resolving && !open;
  const after = put(world, id, { group: counted(group), gathered: counted(gathered), resolving });
  return relink(after, [{ ...ticket, open, heard: `${ticket.heard}+${now}` }]);
}

/** Only a case that has nothing open waits for its grace. */
function awaitResolve(world: World, id: bigint, resolving: boolean): World {
  const { tickets } = memberOf(world, id);
  return put(world, id, { resolving: resolving && tickets.every(({ open }) => !open) });
}

interface Wanted {
  readonly kind: MembershipKind;
  readonly from: bigint;
  readonly to: bigint;
  readonly some: number;
}

type Done = { readonly world: World; readonly change: MembershipChange };

function change(world: World, { kind, from, to, some }: Wanted, now: number): Done | undefined {
  const source = memberOf(world, from);
  const taking = kind === 'split' ? undefined : memberOf(world, to);
  const target = kind === 'split' ? BigInt(world.cases.size + 1) : to;
  const judged = judgeChange({
    ...{ kind, from: source, tickets: source.tickets.slice(0, some) },
    ...(taking === undefined ? {} : { to: taking }),
  });
  if ('refused' in judged) return undefined;
  const { tickets } = judged;
  const groupKey = kind === 'merge' ? 'the survivor’s' : placedByHand(from);
  const was = beforeChange(source, taking);
  const done: MembershipChange = { kind, from, to: target, tickets, at: now, was };
  const { priority } = source.escalation;
  const fresh = {
    face: source.face,
    escalation: NOT_OPENED,
    restricted: source.restricted,
    resolving: false,
  };
  const known = kind === 'split' ? { ...world, cases: new Map(world.cases).set(target, fresh) } : world;
  const linked = relink(
    known,
    tickets.map((ticket) => ({ ...ticket, linked: String(target), groupKey })),
  );
  const told =
    kind === 'merge'
      ? hear(linked, from, { type: 'Merged', by: 'ana', into: String(target) }, now)
      : kind === 'split'
        ? hear(linked, target, { type: 'Opened', priority }, now)
        : linked;
  const after = kind === 'merge' ? put(told, from, { joinedInto: target }) : gather(told, from, judged.from);
  return { world: gather(after, target, judged.to), change: done };
}

function undo(world: World, done: MembershipChange, now: number): World | undefined {
  const present = { from: memberOf(world, done.from), to: memberOf(world, done.to) };
  const judged = judgeUndo(done, present, now);
  if ('refused' in judged) return undefined;
  const told = undoInput(done, 'bo', String).reduce(
    (after, { caseId, input }) => hear(after, caseId, input, now),
    relink(world, done.tickets),
  );
  const parted =
    done.kind === 'merge'
      ? put(told, done.from, { joinedInto: undefined })
      : done.kind === 'split'
        ? put(told, done.to, { joinedInto: done.from })
        : told;
  return gather(gather(parted, done.from, judged.from), done.to, judged.to);
}

/** What must be the same again. The epochs are fences like versions: they only grow. */
function stateOf(world: World, ids: readonly bigint[]) {
  return {
    cases: ids.map((id) => {
      const { escalation, ...kept } = caseOf(world, id);
      return JSON.parse(
        JSON.stringify({
          ...kept,
          joinedInto: kept.joinedInto?.toString(),
          escalation: { ...escalation, epoch: 0 },
        }),
      ) as unknown;
    }),
    tickets: world.tickets,
  };
}

/** What a naive count finds: a case that nobody counts has at most one ticket, and no count is ever off. */
function mustCount(world: World): void {
  for (const id of world.cases.keys()) {
    const { tickets, group, gathered, face, joinedInto } = memberOf(world, id);
    if (joinedInto !== undefined) continue;
    const found = { tickets: tickets.length, open: tickets.filter(({ open }) => open).length };
    const counted = group ?? gathered;
    if (counted === undefined ? tickets.length > 1 : !isDeepStrictEqual({ ...counted }, found))
      throw new Error(`case ${id} has ${JSON.stringify(found)}, not ${JSON.stringify(counted)}`);
    if (tickets.length > 0 && !tickets.some((ticket) => nameOf(ticket) === nameOf(face)))
      throw new Error(`the face of case ${id} is no ticket of it`);
  }
}

const id = fc.constantFrom(1n, 2n, 3n, 4n);
const by = fc.constantFrom('ana', 'bo');
const inputs: fc.Arbitrary<CaseInput> = fc.oneof(
  { arbitrary: fc.constant<CaseInput>({ type: 'Woke' }), weight: 4 },
  fc.record({ type: fc.constant('Acknowledged' as const), by }),
  fc.record({ type: fc.constant('Reopened' as const), by }),
  fc.record({ type: fc.constant('EscalateNow' as const), by }),
  fc.record({ type: fc.constant('Resolved' as const), by }),
  fc.record({ type: fc.constant('PriorityChanged' as const), to: fc.constantFrom('P1', 'P2', 'P5') }),
  fc.record({
    type: fc.constant('Snoozed' as const),
    ...{ by, until: fc.integer({ min: START, max: START + 9_000_000 }), reason: fc.constant('later') },
  }),
  fc.record({ type: fc.constant('ResponderAdded' as const), by, person: fc.constant('ana') }),
);
const wanted: fc.Arbitrary<Wanted> = fc.record({
  ...{
    kind: fc.constantFrom('merge', 'split', 'move'),
    from: id,
    to: id,
    some: fc.integer({ min: 1, max: 2 }),
  },
});
const life = fc.array(
  fc.record({
    seconds: fc.integer({ min: 0, max: 900 }),
    what: fc.oneof(
      fc.record({ case: id, input: inputs }),
      fc.record({ heard: fc.nat(7), open: fc.boolean() }),
      fc.record({ case: id, resolving: fc.boolean() }),
      fc.record({ wanted }),
      fc.record({ undo: fc.constant(true) }),
    ),
  }),
  { maxLength: 20 },
);

const FACES = ['T-0', 'T-2', 'T-4', 'T-5'];
/** Two cases of grouping rules, of which the first is hushed, and two of one ticket. */
const OPENED = [1n, 2n, 3n, 4n].reduce<World>(
  (world, caseId) => hear(world, caseId, { type: 'Opened', priority: caseId === 1n ? 'P2' : 'P1' }, START),
  {
    cases: new Map(
      [4, 2, undefined, undefined].map((tickets, n) => [
        BigInt(n + 1),
        {
          ...{ escalation: NOT_OPENED, restricted: false, resolving: false },
          face: { source: 'demo', ticketKey: FACES[n] ?? '' },
          ...(tickets === undefined ? {} : { group: { tickets, open: tickets } }),
        },
      ]),
    ),
    tickets: [1, 1, 2, 2, 3, 4, 1, 1].map((caseId, n) => ({
      ...{ source: 'demo', ticketKey: `T-${n}`, heard: '0', open: true, linked: String(caseId) },
      ...(caseId < 3 ? { groupKey: `K${caseId}` } : {}),
    })),
  },
);

/** Something of the case that goes on, and perhaps an event of one of its own tickets. */
const meanwhile = fc.array(fc.tuple(inputs, fc.nat(3000), fc.constantFrom(undefined, true, false)), {
  maxLength: 5,
});

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** Lives through the story; every change that goes through is given to `seen` with the world before and after it. */
function live(story: Life, seen: (before: World, done: Done, now: number) => void): void {
  let world = OPENED;
  let now = START;
  const changes: MembershipChange[] = [];
  for (const { seconds, what } of story) {
    now += seconds * 1000;
    mustCount(world);
    if ('input' in what) world = hear(world, what.case, what.input, now);
    else if ('heard' in what) world = hearTicket(world, what.heard, what.open, now);
    else if ('resolving' in what) world = awaitResolve(world, what.case, what.resolving);
    else if ('wanted' in what) {
      const done = change(world, what.wanted, now);
      if (done === undefined) continue;
      seen(world, done, now);
      world = done.world;
      changes.push(done.change);
    } else {
      const last = changes.at(-1);
      const undone = last === undefined ? undefined : undo(world, last, now);
      if (undone === undefined) continue;
      changes.pop();
      world = undone;
    }
  }
}

describe('taking back a merge, split or move', () => {
  it('at once leaves cases, timers and links as they were, whatever has happened before', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(life, (story) => {
        live(story, (before, { world, change: done }, now) => {
          const again = undo(world, done, now);
          const ids = [...before.cases.keys()];
          // A window that is over by now hushes it no more.
          const { escalation, group } = caseOf(before, done.from);
          if (escalation.status === 'suppressed' && now >= QUIET_UNTIL) return;
          if (again === undefined || !isDeepStrictEqual(stateOf(again, ids), stateOf(before, ids)))
            throw new Error(`${done.kind} from ${done.from} to ${done.to} was not taken back`);
          kinds.add(`${done.kind} ${escalation.status}`);
          kinds.add(`${done.kind} ${group === undefined ? 'by hand' : 'grouped'}`);
          // What a split has opened is over, and has nothing any more.
          if (done.kind === 'split') {
            expect(memberOf(again, done.to)).toMatchObject({
              escalation: { status: 'cancelled' },
              joinedInto: done.from,
              tickets: [],
            });
          }
        });
      }),
      { numRuns: runs(2000) },
    );
    if (!triesAll) return;
    // The property has met what it speaks of.
    for (const kind of ['merge', 'split', 'move'])
      for (const what of [
        'running',
        'acknowledged',
        'snoozed',
        'exhausted',
        'suppressed',
        'grouped',
        'by hand',
      ])
        expect([...kinds]).toContain(`${kind} ${what}`);
  });

  it('later too, while its tickets were silent: what the other case did meanwhile stays', () => {
    fc.assert(
      fc.property(life, meanwhile, (story, between) => {
        live(story, (before, { world, change: done }, now) => {
          if (done.kind !== 'merge') return;
          const [after, later] = between.reduce(
            ([present, at], [input, seconds, own]) => {
              const next = at + seconds * 1000;
              const told = hear(present, done.to, input, next);
              const n = told.tickets.findIndex(
                (each) =>
                  each.linked === String(done.to) && !done.tickets.some((t) => nameOf(t) === nameOf(each)),
              );
              return [own === undefined || n < 0 ? told : hearTicket(told, n, own, next), next] as const;
            },
            [world, now] as const,
          );
          const again = undo(after, done, later);
          const { escalation } = caseOf(after, done.to);
          const { open } = countsOf(memberOf(after, done.to).tickets);
          const alone = done.was.toOpen > 0 && open > 0 && open === countsOf(done.tickets).open;
          if (escalation.status === 'resolved' || alone) return expect(again).toBeUndefined();
          if (again === undefined) throw new Error('not taken back');
          expect(caseOf(again, done.to).escalation).toBe(escalation);
          mustCount(again);
          if (caseOf(before, done.from).escalation.status !== 'suppressed' || later < QUIET_UNTIL)
            expect(stateOf(again, [done.from]).cases).toEqual(stateOf(before, [done.from]).cases);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('refuses when something came of a ticket since, when it is elsewhere, and when a day has passed', () => {
    const done = change(OPENED, { kind: 'merge', from: 1n, to: 2n, some: 1 }, START);
    if (done === undefined) throw new Error('not merged');
    const judge = (world: World, now = START) => {
      const judged = judgeUndo(done.change, { from: memberOf(world, 1n), to: memberOf(world, 2n) }, now);
      return 'refused' in judged ? judged.refused.reason : undefined;
    };
    expect(judge(done.world)).toBeUndefined();
    expect(judge(done.world, START + UNDO_WITHIN * 1000 + 1)).toBe('too-late');
    expect(judge(hearTicket(done.world, 0, true, START))).toBe('heard-since');
    const elsewhere = done.change.tickets.map((ticket) => ({ ...ticket, linked: '3' }));
    expect(judge(relink(done.world, elsewhere))).toBe('gone-since');
    expect(judge(put(done.world, 2n, { joinedInto: 3n }))).toBe('joined');
    const cleared = [2, 3].reduce((world, n) => hearTicket(world, n, false, START), done.world);
    expect(judge(cleared)).toBe('last-open-ticket');
    expect(judge(hear(done.world, 2n, { type: 'Merged', by: 'ana', into: '3' }, START))).toBe('merged');
  });

  it('refuses for a split whose case somebody has taken', () => {
    const done = change(OPENED, { kind: 'split', from: 1n, to: 1n, some: 1 }, START);
    if (done === undefined) throw new Error('not split');
    const taken = hear(done.world, done.change.to, { type: 'Acknowledged', by: 'ana' }, START);
    expect(undo(taken, done.change, START)).toBeUndefined();
    expect(undo(done.world, done.change, START)).toBeDefined();
  });
});

describe('judging a merge, split or move', () => {
  const judged = ({
    split = false,
    ...more
  }: Partial<Parameters<typeof judgeChange>[0]> & { readonly split?: boolean }) => {
    const from = memberOf(OPENED, 1n);
    const to = split ? {} : { to: memberOf(OPENED, 2n) };
    const answer = judgeChange({ kind: 'merge', from, ...to, ...more });
    return 'refused' in answer ? answer.refused.reason : answer.tickets.map(({ ticketKey }) => ticketKey);
  };
  const [first, second] = memberOf(OPENED, 1n).tickets;
  const calm = hear(OPENED, 2n, { type: 'PriorityChanged', to: 'P3' }, START);
  const over = hear(OPENED, 2n, { type: 'Resolved', by: 'ana' }, START);

  const part = put(over, 2n, { joinedInto: 3n });
  const merged = put(hear(OPENED, 2n, { type: 'Merged', by: 'ana', into: '3' }, START), 2n, {
    joinedInto: 3n,
  });
  const closing = put(OPENED, 2n, { resolving: true });
  const secret = put(OPENED, 2n, { restricted: true });
  const [cleared] = memberOf(hearTicket(OPENED, 0, false, START), 1n).tickets;
  const rest = memberOf(hearTicket(OPENED, 0, false, START), 1n);

  it.each([
    ['into one that grouping has joined to another', { to: memberOf(part, 2n) }, 'joined'],
    ['into one that a person has merged', { to: memberOf(merged, 2n) }, 'merged'],
    ['out of one that grouping has joined', { from: memberOf(part, 2n), to: memberOf(part, 1n) }, 'joined'],
    ['into one that is about to close', { to: memberOf(closing, 2n) }, 'closing'],
    ['into a restricted one', { to: memberOf(secret, 2n) }, 'restricted'],
    [
      'the last open tickets',
      { kind: 'move' as const, from: rest, tickets: rest.tickets.slice(1) },
      'last-open-ticket',
    ],
    [
      'a split of what is over',
      { kind: 'split' as const, from: rest, tickets: cleared === undefined ? [] : [cleared], split: true },
      'none-open',
    ],
    ['all tickets go with a merge', {}, ['T-0', 'T-1', 'T-6', 'T-7']],
    ['into itself', { to: memberOf(OPENED, 1n) }, 'same-case'],
    ['into a less urgent one', { to: memberOf(calm, 2n) }, 'less-urgent'],
    ['into one that is over', { to: memberOf(over, 2n) }, 'already-resolved'],
    ['one ticket', { kind: 'move' as const, tickets: first === undefined ? [] : [first] }, ['T-0']],
    ['all tickets', { kind: 'move' as const, tickets: memberOf(OPENED, 1n).tickets }, 'last-ticket'],
    [
      'a ticket of another case',
      { kind: 'split' as const, tickets: [{ ...(second ?? { source: '' }), ticketKey: 'T-2' }] },
      'no-member',
    ],
  ])('%s', (_, more, expected) => {
    expect(judged(more)).toEqual(expected);
  });
});
