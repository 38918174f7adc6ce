import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ConfigTree, instantOf, type MonitoredRulesView } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { type RoutingRig, routingOn, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const because = { en: 'for a test', 'zh-CN': '测试' };
const WATCHED: ConfigTree = {
  ...TREE,
  services: { ...TREE.services, other: { team: 'pay', policy: 'live-pay' } },
  priority: {
    rules: [{ name: 'many', when: 'event.affected >= 500', set: 'P1', because, mode: 'monitor' }],
  },
  routing: [{ when: 'event.market == "SG"', to: 'service other', mode: 'monitor' }],
  grouping: [
    {
      name: 'by market',
      when: 'event.market != ""',
      by: ['market'],
      window: { session: '1h' },
      mode: 'monitor',
    },
  ],
  sla: [
    {
      ...{ name: 'quick', when: 'case.market == "SG"', calendar: '24x7', mode: 'monitor' },
      targets: { acknowledge: { P3: '5m' } },
    },
  ],
  maintenance: [
    {
      ...{ name: 'move', markets: ['SG'], on: '2026-12-05', from: '00:00', for: '2h', timeZone: 'UTC' },
      mode: 'monitor',
    },
  ],
};

let database: TestDatabase;
let clock: FakeClock;
let trees: ConfigTree[];
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  await (await routingOn(database.url)).close();
  clock = await FakeClock.install(database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  trees = [WATCHED];
  await database.query('TRUNCATE escalation_routing.watched_case, escalation_routing.watched_rule');
  await clock.stop('2026-12-05T00:30:00Z');
  rig = await routingOn(database.url, undefined, trees);
});
afterEach(() => rig.close());

async function report(rule?: string): Promise<MonitoredRulesView['rules']> {
  const found = await rig.routing.reportWatched.report('default', rule, instantOf('2026-12-01T00:00:00Z'));
  return found?.rules ?? [];
}

const warning = { severity: 'warning', category: 'live.payout' };

describe('rules that only watch', () => {
  it('leave everything as it is and say what they would have made of it', async () => {
    await rig.routing.rememberWatched.look();
    await rig.triage([
      ticketEvent({ ...warning, ticketKey: 'W-1', market: 'SG', affected: 900 }),
      ticketEvent({ ...warning, ticketKey: 'W-2', market: 'SG' }),
      ticketEvent({ ...warning, ticketKey: 'W-3' }),
    ]);
    const cases = await rig.query(
      `SELECT priority, service, grouping IS NULL AS alone, e.status FROM escalation_routing.case_record c
        JOIN escalation_routing.escalation e ON e.case_id = c.id WHERE ticket_key LIKE 'W-%' ORDER BY ticket_key`,
    );
    const real = { priority: 'P3', service: 'payouts', alone: true, status: 'running' };
    expect(cases).toEqual([real, real, real]);
    const rules = await report();
    expect(
      rules.map(({ kind, name, matched, differed, changes, pagesHeld }) => [
        ...[kind, name, matched, differed],
        changes.map((change) => `${change.real} → ${change.would}: ${change.cases}`),
        pagesHeld,
      ]),
    ).toEqual([
      ['priority', 'many', 1, 1, ['P3 → P1: 1'], undefined],
      ['routing', 'event.market == "SG"', 2, 2, ['payouts → other: 2'], undefined],
      ['grouping', 'by market', 2, 2, [' → by market: market=SG: 2'], undefined],
      ['sla', 'quick', 2, 2, [' → quick: 2'], undefined],
      ['maintenance', 'move', 2, 2, ['paged → hushed: 2'], 2],
    ]);
    expect(rules[0]).toMatchObject({
      ...{ since: '2026-12-05T00:30:00.000Z', live: { pointer: '/priority/rules/0', line: 'mode: live' } },
      examples: [{ real: 'P3', would: 'P1', revision: 1, at: '2026-12-05T00:30:00.000Z' }],
    });
  });

  it('count a case once, however often it is decided about', async () => {
    const said = { ...warning, ticketKey: 'X-1' };
    await rig.triage([ticketEvent(said)]);
    expect((await report('many')).map(({ matched }) => matched)).toEqual([0]);
    await rig.triage([ticketEvent({ ...said, type: 'ticket.updated', affected: 600 })]);
    await rig.triage([ticketEvent({ ...said, type: 'ticket.updated', affected: 700 })]);
    expect(await report('many')).toMatchObject([
      { matched: 1, differed: 1, changes: [{ real: 'P3', would: 'P1', cases: 1 }] },
    ]);
  });

  it('that agree with what is decided match without a difference', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'Y-1', category: 'live.payout', affected: 900 })]);
    expect(await report('many')).toMatchObject([{ matched: 1, differed: 0, changes: [], examples: [] }]);
  });

  it('are forgotten when they are written otherwise, and remembered while they are not', async () => {
    await rig.routing.rememberWatched.look();
    await rig.triage([ticketEvent({ ...warning, ticketKey: 'Z-1', market: 'SG', affected: 900 })]);
    const [rule] = WATCHED.priority?.rules ?? [];
    if (rule === undefined) throw new Error('no rule');
    trees.push({ ...WATCHED, priority: { rules: [{ ...rule, when: 'event.affected >= 400' }] } });
    await clock.stop('2026-12-05T00:40:00Z');
    await rig.routing.rememberWatched.look();
    const rules = await report();
    expect(rules.map(({ name, matched, since }) => [name, matched, since])).toEqual([
      ['many', 0, '2026-12-05T00:40:00.000Z'],
      ['event.market == "SG"', 1, '2026-12-05T00:30:00.000Z'],
      ['by market', 1, '2026-12-05T00:30:00.000Z'],
      ['quick', 1, '2026-12-05T00:30:00.000Z'],
      ['move', 1, '2026-12-05T00:30:00.000Z'],
    ]);
  });

  it('that are live are none', async () => {
    trees.push(TREE);
    expect(await report()).toEqual([]);
    expect(await rig.routing.reportWatched.report('default', 'many', undefined)).toBeUndefined();
  });
});
