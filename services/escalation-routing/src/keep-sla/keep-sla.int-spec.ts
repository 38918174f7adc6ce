import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, Config, type ConfigTree, type TicketEvent } from '@tocsin/contracts';
import { recomputeDue, slaTerms } from '@tocsin/rules';
import { makeLogger } from '@tocsin/runtime';
import { FakeClock, type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { AdvanceDueLoop } from '../advance-due/advance-due.loop.js';
import { caseOf, CASE_COLUMNS, type CaseRow } from '../case-row.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import { SLA_TIMERS } from './advance-sla.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** Story 5: four business hours for the first response to a P2, with a holiday on Wednesday. */
const STORY: ConfigTree = {
  ...TREE,
  sources: {
    demo: {
      kind: 'generic',
      severity: { critical: 'P1', high: 'P2', warning: 'P3', info: 'P5' },
      service: 'payouts',
    },
  },
  calendars: {
    'sg-business': {
      timeZone: 'Asia/Singapore',
      hours: { 'Mon-Fri': '09:00-18:00' },
      holidays: ['2026-11-04'],
    },
  },
  sla: [
    {
      name: 'creators, business',
      when: 'case.party == "creator" && case.service == "payouts"',
      calendar: 'sg-business',
      targets: {
        acknowledge: { P2: '30m' },
        'first-response': { P1: '15m', P2: '4h' },
        resolve: { P2: '2d' },
      },
      'pause-in': ['waiting-for-customer'],
      'on-breach': 'escalate',
    },
    {
      name: 'round the clock',
      when: 'case.priority in ["P1", "P2", "P5"]',
      calendar: '24x7',
      targets: { acknowledge: { P1: '5m', P5: '5m' } },
      'on-breach': 'escalate',
    },
  ],
};
const TERMS = slaTerms(Config.parse(STORY), 'creators, business');

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [STORY]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['escalation', 'outbox', 'sla_clock', 'case_record', 'ticket'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
});

const sg = (time: string): Promise<void> => clock.stop(`2026-11-${time}+08:00`);

const CREATOR = { severity: 'high', requester: { segment: 'creator' } } as const;

const timeline = async (): Promise<CaseEvent[]> => {
  const rows = await rig.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE topic = 'cases' ORDER BY batch, n`,
  );
  return rows.map(({ payload }) => JSON.parse(payload) as CaseEvent);
};
const told = async (type: string): Promise<CaseEvent[]> =>
  (await timeline()).filter((row) => row.type === type);

const theCase = async () => {
  const [row] = await rig.query<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM escalation_routing.case_record c JOIN escalation_routing.escalation e ON e.case_id = c.id`,
  );
  if (row === undefined) throw new Error('no case');
  return caseOf(row);
};
const clocks = async () => rig.routing.showSla.viewsOf(await theCase());
const firstResponse = async () => (await clocks()).find(({ kind }) => kind === 'first-response');

async function openStory(more: Partial<TicketEvent> = {}): Promise<TicketEvent> {
  await sg('03T16:30:00');
  const opened = ticketEvent({ ...CREATOR, ...more });
  await rig.triage([opened]);
  return opened;
}

const says = (ticketKey: string, more: Partial<TicketEvent>): Promise<void> =>
  rig.triage([ticketEvent({ ...CREATOR, ticketKey, type: 'ticket.commented', ...more })]);

const act = async (kind: 'acknowledge' | 'resolve' | 'reopen', by: string): Promise<unknown> =>
  rig.routing.respondToCase.respond({
    tenant: 'default',
    caseId: (await theCase()).id,
    act: kind,
    by,
    body: {},
  });

describe('a case under an SLA', () => {
  it('gets the clocks of the first policy that matches, pinned, and shows when they are due', async () => {
    await openStory();
    expect(await clocks()).toMatchObject([
      { kind: 'acknowledge', policy: 'creators, business', revision: 1, state: 'running', target: 1800 },
      { kind: 'first-response', dueAt: '2026-11-05T03:30:00.000Z', atRiskAt: '2026-11-05T02:42:00.000Z' },
      { kind: 'resolve', target: 18 * 3600, dueAt: '2026-11-06T08:30:00.000Z', pauses: [] },
    ]);
    expect(await told('SlaStarted')).toMatchObject([
      {
        facts: {
          clocks: ['acknowledge', 'first-response', 'resolve'],
          policy: 'creators, business',
          priority: 'P2',
        },
      },
    ]);
  });

  it('tells risk and breach at their instants, once, and the breach pages the next step', async () => {
    await openStory();
    await act('acknowledge', 'ana');
    await sg('05T10:41:59.999');
    expect(await rig.routing.advanceSla.advance()).toBe(0);
    expect(await rig.routing.advanceSla.untilNext()).toBe(1);
    await sg('05T10:42:00');
    expect(await rig.routing.advanceSla.advance()).toBe(1);
    await sg('05T11:29:59.999');
    expect(await rig.routing.advanceSla.advance()).toBe(0);
    await sg('05T11:30:00');
    expect(await rig.routing.advanceSla.advance()).toBe(1);
    expect(await rig.routing.advanceSla.advance()).toBe(0);
    expect(await told('SlaAtRisk')).toMatchObject([{ at: '2026-11-05T02:42:00.000Z' }]);
    expect(await told('SlaBreached')).toMatchObject([
      {
        at: '2026-11-05T03:30:00.000Z',
        by: 'tocsin',
        facts: { clocks: ['first-response'], because: { en: expect.stringContaining('2026-11-05T03:30') } },
      },
    ]);
    const last = (await timeline()).slice(-3).map(({ type, by, facts }) => [type, by, facts['sla']]);
    expect(last).toMatchObject([
      ['SlaBreached', 'tocsin', undefined],
      ['CaseEscalated', 'tocsin', 'first-response'],
      ['StepStarted', 'tocsin', 'first-response'],
    ]);
  });

  it('stands still while it waits for the customer, whose reply moves it to 11:02 and 11:50', async () => {
    const { ticketKey } = await openStory();
    await act('acknowledge', 'ana');
    await sg('05T10:00:00');
    await says(ticketKey, {
      id: 'evt_wait',
      type: 'ticket.updated',
      status: 'waiting-for-customer',
      author: { role: 'agent', name: 'Bo' },
    });
    expect(await firstResponse()).toMatchObject({ state: 'paused', pausedSince: '2026-11-05T02:00:00.000Z' });
    await sg('05T10:20:00');
    await says(ticketKey, { id: 'evt_reply', author: { role: 'customer', name: 'Mei' } });
    expect(await firstResponse()).toMatchObject({
      state: 'running',
      atRiskAt: '2026-11-05T03:02:00.000Z',
      dueAt: '2026-11-05T03:50:00.000Z',
      pauses: [{ by: 'Bo', eventId: 'evt_wait', endedBy: 'Mei', endedByEventId: 'evt_reply', doubts: [] }],
    });
    expect(await told('SlaPaused')).toMatchObject([
      { by: 'Bo', facts: { clocks: ['first-response', 'resolve'] } },
    ]);
    for (const kind of ['first-response', 'resolve'] as const) {
      const shown = (await clocks()).find((each) => each.kind === kind)?.dueAt;
      if (TERMS === undefined || shown === undefined) throw new Error('no due time');
      expect(recomputeDue(await timeline(), kind, TERMS)).toBe(Date.parse(shown));
    }
  });

  it('is told to the second by the loop, also by one that starts after the instant', async () => {
    await openStory();
    await act('acknowledge', 'ana');
    const log = makeLogger('silent');
    const loop = new AdvanceDueLoop(rig.routing.advanceSla, rig.routing.slaWake, log, SLA_TIMERS);
    await loop.start();
    await sg('05T10:42:00');
    await until(async () => (await told('SlaAtRisk')).length === 1, { within: '2s', for: 'the risk' });
    await loop.stop();
    await sg('05T11:30:00');
    const restarted = new AdvanceDueLoop(rig.routing.advanceSla, rig.routing.slaWake, log, SLA_TIMERS);
    await restarted.start();
    await until(async () => (await told('SlaBreached')).length === 1, { within: '2s', for: 'the breach' });
    await restarted.stop();
  });

  it('is told once by two instances', async () => {
    await sg('03T16:30:00');
    await rig.triage(Array.from({ length: 150 }, () => ticketEvent(CREATOR)));
    const other = await routingOn(database.url, undefined, [STORY]);
    await sg('05T18:00:00');
    const drain = async ({ routing }: RoutingRig): Promise<void> => {
      while (((await routing.advanceSla.untilNext()) ?? 1) <= 0) await routing.advanceSla.advance();
    };
    await Promise.all([drain(rig), drain(other)]);
    await other.close();
    expect(await told('SlaAtRisk')).toHaveLength(300);
    expect(await told('SlaBreached')).toHaveLength(300);
  });

  it('ends its clocks with the answer, the response and the resolution, and runs on when reopened', async () => {
    const { ticketKey } = await openStory();
    await act('acknowledge', 'ana');
    await says(ticketKey, { author: { role: 'agent', internal: true } });
    await says(ticketKey, {});
    expect((await clocks()).map(({ state }) => state)).toEqual(['met', 'running', 'running']);
    await says(ticketKey, { author: { role: 'agent' } });
    await act('resolve', 'ana');
    expect((await clocks()).map(({ state }) => state)).toEqual(['met', 'met', 'met']);
    expect(await rig.routing.advanceSla.untilNext()).toBeUndefined();
    await sg('03T17:30:00');
    await act('reopen', 'bo');
    const reopened = (await clocks()).find(({ kind }) => kind === 'resolve');
    expect(reopened).toMatchObject({
      state: 'running',
      dueAt: '2026-11-06T09:30:00.000Z',
      pauses: [{ status: 'solved', by: 'ana', endedBy: 'bo' }],
    });
  });

  it('takes the target of a raised priority at once', async () => {
    const { ticketKey } = await openStory();
    await sg('03T16:50:00');
    await says(ticketKey, { type: 'ticket.updated', severity: 'critical' });
    expect(await told('SlaBreached')).toMatchObject([
      { facts: { clocks: ['first-response'], dueAt: '2026-11-03T08:45:00.000Z' } },
    ]);
  });

  it('says why a breach could not page', async () => {
    await sg('03T16:30:00');
    await rig.triage([ticketEvent({ severity: 'info', service: 'unknown' })]);
    await rig.query(`UPDATE escalation_routing.case_record SET service = NULL`);
    await sg('03T16:35:00');
    await rig.routing.advanceSla.advance();
    expect((await told('EscalationNotStarted')).at(-1)?.facts).toEqual({
      clocks: ['acknowledge'],
      reason: 'no-policy',
    });
    expect((await theCase()).escalation.status).toBe('none');
  });

  it.each([
    ["state = '{'", /JSON/],
    ["policy = 'gone'", /no policy/],
  ])('puts off one case that cannot be advanced (%s) and goes on with the others', async (fault, error) => {
    await sg('03T16:30:00');
    await rig.triage([ticketEvent(CREATOR), ticketEvent(CREATOR), ticketEvent(CREATOR)]);
    await sg('03T17:00:00');
    await rig.query(
      `UPDATE escalation_routing.sla_clock SET ${fault} WHERE case_id = (SELECT min(case_id) FROM escalation_routing.sla_clock)`,
    );
    await expect(rig.routing.advanceSla.advance()).rejects.toThrow(error);
    await rig.routing.advanceSla.advanceSingly();
    expect(await told('SlaBreached')).toHaveLength(2);
    expect(await rig.routing.advanceSla.untilNext()).toBe(30_000);
  });

  it('has no clocks where no policy matches', async () => {
    await sg('03T16:30:00');
    const opened = ticketEvent({ severity: 'warning' });
    await rig.triage([opened]);
    await says(opened.ticketKey, { requester: { segment: 'creator' } });
    expect(await clocks()).toEqual([]);
    expect(await told('SlaStarted')).toEqual([]);
  });
});
