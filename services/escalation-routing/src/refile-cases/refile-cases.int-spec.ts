import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ConfigTree } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { type RoutingRig, routingOn, ticketEvent, TREE } from '../routing.rig.js';
import { viewOf } from '../case-view.js';
import { CaseListStore } from '../show-cases/case-list.store.js';

jest.setTimeout(30_000);

const label = { en: 'Payout', 'zh-CN': '提现' };
const money = { en: 'Money', 'zh-CN': '资金' };
const SERVICES = { payouts: { team: 'pay', policy: 'live-pay' } };
const BEFORE: ConfigTree = { ...TREE, services: SERVICES, taxonomy: { 'live.payout': { label } } };
const AFTER: ConfigTree = {
  ...TREE,
  services: SERVICES,
  taxonomy: {
    'money.payout': { label: money, formerly: ['live.payout'] },
    'live.payout.bank': { label },
  },
};

const trees = [BEFORE];
let database: TestDatabase;
let clock: FakeClock;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, trees);
  clock = await FakeClock.install(database);
  await clock.stop('2026-11-02T04:00:00Z');
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function opened(category: string): Promise<bigint> {
  const event = ticketEvent({ severity: 'info', category });
  await rig.triage([event]);
  const [row] = await rig.query<{ id: string }>(
    'SELECT id::text FROM escalation_routing.case_record WHERE ticket_key = $1',
    [event.ticketKey],
  );
  return BigInt(row?.id ?? '0');
}
const resolve = (caseId: bigint) =>
  rig.routing.respondToCase.respond({ tenant: 'default', caseId, act: 'resolve', by: 'ana', body: {} });
async function shown(id: bigint) {
  const found = await new CaseListStore(rig.connections.transactions).find('default', id);
  if (found === undefined) throw new Error('no such case');
  const { category, decidedAs, categoryLabel } = viewOf(found);
  return { category, decidedAs, categoryLabel };
}
const told = async (id: bigint) =>
  (await rig.routing.timeline.read({ tenant: 'default', id })).filter(({ type }) => type === 'CaseRefiled');

describe('a category that gets another path', () => {
  it('takes cases along that are over, once, and says so; those that are open follow when they are', async () => {
    const [over, below, open, other, stays] = [
      await opened('live.payout'),
      await opened('live.payout.late'),
      await opened('live.payout'),
      await opened('live.payouts'),
      await opened('live.payout.bank'),
    ];
    for (const id of [over, below, other, stays]) await resolve(id);
    expect(await rig.routing.refileCases.refile()).toBe(0);
    trees.push(AFTER);
    expect(await rig.routing.refileCases.refile()).toBe(2);
    expect(await shown(over)).toEqual({
      ...{ category: 'money.payout', decidedAs: 'live.payout', categoryLabel: money },
    });
    expect(await shown(below)).toMatchObject({
      category: 'money.payout.late',
      decidedAs: 'live.payout.late',
    });
    expect(await shown(open)).toMatchObject({ category: 'live.payout', categoryLabel: label });
    expect(await shown(other)).toMatchObject({ category: 'live.payouts' });
    expect((await told(over)).map(({ facts }) => facts)).toEqual([
      { from: 'live.payout', to: 'money.payout', revision: 2 },
    ]);

    await resolve(open);
    expect(await rig.routing.refileCases.refile()).toBe(0);
    await clock.advance('11m');
    expect(await rig.routing.refileCases.refile()).toBe(1);
    expect(await shown(open)).toMatchObject({ category: 'money.payout', decidedAs: 'live.payout' });
    expect([await told(over), await told(other), await told(stays)].map(({ length }) => length)).toEqual([
      1, 0, 0,
    ]);
    expect(await rig.routing.filed.list(rig.routing.reads, 'default')).toMatchObject([
      { revision: 2, from: 'live.payout', to: 'money.payout', cases: 2 },
      { revision: 2, from: 'live.payout.late', to: 'money.payout.late', cases: 1 },
    ]);
  });
});
