import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, caseIdText, type ConfigTree, type PageEvent, parseCaseId } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import type { Act } from '../respond-to-case/respond-to-case.js';
import type { ChangeRequest, TicketResult } from './change-tickets.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(60_000);

const WATCHED: ConfigTree = {
  ...TREE,
  policies: {
    'live-pay': {
      ...{ steps: [], fallback: { page: 'person dee' } },
      ...TREE.policies?.['live-pay'],
      acknowledged: { P1: { remind: '30m', reopen: '45m' } },
    },
  },
  sla: [
    {
      ...{ name: 'all', when: 'true', calendar: '24x7' },
      targets: { acknowledge: { P1: '10m' }, resolve: { P1: '4h' } },
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [WATCHED]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  await rig.query('TRUNCATE escalation_routing.escalation, escalation_routing.sla_clock');
  await clock.stop('2026-11-02T04:00:00Z');
});

interface OpenedCase {
  readonly id: bigint;
  readonly ticketKey: string;
}

async function openCase(severity = 'critical'): Promise<OpenedCase> {
  const { ticketKey, ...event } = ticketEvent({ severity });
  await rig.triage([{ ...event, ticketKey }]);
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [ticketKey],
  );
  return { id: BigInt(row?.id ?? 0), ticketKey };
}

const said = { tenant: 'default', by: 'ana' };
const ticket = ({ ticketKey }: OpenedCase) => ({ source: 'demo', ticketKey });
const change = (request: Pick<ChangeRequest, 'kind' | 'caseId'> & Partial<ChangeRequest>) =>
  rig.routing.changeTickets.change({ ...said, ...request });
const merge = (from: OpenedCase, to: OpenedCase) => change({ kind: 'merge', caseId: from.id, to: to.id });
const undo = (caseId: bigint) => rig.routing.changeTickets.undo({ ...said, by: 'bo', caseId });
const respond = (caseId: bigint, act: Act, by = 'ana') =>
  rig.routing.respondToCase.respond({ tenant: 'default', caseId, act, by, body: {} });
const hear = (ticketKey: string, type: 'ticket.updated' | 'ticket.resolved' | 'ticket.created') =>
  rig.triage([ticketEvent({ ticketKey, type })]);

function reasonOf(result: TicketResult): string {
  return result.ok ? 'done' : result.refused.reason;
}

function mustBeDone(result: TicketResult) {
  if (!result.ok) throw new Error(JSON.stringify(result.refused));
  return result.changed;
}

const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });
const typesOf = async (id: bigint): Promise<string[]> => (await timeline(id)).map(({ type }) => type);

async function pages(id: bigint): Promise<string[]> {
  const rows = await rig.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE topic = 'pages' AND key = $1 ORDER BY batch, n`,
    [`default:${caseIdText(id)}`],
  );
  return rows
    .map(({ payload }) => JSON.parse(payload) as PageEvent)
    .map((page) =>
      page.type === 'PagesStopped'
        ? `stop ${page.epoch} ${page.reason}`
        : `${page.person} ${page.epoch}/${page.round}/${page.step}`,
    );
}

const stateOf = async (id: bigint): Promise<string | undefined> =>
  (
    await rig.query<{ state: string }>('SELECT state FROM escalation_routing.case_record WHERE id = $1', [
      id.toString(),
    ])
  )[0]?.state;

/** Everything that an undo restores: all but versions, fences and epochs, which only grow. */
async function worldHash(ids: readonly bigint[]): Promise<string> {
  const [row] = await rig.query<{ hash: string }>(
    `SELECT md5(concat(
      (SELECT json_agg(to_jsonb(c) - 'version' ORDER BY id) FROM escalation_routing.case_record c WHERE id = ANY ($1)),
      (SELECT json_agg((to_jsonb(e) - 'fence' - 'epoch' - 'state') || (e.state::jsonb - 'epoch') ORDER BY case_id)
        FROM escalation_routing.escalation e WHERE case_id = ANY ($1)),
      (SELECT json_agg(to_jsonb(s) ORDER BY case_id, kind) FROM escalation_routing.sla_clock s WHERE case_id = ANY ($1)),
      (SELECT json_agg(to_jsonb(t) ORDER BY ticket_key) FROM escalation_routing.ticket t))) AS hash`,
    [ids.map(String)],
  );
  return row?.hash ?? '';
}

async function advance(wait: string): Promise<void> {
  await clock.advance(wait);
  await rig.routing.advanceDue.advance();
  await rig.routing.advanceSla.advance();
}

describe('a merge', () => {
  it('ends the pages of one case, pages nobody, and lets its tickets reach the other', async () => {
    const [one, two] = [await openCase(), await openCase()];
    const { change: done, from, to } = mustBeDone(await merge(one, two));
    expect(done).toMatchObject({ kind: 'merge', by: 'ana', tickets: [ticket(one)] });
    expect([from.state, from.escalation.state, to.state, to.events]).toEqual([
      ...['merged', 'cancelled', 'open', 2],
    ]);
    expect(await pages(one.id)).toEqual(['ana 1/1/0', 'stop 1 cancelled']);
    expect(await pages(two.id)).toEqual(['ana 1/1/0']);
    expect((await timeline(one.id)).at(-1)).toMatchObject({
      ...{ type: 'CaseMerged', by: 'ana', facts: { into: caseIdText(two.id), was: 'running' } },
    });
    expect((await timeline(two.id)).at(-1)).toMatchObject({
      type: 'TicketsJoined',
      facts: { from: caseIdText(one.id), tickets: 1, named: [ticket(one)] },
    });
    await hear(one.ticketKey, 'ticket.updated');
    expect((await typesOf(two.id)).at(-1)).toBe('CaseUpdated');
    await advance('20m');
    expect(await pages(one.id)).toHaveLength(2);
    expect(await typesOf(one.id)).not.toContain('SlaBreached');
    expect(await typesOf(two.id)).toContain('SlaBreached');
  });

  it('ends with the last of its tickets, not with the first', async () => {
    const [one, two] = [await openCase(), await openCase()];
    await merge(one, two);
    await hear(one.ticketKey, 'ticket.resolved');
    expect([await stateOf(two.id), (await typesOf(two.id)).at(-1)]).toEqual(['open', 'TicketCleared']);
    await hear(one.ticketKey, 'ticket.created');
    await hear(two.ticketKey, 'ticket.resolved');
    expect(await stateOf(two.id)).toBe('open');
    await hear(one.ticketKey, 'ticket.resolved');
    expect(await stateOf(two.id)).toBe('resolved');
  });

  it('refuses the more urgent for the less urgent, what is over, itself, and acts on what is merged', async () => {
    const [urgent, calm, over] = [await openCase(), await openCase('warning'), await openCase()];
    await respond(over.id, 'resolve');
    expect(reasonOf(await merge(urgent, calm))).toBe('less-urgent');
    expect(reasonOf(await merge(calm, over))).toBe('already-resolved');
    expect(reasonOf(await merge(urgent, urgent))).toBe('same-case');
    expect(reasonOf(await merge(urgent, { ...over, id: 999n }))).toBe('unknown-target');
    expect(reasonOf(await merge({ ...over, id: 999n }, urgent))).toBe('unknown-case');
    expect(reasonOf(await merge(calm, urgent))).toBe('done');
    expect(await respond(calm.id, 'acknowledge')).toMatchObject({
      ok: false,
      refused: { reason: 'joined', into: urgent.id },
    });
    expect(reasonOf(await merge(calm, urgent))).toBe('merged');
  });
});

describe('undo', () => {
  it.each([
    ['running', async () => Promise.resolve()],
    ['acknowledged', async (id: bigint) => void (await respond(id, 'acknowledge'))],
    [
      'snoozed',
      async (caseId: bigint) =>
        void (await rig.routing.respondToCase.respond({
          ...{ tenant: 'default', caseId, act: 'snooze', by: 'bo', body: {} },
          wish: { seconds: 3600, reason: 'later' },
        })),
    ],
    ['exhausted', async () => advance('121s').then(async () => advance('181s'))],
  ])('of the merge of a case that is %s gives the same state hash', async (_, live) => {
    const [one, two] = [await openCase(), await openCase()];
    await live(one.id);
    const before = await worldHash([one.id, two.id]);
    mustBeDone(await merge(one, two));
    expect(await worldHash([one.id, two.id])).not.toBe(before);
    const { change: done } = mustBeDone(await undo(two.id));
    expect(done).toMatchObject({ kind: 'merge', undoneBy: 'bo' });
    expect(await worldHash([one.id, two.id])).toBe(before);
  });

  it('of a split and of a move gives the same state hash; what the split had opened is over', async () => {
    const [one, two, three] = [await openCase(), await openCase(), await openCase()];
    const ids = [one.id, two.id, three.id];
    await merge(one, two);
    const before = await worldHash(ids);
    const split = mustBeDone(await change({ kind: 'split', caseId: two.id, tickets: [ticket(one)] }));
    const fourth = parseCaseId(split.to.id) ?? 0n;
    expect(split.to).toMatchObject({ state: 'open', priority: 'P1', escalation: { state: 'running' } });
    expect(await pages(fourth)).toEqual(['ana 1/1/0']);
    mustBeDone(await undo(fourth));
    expect([await stateOf(fourth), (await pages(fourth)).at(-1)]).toEqual(['merged', 'stop 1 cancelled']);
    expect(await worldHash(ids)).toBe(before);
    mustBeDone(await change({ kind: 'move', caseId: two.id, to: three.id, tickets: [ticket(one)] }));
    expect((await rig.routing.showTickets.of('default', three.id)).tickets).toMatchObject([
      ticket(one),
      ticket(three),
    ]);
    expect(reasonOf(await undo(one.id))).toBe('changed-since');
    mustBeDone(await undo(three.id));
    expect(await worldHash(ids)).toBe(before);
    mustBeDone(await undo(two.id));
    expect(reasonOf(await undo(two.id))).toBe('nothing-to-undo');
  });

  it('unwinds any line of acts hash by hash', async () => {
    const opened = [await openCase(), await openCase(), await openCase()];
    const ids = opened.map(({ id }) => id);
    const done: { readonly id: bigint; readonly hash: string }[] = [];
    // The same line in every run; another seed is another line.
    let seed = 20_261_125;
    const draw = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const pick = () => opened[draw(3)] ?? { id: 0n, ticketKey: '' };
    for (let n = 0; n < 40; n++) {
      const [{ id }, to] = [pick(), pick()];
      const kind = (['merge', 'split', 'move'] as const)[draw(3)] ?? 'merge';
      const hash = await worldHash(ids);
      const { tickets } = await rig.routing.showTickets.of('default', id);
      const first = tickets.slice(0, 1).map(({ source, ticketKey }) => ({ source, ticketKey }));
      const target = kind === 'split' ? {} : { to: to.id };
      const result = await change({ kind, caseId: id, ...target, tickets: first });
      if (result.ok) done.push({ id, hash });
    }
    expect(done.length).toBeGreaterThan(3);
    for (const { id, hash } of done.toReversed()) {
      mustBeDone(await undo(id));
      expect(await worldHash(ids)).toBe(hash);
    }
  });

  it('lets what became due meanwhile be due now, and pages again whom the merge had stopped paging', async () => {
    const [one, two] = [await openCase(), await openCase()];
    await merge(one, two);
    await clock.advance('60s');
    mustBeDone(await undo(one.id));
    expect(await pages(one.id)).toEqual(['ana 1/1/0', 'stop 1 cancelled', 'ana 2/1/0']);
    await advance('60s');
    expect((await pages(one.id)).at(-1)).toBe('bo 2/1/1');
    const [late, other] = [await openCase(), await openCase()];
    await merge(late, other);
    await clock.advance('11m');
    mustBeDone(await undo(late.id));
    expect(await pages(late.id)).toEqual(['ana 1/1/0', 'stop 1 cancelled']);
    expect(await typesOf(late.id)).toContain('SlaBreached');
    await rig.routing.advanceDue.advance();
    expect((await pages(late.id)).at(-1)).toBe('bo 2/1/1');
  });

  it('is refused when something came of a ticket, when the other is over, after a day, and for a split that is owned', async () => {
    const [one, two, three] = [await openCase(), await openCase(), await openCase()];
    await merge(one, two);
    await hear(one.ticketKey, 'ticket.updated');
    expect(reasonOf(await undo(one.id))).toBe('heard-since');
    await merge(two, three);
    expect(reasonOf(await undo(one.id))).toBe('changed-since');
    await respond(three.id, 'resolve');
    expect(reasonOf(await undo(three.id))).toBe('already-resolved');
    await respond(three.id, 'reopen');
    await clock.advance('25h');
    expect(reasonOf(await undo(two.id))).toBe('too-late');
    const split = mustBeDone(await change({ kind: 'split', caseId: three.id, tickets: [ticket(one)] }));
    await respond(parseCaseId(split.to.id) ?? 0n, 'acknowledge');
    expect(reasonOf(await undo(three.id))).toBe('worked-on');
    expect(reasonOf(await undo(999n))).toBe('unknown-case');
  });

  it('acts once per Idempotency-Key and only on the version that was seen', async () => {
    const [one, two] = [await openCase(), await openCase()];
    const key = { tenant: 'default', actor: 'ops', key: 'merge-1', request: 'one into two' };
    const request = { kind: 'merge', caseId: one.id, to: two.id, key } as const;
    expect(reasonOf(await change({ ...request, ifMatch: '"9"' }))).toBe('other-version');
    const first = await change(request);
    expect(await change(request)).toEqual(first);
    expect(reasonOf(await change({ ...request, key: { ...key, request: 'other' } }))).toBe('other-request');
    expect((await typesOf(two.id)).filter((type) => type === 'TicketsJoined')).toHaveLength(1);
  });
});
