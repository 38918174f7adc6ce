import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CaseEvent,
  caseIdText,
  type ConfigTree,
  isoOf,
  parseCaseId,
  type TicketEvent,
} from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { fc } from '@tocsin/test-rig/worlds';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { Act } from '../respond-to-case/respond-to-case.js';
import type { RoutedCase } from '../routed-case.js';
import { CaseListStore } from '../show-cases/case-list.store.js';
import { CaseMembersStore } from '../show-cases/case-members.store.js';
import type { ChangeRequest, TicketResult } from './change-tickets.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(120_000);

const START = Date.parse('2026-11-02T04:00:00Z');
const HUSHED = 'HUSHED';

const TOGETHER: ConfigTree = {
  ...TREE,
  closing: { 'resolve-after': '5m', 'reopen-within': '1h' },
  maintenance: [
    {
      ...{ name: 'night', markets: [HUSHED], on: '2026-11-02', from: '04:00', for: '60m' },
      timeZone: 'UTC',
    },
  ],
  grouping: [
    {
      name: 'per market',
      when: 'event.category == "live.payout"',
      by: ['market'],
      window: { session: '10m' },
      'reopen-within': '1h',
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [TOGETHER]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
async function empty(): Promise<void> {
  for (const table of ['escalation', 'case_record', 'outbox', 'ticket', 'case_member', 'ticket_change'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
}
beforeEach(async () => {
  await empty();
  await clock.stop(isoOf(START));
});

const minute = (at: number): Pick<TicketEvent, 'occurredAt'> => ({ occurredAt: isoOf(START + at * 60_000) });
/** An event of a ticket of a market, at a minute of the events' own time. */
const payout = (market: string, ticketKey: string, more: Partial<TicketEvent> = {}): TicketEvent =>
  ticketEvent({
    category: 'live.payout',
    market,
    ticketKey,
    subject: `${ticketKey} says`,
    ...minute(0),
    ...more,
  });
const hear = (...events: TicketEvent[]): Promise<void> => rig.triage(events);
const raise = (market: string, ticketKey: string, at = 0): Promise<void> =>
  hear(payout(market, ticketKey, minute(at)));
const end = (market: string, ticketKey: string): Promise<void> =>
  hear(payout(market, ticketKey, { type: 'ticket.resolved' }));

const find = async (id: bigint): Promise<RoutedCase> => {
  const routed = await new CaseListStore(rig.connections.transactions).find('default', id);
  if (routed === undefined) throw new Error('no such case');
  return routed;
};
const cases = async (): Promise<RoutedCase[]> =>
  (
    await new CaseListStore(rig.connections.transactions).list({ tenant: 'default' }, undefined, 50)
  ).toReversed();
const membersOf = async (id: bigint): Promise<string[]> =>
  (await new CaseMembersStore(rig.connections.transactions).list(id, 100))
    .map(({ ticketKey, open }) => `${ticketKey}${open ? '' : ' over'}`)
    .toSorted();
const ticketsOf = async (id: bigint): Promise<string[]> =>
  (await rig.routing.showTickets.of('default', id)).tickets.map(({ ticketKey }) => ticketKey);
const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });
const typesOf = async (id: bigint): Promise<string[]> => (await timeline(id)).map(({ type }) => type);
const pagesOf = async (id: bigint): Promise<number> =>
  (
    await rig.query(
      `SELECT 1 FROM escalation_routing.outbox WHERE type = 'PageRequested' AND payload LIKE $1`,
      [`%"caseId":"${caseIdText(id)}"%`],
    )
  ).length;

/** The case that a ticket's events reach. */
async function caseOf(ticketKey: string): Promise<RoutedCase> {
  const [row] = await rig.query<{ id: string }>(
    'SELECT case_id::text AS id FROM escalation_routing.ticket WHERE ticket_key = $1',
    [ticketKey],
  );
  let routed = await find(BigInt(row?.id ?? 0));
  while (routed.joinedInto !== undefined) routed = await find(routed.joinedInto);
  return routed;
}
const idOf = async (ticketKey: string): Promise<bigint> => (await caseOf(ticketKey)).id;

const said = { tenant: 'default', by: 'ana' };
const named = (...keys: string[]) => keys.map((ticketKey) => ({ source: 'demo', ticketKey }));
const change = (request: Pick<ChangeRequest, 'kind' | 'caseId'> & Partial<ChangeRequest>) =>
  rig.routing.changeTickets.change({ ...said, ...request });
const merge = (from: bigint, to: bigint) => change({ kind: 'merge', caseId: from, to });
const undo = (caseId: bigint) => rig.routing.changeTickets.undo({ ...said, by: 'bo', caseId });
const split = (caseId: bigint, ...keys: string[]) =>
  change({ kind: 'split', caseId, tickets: named(...keys) });
const move = (caseId: bigint, to: bigint, ...keys: string[]) =>
  change({ kind: 'move', caseId, to, tickets: named(...keys) });
const respond = (caseId: bigint, act: Act) =>
  rig.routing.respondToCase.respond({ ...said, caseId, act, body: {} });
const reasonOf = (result: TicketResult): string => (result.ok ? 'done' : result.refused.reason);
function mustBeDone(result: TicketResult) {
  if (!result.ok) throw new Error(result.refused.reason);
  return result.changed;
}
const otherOf = (result: TicketResult): bigint => parseCaseId(mustBeDone(result).to.id) ?? 0n;

/** Everything that an undo restores: all but versions, fences and epochs, which only grow. */
async function worldHash(): Promise<string> {
  const table = (name: string): string => `SELECT to_jsonb(x) FROM escalation_routing.${name} x`;
  const [row] = await rig.query<{ state: string }>(
    `SELECT concat_ws(E'\\n',
      (SELECT json_agg(to_jsonb - 'version' ORDER BY to_jsonb->>'id') FROM (${table('case_record')}) c
        WHERE NOT (to_jsonb->>'state' = 'merged' AND to_jsonb->>'events' = '0')),
      (SELECT json_agg((to_jsonb(e) - 'fence' - 'epoch' - 'state') || (e.state::jsonb - 'epoch') ORDER BY case_id)
        FROM escalation_routing.escalation e JOIN escalation_routing.case_record c ON c.id = e.case_id
        WHERE NOT (c.state = 'merged' AND c.events = 0)),
      (SELECT json_agg(to_jsonb ORDER BY to_jsonb->>'ticket_key') FROM (${table('ticket')}) t),
      (SELECT json_agg(to_jsonb ORDER BY to_jsonb->>'case_id', to_jsonb->>'ticket_key')
        FROM (${table('case_member')}) m)) AS state`,
  );
  return row?.state ?? '';
}

/** Counted anew from the tickets, every open case that counts says the same. */
async function mustCount(): Promise<void> {
  for (const { id, group, gathered, joinedInto, state } of await cases()) {
    const counted = group ?? gathered;
    if (counted === undefined || joinedInto !== undefined || state === 'resolved') continue;
    const { tickets } = await rig.routing.showTickets.of('default', id);
    const found = { tickets: tickets.length, open: tickets.filter(({ open }) => open).length };
    expect({ id, tickets: counted.tickets, open: counted.open }).toEqual({ id, ...found });
    if (group !== undefined)
      expect(await membersOf(id)).toEqual(
        tickets.map(({ ticketKey, open }) => `${ticketKey}${open ? '' : ' over'}`).toSorted(),
      );
  }
}

describe('a merge of grouped cases', () => {
  it('counts and names the tickets of both; their events and what would join them go on in the survivor', async () => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('B', 'b1'));
    const [a, b] = [await idOf('a1'), await idOf('b1')];
    expect(a).toBe(await idOf('a2'));
    mustBeDone(await merge(a, b));
    expect(await find(b)).toMatchObject({ group: { tickets: 3, open: 3 }, events: 3 });
    expect(await membersOf(b)).toEqual(['a1', 'a2', 'b1']);
    await hear(payout('A', 'a1', { type: 'ticket.commented' }));
    expect((await typesOf(b)).at(-1)).toBe('CaseUpdated');
    // A ticket that nobody knows yet, in the window of what was merged: no case of its own, no page.
    await raise('A', 'a3', 5);
    expect(await idOf('a3')).toBe(b);
    expect(await cases()).toHaveLength(2);
    expect([await pagesOf(a), await pagesOf(b)]).toEqual([1, 1]);
    await raise('A', 'a4', 30);
    expect(await idOf('a4')).not.toBe(b);
    expect(await find(a)).toMatchObject({ state: 'merged', joinedInto: b, group: { tickets: 2 } });
    await mustCount();
    for (const key of ['a1', 'a2', 'a3']) await end('A', key);
    expect((await find(b)).state).toBe('open');
    await end('B', 'b1');
    expect(await find(b)).toMatchObject({ group: { open: 0 }, resolving: { by: 'demo' } });
  });

  it('is the case that returns when what was merged is raised again in time', async () => {
    await hear(payout('A', 'a1'), ticketEvent({ ticketKey: 'lone' }));
    const [a, lone] = [await idOf('a1'), await idOf('lone')];
    mustBeDone(await merge(a, lone));
    expect(await find(lone)).toMatchObject({ gathered: { tickets: 2, open: 2 } });
    await respond(lone, 'resolve');
    await raise('A', 'a1', 20);
    expect(await caseOf('a1')).toMatchObject({ id: lone, state: 'open', gathered: { tickets: 2, open: 2 } });
    expect(await cases()).toHaveLength(2);
  });

  it.each([
    ['grouped into grouped', 'a1', 'b1'],
    ['grouped into one of one ticket', 'a1', 'lone'],
    ['one of one ticket into grouped', 'lone', 'b1'],
    ['one of one ticket into another', 'lone', 'alone'],
  ])('%s is taken back exactly, rows of tickets included', async (_, from, to) => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('B', 'b1'), payout('B', 'b2'));
    await hear(ticketEvent({ ticketKey: 'lone' }), ticketEvent({ ticketKey: 'alone', tags: ['vip'] }));
    const [source, target] = [await idOf(from), await idOf(to)];
    const before = await worldHash();
    mustBeDone(await merge(source, target));
    await mustCount();
    mustBeDone(await undo(target));
    expect(await worldHash()).toBe(before);
    mustBeDone(await merge(source, target));
    mustBeDone(await undo(source));
    expect(await worldHash()).toBe(before);
  });

  it('takes what grouping had joined along, and refuses a case that grouping has joined to another', async () => {
    await raise('A', 'a1', 0);
    await raise('A', 'a2', 18);
    const [old, young] = [await idOf('a1'), await idOf('a2')];
    await raise('A', 'a3', 9);
    expect([await idOf('a2'), await idOf('a3')]).toEqual([old, old]);
    await raise('B', 'b1');
    const b = await idOf('b1');
    expect(reasonOf(await merge(young, b))).toBe('joined');
    expect(reasonOf(await merge(b, young))).toBe('joined');
    const before = await worldHash();
    mustBeDone(await merge(old, b));
    expect((await ticketsOf(b)).toSorted()).toEqual(['a1', 'a2', 'a3', 'b1']);
    await mustCount();
    mustBeDone(await undo(b));
    expect(await worldHash()).toBe(before);
  });

  it('keeps restricted tickets among themselves, also those that were said to be restricted later', async () => {
    await hear(ticketEvent({ ticketKey: 'lone' }), ticketEvent({ ticketKey: 'secret' }));
    await hear(ticketEvent({ ticketKey: 'secret', type: 'ticket.updated', restricted: true }));
    const [lone, secret] = [await idOf('lone'), await idOf('secret')];
    expect((await find(secret)).sensitivity).toBe('restricted');
    expect(reasonOf(await merge(lone, secret))).toBe('restricted');
  });

  it('loses nothing when events of both cases come at the same time', async () => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('B', 'b1'));
    const [a, b] = [await idOf('a1'), await idOf('b1')];
    const merging = merge(a, b);
    await Promise.all([
      merging,
      ...['a1', 'a2', 'a3', 'a4'].map((key) => raise('A', key, 1)),
      ...['b1', 'b2'].map((key) => raise('B', key, 1)),
      end('A', 'a2'),
    ]);
    if (reasonOf(await merging) === 'changed-meanwhile') mustBeDone(await merge(a, b));
    for (const key of ['a1', 'a2', 'a3', 'a4', 'b2']) expect(await idOf(key)).toBe(b);
    expect(await find(b)).toMatchObject({ group: { tickets: 6, open: 5 } });
    await mustCount();
  });
});

describe('a split or a move stands above a grouping rule', () => {
  it('keeps a split ticket apart while the case that it left is open, and its old case goes on without it', async () => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('A', 'a3'));
    const a = await idOf('a1');
    const apart = otherOf(await split(a, 'a1'));
    expect([await membersOf(a), await find(a)]).toMatchObject([
      ['a2', 'a3'],
      { ticketKey: 'a2', group: { tickets: 2, open: 2 } },
    ]);
    expect(await find(apart)).toMatchObject({
      ticketKey: 'a1',
      subject: 'a1 says',
      gathered: { tickets: 1 },
    });
    expect(await pagesOf(apart)).toBe(1);
    await raise('A', 'a1', 1);
    await raise('A', 'a4', 2);
    expect([await idOf('a1'), await idOf('a4')]).toEqual([apart, a]);
    // The new face of the old case gives it its subject.
    await hear(payout('A', 'a2', { type: 'ticket.updated', subject: 'a2 now' }));
    expect((await find(a)).subject).toBe('a2 now');
    await end('A', 'a1');
    await clock.advance('6m');
    await rig.routing.closeDue.close();
    expect((await find(apart)).state).toBe('resolved');
    await raise('A', 'a1', 3);
    expect(await caseOf('a1')).toMatchObject({ id: apart, state: 'open' });
    await respond(apart, 'resolve');
    await clock.advance('2h');
    await raise('A', 'a1', 4);
    const again = await caseOf('a1');
    expect([apart, a]).not.toContain(again.id);
    expect(again.group).toBeUndefined();
    expect((await timeline(again.id))[0]?.facts).toMatchObject({ ungrouped: 'taken-out' });
    // The old case is over: what is raised now is grouped by the rules.
    await respond(again.id, 'resolve');
    await respond(a, 'resolve');
    await clock.advance('2h');
    await raise('A', 'a1', 200);
    expect((await caseOf('a1')).group?.tickets).toBe(1);
    await mustCount();
  });

  it('keeps a moved ticket where it was put, and it brings no cases together', async () => {
    await raise('A', 'a1', 0);
    await raise('A', 'a2', 1);
    await raise('A', 'a9', 60);
    const [early, late] = [await idOf('a1'), await idOf('a9')];
    expect(early).not.toBe(late);
    mustBeDone(await move(early, late, 'a2'));
    await raise('A', 'a2', 2);
    expect([await idOf('a2'), await idOf('a1')]).toEqual([late, early]);
    expect(await find(late)).toMatchObject({ group: { tickets: 2, from: START + 3_600_000 } });
    expect([await membersOf(early), await membersOf(late)]).toEqual([['a1'], ['a2', 'a9']]);
    await end('A', 'a9');
    expect((await typesOf(late)).at(-1)).toBe('TicketCleared');
    await mustCount();
  });

  it('opens a split with what was known of its ticket before the merge by which it came', async () => {
    await hear(payout('A', 'a1'), payout('B', 'b1', { link: 'https://b.example/1' }));
    const [a, b] = [await idOf('a1'), await idOf('b1')];
    mustBeDone(await merge(b, a));
    const apart = await find(otherOf(await split(a, 'b1')));
    expect(apart).toMatchObject({
      subject: 'b1 says',
      market: 'B',
      link: 'https://b.example/1',
      priority: 'P1',
    });
    expect(await find(a)).toMatchObject({ subject: 'a1 says', market: 'A' });
  });

  it.each([
    ['a split', (a: bigint) => split(a, 'a1', 'a3')],
    ['a move to a grouped case', async (a: bigint) => move(a, await idOf('b1'), 'a2', 'a3')],
    ['a move to a case of one ticket', async (a: bigint) => move(a, await idOf('lone'), 'a1')],
  ])('%s is taken back exactly', async (_, act) => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('A', 'a3'), payout('B', 'b1'));
    await hear(ticketEvent({ ticketKey: 'lone' }));
    const a = await idOf('a1');
    const before = await worldHash();
    mustBeDone(await act(a));
    await mustCount();
    expect(await worldHash()).not.toBe(before);
    mustBeDone(await undo(a));
    expect(await worldHash()).toBe(before);
  });

  it('leaves a case a ticket that can end it, and opens none for what is over', async () => {
    await hear(payout('A', 'a1'), payout('A', 'a2'), payout('B', 'b1'));
    await end('A', 'a2');
    const [a, b] = [await idOf('a1'), await idOf('b1')];
    expect(reasonOf(await split(a, 'a1'))).toBe('last-open-ticket');
    expect(reasonOf(await split(a, 'a2'))).toBe('none-open');
    expect(reasonOf(await move(a, b, 'a1', 'a2'))).toBe('last-ticket');
    mustBeDone(await move(a, b, 'a2'));
    expect([await membersOf(a), await membersOf(b)]).toEqual([['a1'], ['a2 over', 'b1']]);
    // Whatever else the case had is over: taking the tickets back would leave it open for ever.
    mustBeDone(await merge(a, b));
    await end('B', 'b1');
    expect(reasonOf(await undo(b))).toBe('last-open-ticket');
  });
});

describe('a merge beside what else moves a case', () => {
  it('keeps a hushed case hushed when it is taken back, and pages when the window is over by then', async () => {
    await hear(payout(HUSHED, 'h1'), payout('B', 'b1'));
    const [h, b] = [await idOf('h1'), await idOf('b1')];
    expect([(await find(h)).escalation.status, await pagesOf(h)]).toEqual(['suppressed', 0]);
    const before = await worldHash();
    mustBeDone(await merge(h, b));
    mustBeDone(await undo(h));
    expect(await worldHash()).toBe(before);
    mustBeDone(await merge(h, b));
    await clock.advance('61m');
    await rig.routing.advanceDue.advance();
    expect(await pagesOf(h)).toBe(0);
    mustBeDone(await undo(h));
    expect([(await find(h)).escalation.status, await pagesOf(h)]).toEqual(['running', 1]);
    expect(await typesOf(h)).toEqual(
      expect.arrayContaining(['CaseUnmerged', 'SuppressionEnded', 'StepStarted']),
    );
  });

  it('does not close a merged case by its grace; taken back, what is due is due', async () => {
    await hear(payout('A', 'a1'), payout('B', 'b1'));
    await end('A', 'a1');
    const [a, b] = [await idOf('a1'), await idOf('b1')];
    expect(reasonOf(await merge(b, a))).toBe('closing');
    const before = await worldHash();
    mustBeDone(await merge(a, b));
    await clock.advance('10m');
    expect(await rig.routing.closeDue.close()).toBe(0);
    expect((await find(a)).state).toBe('merged');
    mustBeDone(await undo(a));
    expect(await worldHash()).toBe(before);
    expect(await rig.routing.closeDue.close()).toBe(1);
    expect((await find(a)).state).toBe('resolved');
  });

  it('returns as a whole: the survivor closes with its last ticket, and a raise of any opens it again', async () => {
    await hear(payout('A', 'a1'), ticketEvent({ ticketKey: 'lone' }));
    const [a, lone] = [await idOf('a1'), await idOf('lone')];
    mustBeDone(await merge(a, lone));
    await hear(ticketEvent({ ticketKey: 'lone', type: 'ticket.resolved' }));
    expect((await typesOf(lone)).at(-1)).toBe('TicketCleared');
    await end('A', 'a1');
    expect((await find(lone)).resolving).toBeDefined();
    await clock.advance('6m');
    await rig.routing.closeDue.close();
    expect((await find(lone)).state).toBe('resolved');
    await hear(ticketEvent({ ticketKey: 'lone' }));
    expect(await find(lone)).toMatchObject({ state: 'open', gathered: { tickets: 2, open: 1 } });
    await raise('A', 'a1', 15);
    expect(await find(lone)).toMatchObject({ gathered: { tickets: 2, open: 2 } });
    await mustCount();
  });

  it('makes the survivor know what was said of both, and forget it again', async () => {
    const tagged = (ticketKey: string, tags: string[]) => hear(ticketEvent({ ticketKey, tags }));
    await tagged('one', ['vip']);
    await tagged('two', ['eu']);
    const [one, two] = [await idOf('one'), await idOf('two')];
    await respond(two, 'acknowledge');
    mustBeDone(await merge(one, two));
    const survivor = await find(two);
    expect(survivor).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'ana', priority: 'P1' });
    expect(survivor.weighing?.facts.tags).toEqual(['eu', 'vip']);
    mustBeDone(await undo(two));
    expect((await find(two)).weighing?.facts.tags).toEqual(['eu']);
  });

  it('lets a bulk act do the survivor and refuse the merged one with where it goes on', async () => {
    await hear(payout('A', 'a1'), payout('B', 'b1'), payout('C', 'c1'));
    const [a, b, c] = [await idOf('a1'), await idOf('b1'), await idOf('c1')];
    mustBeDone(await merge(a, b));
    const acts = [a, b, c].map((caseId) => ({
      text: caseIdText(caseId),
      request: { ...said, caseId, act: 'acknowledge' as const, body: {} },
    }));
    expect(await rig.routing.actOnMany.act({ acts, allOrNone: true })).toMatchObject({
      noneDone: [{ place: 0, problem: { status: 409 } }],
    });
    expect(await rig.routing.actOnMany.act({ acts, allOrNone: false })).toMatchObject({
      done: 2,
      refused: 1,
    });
    expect(await find(b)).toMatchObject({ state: 'acknowledged' });
    const before = await worldHash();
    mustBeDone(await merge(b, c));
    expect(await find(c)).toMatchObject({ state: 'acknowledged', group: { tickets: 3 } });
    mustBeDone(await undo(c));
    expect(await worldHash()).toBe(before);
  });
});

describe('any line of acts', () => {
  const KEYS = ['a1', 'a2', 'a3', 'b1', 'b2', 'lone', 'alone'] as const;
  const act = fc.record({
    kind: fc.constantFrom('merge' as const, 'split' as const, 'move' as const),
    from: fc.nat(5),
    to: fc.nat(5),
    some: fc.integer({ min: 1, max: 3 }),
  });
  const heard = fc.record({ key: fc.constantFrom(...KEYS), over: fc.boolean(), at: fc.nat(40) });

  const eventOf = (key: string, more: Partial<TicketEvent>): TicketEvent =>
    key.endsWith('lone')
      ? ticketEvent({ ticketKey: key, ...more })
      : payout(key.slice(0, 1).toUpperCase(), key, more);

  /** @returns the id of the case that the act was asked of, when it was done */
  async function tried({ kind, from, to, some }: typeof act extends fc.Arbitrary<infer T> ? T : never) {
    const all = await cases();
    const [source, target] = [all[from % all.length], all[to % all.length]];
    if (source === undefined || target === undefined) throw new Error('no cases');
    const tickets = named(...(await ticketsOf(source.id)).slice(0, some));
    const where = kind === 'split' ? {} : { to: target.id };
    const result = await change({ kind, caseId: source.id, ...where, tickets });
    return result.ok ? source.id : undefined;
  }

  it('is unwound hash by hash, and between them no count is ever off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(act, act, heard), { minLength: 6, maxLength: 18 }),
        async (story) => {
          await empty();
          await hear(...KEYS.map((key) => eventOf(key, {})));
          let done: { readonly id: bigint; readonly hash: string }[] = [];
          for (const what of story) {
            const hash = await worldHash();
            if ('key' in what) {
              const type = what.over ? 'ticket.resolved' : 'ticket.created';
              await hear(eventOf(what.key, { type, ...minute(what.at) }));
              // What was done before may stand now; what is done from here on is taken back.
              done = [];
            } else {
              const id = await tried(what);
              if (id !== undefined) done.push({ id, hash });
            }
            await mustCount();
          }
          for (const { id, hash } of done.toReversed()) {
            mustBeDone(await undo(id));
            expect(await worldHash()).toBe(hash);
          }
        },
      ),
      { numRuns: 10 },
    );
  });
});
