import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, caseIdText, type ConfigTree, isoOf, type TicketEvent } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { fc } from '@tocsin/test-rig/worlds';
import { CaseListStore } from '../show-cases/case-list.store.js';
import { CaseMembersStore } from '../show-cases/case-members.store.js';
import { viewOf } from '../case-view.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(60_000);

const START = Date.parse('2026-11-02T04:00:00Z');

const GROUPED: ConfigTree = {
  ...TREE,
  grouping: [
    {
      name: 'flapping hosts',
      when: 'event.kind == "alert"',
      by: ['attributes.host'],
      window: { session: '10m' },
      flap: { changes: 3, in: '10m', calm: '15m' },
    },
    {
      name: 'per market',
      when: 'event.category == "live.payout"',
      by: ['service', 'market'],
      window: { sliding: '10m', 'at-most': '4h' },
      'reopen-within': '1h',
      size: 3,
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [GROUPED]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(() => clock.stop(isoOf(START)));

let market = 0;
const newMarket = (): string => `M${(market += 1)}`;

/** A payout ticket of a market at a minute; minutes of the events, not of the clock. */
const payout = (of: string, minute: number, more: Partial<TicketEvent> = {}): TicketEvent =>
  ticketEvent({
    category: 'live.payout',
    market: of,
    occurredAt: isoOf(START + minute * 60_000),
    ...more,
  });

interface Found {
  readonly id: string;
  readonly state: string;
  readonly priority: string;
  readonly events: number;
  readonly joined: string | null;
}
const reportsOf = async (id: string): Promise<number | undefined> => {
  const [row] = await rig.query<{ reports: number }>(
    `SELECT (weighing::jsonb #>> '{facts,reports}')::int AS reports FROM escalation_routing.case_record WHERE id = $1`,
    [id],
  );
  return row?.reports;
};

const casesOf = (of: string): Promise<Found[]> =>
  rig.query<Found>(
    `SELECT id::text, state, priority, events, joined_into::text AS joined FROM escalation_routing.case_record
      WHERE market = $1 ORDER BY opened_at, id`,
    [of],
  );

async function rowsOf(id: string, topic: 'cases' | 'pages'): Promise<{ type: string; payload: string }[]> {
  return rig.query(
    'SELECT type, payload FROM escalation_routing.outbox WHERE topic = $1 AND key = $2 ORDER BY batch, n',
    [topic, `default:${caseIdText(BigInt(id))}`],
  );
}
const typesOf = async (id: string, topic: 'cases' | 'pages'): Promise<string[]> =>
  (await rowsOf(id, topic)).map(({ type }) => type);
async function told(id: string, type: CaseEvent['type']): Promise<CaseEvent['facts'][]> {
  const rows = (await rowsOf(id, 'cases')).filter((row) => row.type === type);
  return rows.map(({ payload }) => (JSON.parse(payload) as CaseEvent).facts);
}
async function show(id: string) {
  const { transactions } = rig.connections;
  const routed = await new CaseListStore(transactions).find('default', BigInt(id));
  if (routed === undefined) throw new Error('no such case');
  return { ...viewOf(routed), members: await new CaseMembersStore(transactions).list(BigInt(id), 100) };
}
const only = <T>(items: readonly T[]): T => {
  if (items.length !== 1 || items[0] === undefined) throw new Error(`${items.length} instead of one`);
  return items[0];
};

describe('grouping', () => {
  it('makes tickets of different keys one case with one page, names them and says why', async () => {
    const of = newMarket();
    for (const [minute, ticketKey] of [
      [0, 'a'],
      [9, 'b'],
      [18, 'c'],
    ] as const)
      await rig.triage([payout(of, minute, { ticketKey: `${of}-${ticketKey}` })]);
    const { id, ...found } = only(await casesOf(of));
    expect(found).toEqual({ state: 'open', priority: 'P1', events: 3, joined: null });
    expect(await typesOf(id, 'pages')).toEqual(['PageRequested']);
    expect(await told(id, 'TicketJoined')).toMatchObject([
      { ticketKey: `${of}-b`, tickets: 2, rule: 'per market' },
      {
        ticketKey: `${of}-c`,
        tickets: 3,
        because: { en: expect.stringContaining('joins service «payouts»') },
      },
    ]);
    const view = await show(id);
    expect(view.group).toMatchObject({
      ...{ rule: 'per market', tickets: 3, open: 3 },
      by: [
        { name: 'service', value: 'payouts' },
        { name: 'market', value: of },
      ],
      ...{ firstSeen: isoOf(START), lastSeen: isoOf(START + 18 * 60_000) },
    });
    expect(view.members.map(({ ticketKey, events, open }) => [ticketKey, events, open])).toEqual([
      [`${of}-a`, 1, true],
      [`${of}-b`, 1, true],
      [`${of}-c`, 1, true],
    ]);
  });

  it('makes one case of 60 tickets of the same instant that come to two instances by 20 ways', async () => {
    const of = newMarket();
    const other = await routingOn(database.url, undefined, [GROUPED]);
    const events = Array.from({ length: 60 }, () => payout(of, 0));
    await Promise.all(
      Array.from({ length: 20 }, async (_, way) => {
        for (let at = way; at < events.length; at += 20)
          await (way % 2 === 0 ? rig : other).triage(events.slice(at, at + 1));
      }),
    );
    await other.close();
    const { id, events: count } = only(await casesOf(of));
    expect([count, await reportsOf(id)]).toEqual([60, 60]);
    expect(await typesOf(id, 'pages')).toEqual(['PageRequested']);
    const view = await show(id);
    expect([view.group?.tickets, view.members.length]).toEqual([60, 60]);
    // Beyond the size of the rule tickets are counted; the timeline does not name each.
    expect((await typesOf(id, 'cases')).filter((type) => type === 'TicketJoined')).toHaveLength(2);
    expect(await told(id, 'GroupFull')).toHaveLength(1);
  });

  it('makes the same cases of every order and batching of the same events', async () => {
    const plan = [
      ...([0, 5, 12, 40, 47, 100] as const).map((minute, n) => ({ ticket: `t${n}`, minute })),
      ...[
        { ticket: 't0', minute: 3 },
        { ticket: 't5', minute: 108 },
        { ticket: 't6', minute: 116 },
      ],
    ];
    const partitions = new Set<string>();
    const order = fc.shuffledSubarray(
      plan.map((_, n) => n),
      { minLength: plan.length },
    );
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: plan.length }), async (positions, size) => {
        const of = newMarket();
        const events = positions.flatMap((n) => {
          const planned = plan[n];
          if (planned === undefined) return [];
          const version = { by: 'sender', at: planned.minute, tie: '' } as const;
          return [payout(of, planned.minute, { ticketKey: `${of}-${planned.ticket}`, version })];
        });
        for (let at = 0; at < events.length; at += size) await rig.triage(events.slice(at, at + size));
        const cases = (await casesOf(of)).filter(({ joined }) => joined === null);
        const members = await Promise.all(cases.map(async ({ id }) => (await show(id)).members));
        const named = members.map((list) => list.map(({ ticketKey }) => ticketKey.split('-')[1]).toSorted());
        partitions.add(JSON.stringify([named.toSorted(), cases.map(({ events: n }) => n).toSorted()]));
      }),
      { numRuns: 25 },
    );
    expect([...partitions]).toEqual([
      JSON.stringify([
        [
          ['t0', 't1', 't2'],
          ['t3', 't4'],
          ['t5', 't6'],
        ],
        [2, 3, 4],
      ]),
    ]);
  });

  it('raises the priority by what a ticket that joins says, and pages nobody again', async () => {
    const of = newMarket();
    await rig.triage([payout(of, 0, { severity: 'warning' })]);
    await rig.triage([payout(of, 1, { severity: 'critical' })]);
    const { id, priority } = only(await casesOf(of));
    expect([priority, await typesOf(id, 'pages')]).toEqual(['P1', ['PageRequested']]);
  });

  it('keeps restricted tickets and other keys apart', async () => {
    const of = newMarket();
    await rig.triage([
      payout(of, 0),
      payout(of, 0, { restricted: true }),
      payout(of, 0, { category: 'other' }),
    ]);
    expect(await casesOf(of)).toHaveLength(3);
  });

  it('resolves the case when the last of its tickets is over, and not before', async () => {
    const of = newMarket();
    const [a, b] = [`${of}-a`, `${of}-b`];
    await rig.triage([payout(of, 0, { ticketKey: a }), payout(of, 1, { ticketKey: b })]);
    const over = (ticketKey: string) => rig.triage([payout(of, 2, { ticketKey, type: 'ticket.resolved' })]);
    await over(a);
    await over(a);
    const { id, state } = only(await casesOf(of));
    expect([state, await told(id, 'TicketCleared')]).toEqual([
      'open',
      [expect.objectContaining({ ticketKey: a, open: 1, held: 'others-open' })],
    ]);
    await over(b);
    expect(only(await casesOf(of)).state).toBe('resolved');
  });

  it('opens a new case after the window, and reopens the resolved one within its time: same id, next epoch', async () => {
    const of = newMarket();
    const ticketKey = `${of}-a`;
    await rig.triage([payout(of, 0, { ticketKey })]);
    await rig.triage([payout(of, 1, { ticketKey, type: 'ticket.resolved' })]);
    await clock.advance('30m');
    await rig.triage([payout(of, 31, { ticketKey: `${of}-b` })]);
    const { id, state } = only(await casesOf(of));
    expect([state, await typesOf(id, 'pages')]).toEqual([
      'open',
      ['PageRequested', 'PagesStopped', 'PageRequested'],
    ]);
    expect(await told(id, 'CaseReopened')).toMatchObject([
      { because: { en: expect.stringContaining('it was resolved less than 1h ago') } },
    ]);
    // The second is past the window of what is open, and nothing is resolved.
    await rig.triage([payout(of, 60)]);
    expect((await casesOf(of)).map((found) => found.state)).toEqual(['open', 'open']);
  });

  it('opens a new case when the time to reopen has passed', async () => {
    const of = newMarket();
    const ticketKey = `${of}-a`;
    await rig.triage([payout(of, 0, { ticketKey }), payout(of, 1, { ticketKey, type: 'ticket.resolved' })]);
    await clock.advance('61m');
    await rig.triage([payout(of, 62, { ticketKey })]);
    expect((await casesOf(of)).map(({ state }) => state)).toEqual(['resolved', 'open']);
  });

  it('joins two paged cases that a late event brings together: the more urgent goes on, nobody is paged again', async () => {
    const of = newMarket();
    await rig.triage([payout(of, 0, { ticketKey: `${of}-a`, severity: 'warning' })]);
    await rig.triage([payout(of, 15, { ticketKey: `${of}-b` })]);
    await rig.triage([payout(of, 8, { ticketKey: `${of}-c`, severity: 'warning' })]);
    const [ended, goesOn] = await casesOf(of);
    if (ended === undefined || goesOn === undefined) throw new Error('not two cases');
    expect(ended).toMatchObject({ state: 'resolved', joined: goesOn.id });
    expect(goesOn).toMatchObject({ state: 'open', priority: 'P1', events: 3, joined: null });
    expect(await typesOf(goesOn.id, 'pages')).toEqual(['PageRequested']);
    expect(await typesOf(ended.id, 'pages')).toEqual(['PageRequested', 'PagesStopped']);
    expect(await told(goesOn.id, 'CaseJoined')).toMatchObject([{ tickets: 1, events: 1 }]);
    expect(await reportsOf(goesOn.id)).toBe(3);
    // What its tickets say goes on there.
    await rig.triage([payout(of, 16, { ticketKey: `${of}-a`, type: 'ticket.commented' })]);
    const view = await show(goesOn.id);
    expect([view.events, view.members.map(({ ticketKey, events }) => [ticketKey, events])]).toEqual([
      4,
      [
        [`${of}-a`, 2],
        [`${of}-c`, 1],
        [`${of}-b`, 1],
      ],
    ]);
    expect((await show(ended.id)).joinedInto).toBe(view.id);
    const reopened = await rig.routing.respondToCase.respond({
      ...{ tenant: 'default', caseId: BigInt(ended.id), act: 'reopen', by: 'ana', body: {} },
    });
    expect(reopened).toEqual({ ok: false, refused: { reason: 'joined', into: BigInt(goesOn.id) } });
  });

  it('lets the created decide when an update that says less has overtaken it', async () => {
    const of = newMarket();
    const ticketKey = `${of}-a`;
    await rig.triage([payout(of, 0)]);
    const version = { by: 'sender', at: 9, tie: '' } as const;
    const occurredAt = isoOf(START + 2 * 60_000);
    await rig.triage([ticketEvent({ ticketKey, type: 'ticket.updated', market: of, occurredAt, version })]);
    await rig.triage([payout(of, 1, { ticketKey, version: { by: 'sender', at: 1, tie: '' } })]);
    expect((await casesOf(of)).filter(({ joined }) => joined === null)).toMatchObject([{ events: 3 }]);
  });

  it('spends at most nine round trips on 100 new events', async () => {
    let trips = 0;
    const events = Array.from({ length: 100 }, (_, n) => ({ event: payout(`R${n % 7}`, 0) }));
    await rig.connections.transactions.run('hot', async (tx) => {
      const counting = {
        query: <Row>(statement: Parameters<typeof tx.query>[0]) => {
          trips += 1;
          return tx.query<Row>(statement);
        },
        afterCommit: (act: () => void) => tx.afterCommit(act),
      };
      await rig.routing.triageEvent.triage(counting, events);
    });
    expect(trips).toBeLessThanOrEqual(9);
  });

  it('leaves nothing behind when it dies between the locks of keys and of cases', async () => {
    const of = newMarket();
    let dead = false;
    const crashing = await routingOn(
      database.url,
      (name) => {
        if (name !== 'router.after_groups' || dead) return;
        dead = true;
        throw new Error('killed');
      },
      [GROUPED],
    );
    const events = [payout(of, 0), payout(of, 1)];
    await expect(crashing.triage(events)).rejects.toThrow('killed');
    expect(await casesOf(of)).toEqual([]);
    await crashing.triage(events);
    await crashing.triage(events);
    await crashing.close();
    expect(only(await casesOf(of)).events).toBe(2);
  });
});

describe('flapping', () => {
  let second = 0;
  beforeEach(() => {
    second = 0;
  });
  /** An alert of a host, each a minute after the other. */
  const alert = async (of: string, type: TicketEvent['type'], ticketKey = of): Promise<void> => {
    second += 60;
    await clock.advance('60s');
    await rig.triage([
      ticketEvent({
        ...{ kind: 'alert', type, ticketKey, market: of, attributes: { host: of } },
        occurredAt: isoOf(START + second * 1000),
      }),
    ]);
  };

  it('holds the case open, pages no more, shows it, and ends with the calm: resolved when all is clear', async () => {
    const of = newMarket();
    for (const type of ['alert.raised', 'alert.cleared', 'alert.raised'] as const) await alert(of, type);
    const { id } = only(await casesOf(of));
    const pages = await typesOf(id, 'pages');
    expect(pages).toEqual(['PageRequested', 'PagesStopped', 'PageRequested']);
    for (const type of ['alert.cleared', 'alert.raised', 'alert.cleared'] as const) await alert(of, type);
    expect(only(await casesOf(of)).state).toBe('open');
    expect(await typesOf(id, 'pages')).toEqual(pages);
    expect(await told(id, 'TicketCleared')).toMatchObject([{ held: 'flapping' }, { held: 'flapping' }]);
    expect(await told(id, 'FlapStarted')).toMatchObject([
      { because: { 'zh-CN': '抖动：10m 内变化 3 次；案例保持打开且不再呼叫，直到 15m 内无变化' } },
    ]);
    expect((await show(id)).group?.flapping).toMatchObject({
      ...{ since: isoOf(START + 3 * 60_000), calmAt: isoOf(START + 21 * 60_000) },
      because: { en: expect.stringContaining('3 changes within 10m') },
    });
    await clock.advance('899s');
    await rig.routing.endFlaps.end();
    expect((await show(id)).group?.flapping).toBeDefined();
    await clock.advance('1s');
    await rig.routing.endFlaps.end();
    await rig.routing.endFlaps.end();
    expect(only(await casesOf(of)).state).toBe('resolved');
    expect((await show(id)).group?.flapping).toBeUndefined();
    expect((await typesOf(id, 'cases')).filter((type) => type === 'FlapEnded')).toHaveLength(1);
  });

  it('ends with the calm and stays open when something is still wrong', async () => {
    const of = newMarket();
    for (const type of ['alert.raised', 'alert.cleared', 'alert.raised'] as const) await alert(of, type);
    await clock.advance('15m');
    await rig.routing.endFlaps.end();
    const { id, state } = only(await casesOf(of));
    expect([state, await told(id, 'FlapEnded')]).toEqual([
      'open',
      [
        expect.objectContaining({
          because: expect.objectContaining({ en: 'quiet for 15m: no longer flapping' }),
        }),
      ],
    ]);
  });

  it('is of the case: alerts that come and go while another stays are no changes', async () => {
    const of = newMarket();
    await alert(of, 'alert.raised', `${of}-stays`);
    for (let n = 0; n < 4; n++) {
      await alert(of, 'alert.raised', `${of}-goes`);
      await alert(of, 'alert.cleared', `${of}-goes`);
    }
    const { id } = only(await casesOf(of));
    expect((await show(id)).group?.flapping).toBeUndefined();
    expect(await typesOf(id, 'pages')).toEqual(['PageRequested']);
  });

  it('a person ends it by resolving the case; what is cleared afterwards does not count as open', async () => {
    const of = newMarket();
    for (const type of ['alert.raised', 'alert.cleared', 'alert.raised'] as const) await alert(of, type);
    const { id } = only(await casesOf(of));
    await rig.routing.respondToCase.respond({
      ...{ tenant: 'default', caseId: BigInt(id), act: 'resolve', by: 'ana', body: {} },
    });
    await alert(of, 'alert.cleared');
    expect((await show(id)).group?.open).toBe(0);
    await clock.advance('20m');
    await rig.routing.endFlaps.end();
    expect(await told(id, 'FlapEnded')).toMatchObject([
      { because: { en: expect.stringContaining('resolved') } },
    ]);
    expect(only(await casesOf(of)).state).toBe('resolved');
  });
});
