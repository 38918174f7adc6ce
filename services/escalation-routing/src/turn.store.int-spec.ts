import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CaseEvent, ConfigTree } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { routingOn, type RoutingRig, ticketEvent, TREE } from './routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const ROUND: ConfigTree = {
  ...TREE,
  people: {
    ...TREE.people,
    bo: { name: 'Bo', timeZone: 'Asia/Singapore', speaks: ['zh-CN'], contact: { desk: { sandbox: true } } },
  },
  teams: { pay: { members: ['ana', 'bo', 'dee'], ladder: { tier2: 'person bo' } } },
  policies: {
    'live-pay': {
      steps: [{ name: 'on-call', page: 'schedule primary', wait: '120s' }],
      fallback: { page: 'person dee' },
      'round-robin': { step: 'on-call', of: 'team pay', prefer: ['language', 'load'] },
    },
  },
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [ROUND]);
  clock = await FakeClock.install(database);
  await clock.stop('2026-11-02T04:00:00Z');
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['escalation', 'case_record', 'outbox', 'policy_turn'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
});

async function picks(): Promise<{ person: string; inTurn: { turn: number; loads: object } }[]> {
  const rows = await rig.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE type = 'StepStarted' ORDER BY batch, n`,
  );
  return rows
    .map(({ payload }) => (JSON.parse(payload) as CaseEvent).facts)
    .map(({ persons, inTurn }) => ({
      person: (persons as { person: string }[]).map((p) => p.person).join(' '),
      inTurn: inTurn as { turn: number; loads: object },
    }));
}

const people = async (): Promise<string[]> => (await picks()).map(({ person }) => person);

describe('a policy that goes round', () => {
  it('pages one after the other within a batch and from batch to batch, over a restart', async () => {
    await rig.triage([ticketEvent(), ticketEvent()]);
    const restarted = await routingOn(database.url, undefined, [ROUND]);
    await restarted.triage([ticketEvent(), ticketEvent()]);
    await restarted.close();
    expect(await people()).toEqual(['ana', 'bo', 'dee', 'ana']);
    expect(await rig.query('SELECT policy, turn::int FROM escalation_routing.policy_turn')).toEqual([
      { policy: 'live-pay', turn: 4 },
    ]);
  });

  it('prefers who speaks the language, then who has the least on their hands, and logs turn and loads', async () => {
    await rig.triage([ticketEvent()]);
    const [row] = await rig.query<{ id: string }>('SELECT id::text FROM escalation_routing.case_record');
    const caseId = BigInt(row?.id ?? 0);
    await rig.routing.respondToCase.respond({
      tenant: 'default',
      caseId,
      act: 'acknowledge',
      by: 'bo',
      body: {},
    });
    await rig.triage([ticketEvent(), ticketEvent({ language: 'zh-CN' })]);
    expect(await people()).toEqual(['ana', 'dee', 'bo']);
    expect((await picks())[1]?.inTurn).toMatchObject({ turn: 1, loads: { ana: 0, bo: 1, dee: 0 } });
  });

  it('counts every turn that is taken at once', async () => {
    const batches = Array.from({ length: 8 }, () => [ticketEvent(), ticketEvent(), ticketEvent()]);
    await Promise.all(batches.map((batch) => rig.triage(batch)));
    expect(await rig.query('SELECT turn::int FROM escalation_routing.policy_turn')).toEqual([{ turn: 24 }]);
    expect(new Set(await people())).toEqual(new Set(['ana', 'bo', 'dee']));
  });
});
