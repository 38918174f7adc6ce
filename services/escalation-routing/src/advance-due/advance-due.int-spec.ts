import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FakeClock, type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { makeLogger } from '@tocsin/runtime';
import { routingOn, type RoutingRig, ticketEvent } from '../routing.rig.js';
import { AdvanceDueLoop } from './advance-due.loop.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  await rig.query('DELETE FROM escalation_routing.escalation');
  await rig.query('DELETE FROM escalation_routing.outbox');
  await clock.stop('2026-11-02T04:00:00Z');
});

const pages = (): Promise<{ person: string; step: number; round: number; due: string }[]> =>
  rig.query(
    `SELECT p->>'person' AS person, (p->>'step')::int AS step, (p->>'round')::int AS round, p->>'dueAt' AS due
      FROM (SELECT payload::json AS p, batch, n FROM escalation_routing.outbox WHERE type = 'PageRequested') o ORDER BY batch, n`,
  );

async function open(count: number, severity = 'critical'): Promise<void> {
  for (let left = count; left > 0; left -= 200)
    await rig.triage(Array.from({ length: Math.min(200, left) }, () => ticketEvent({ severity })));
}

describe('advancing what is due', () => {
  it('walks the ladder at its times: the next step, a second round, the fallback, and never early', async () => {
    await open(1);
    for (const wait of ['119s', '1s', '180s', '120s', '180s']) {
      await clock.advance(wait);
      await rig.routing.advanceDue.advance();
    }
    const seen = (await pages()).map(({ person, step, round, due }) => [
      person,
      step,
      round,
      due.slice(14, 19),
    ]);
    expect(seen).toEqual([
      ['ana', 0, 1, '00:00'],
      ['bo', 1, 1, '02:00'],
      ['ana', 0, 2, '05:00'],
      ['bo', 1, 2, '07:00'],
      ['dee', 2, 2, '10:00'],
    ]);
    expect(await rig.routing.advanceDue.untilNext()).toBe(15 * 60_000);
  });

  it('advances each of 2,000 that are due at once exactly once, by two instances, the urgent first', async () => {
    await open(1800, 'warning');
    await open(200, 'critical');
    await clock.advance('120s');
    const other = await routingOn(database.url);
    await clock.stop('2026-11-02T04:02:00Z');
    const first = await rig.routing.advanceDue.advance();
    const lanes = await rig.query<{ lane: string }>(
      `SELECT DISTINCT lane FROM escalation_routing.outbox WHERE type = 'PageRequested' AND payload::json->>'step' = '1'`,
    );
    expect([first, lanes]).toEqual([200, [{ lane: 'hot' }]]);
    const drain = async ({ routing }: RoutingRig): Promise<void> => {
      while ((await routing.advanceDue.advance()) > 0);
    };
    await Promise.all([drain(rig), drain(other)]);
    await other.close();
    const second = (await pages()).filter(({ step }) => step === 1);
    expect(second).toHaveLength(2000);
  });

  it('gives up none of the others for one that cannot be advanced', async () => {
    await open(3);
    await clock.advance('120s');
    await rig.query(
      `INSERT INTO escalation_routing.step_plan SELECT case_id, 1, 1, 1 FROM escalation_routing.escalation LIMIT 1`,
    );
    await expect(rig.routing.advanceDue.advance()).rejects.toThrow(/step_plan/);
    await rig.routing.advanceDue.advanceSingly();
    expect((await pages()).filter(({ step }) => step === 1)).toHaveLength(2);
    expect(await rig.routing.advanceDue.untilNext()).toBe(30_000);
  });

  it('is done by the loop within its time, and by a loop that sleeps', async () => {
    await open(1);
    const loop = new AdvanceDueLoop(rig.routing.advanceDue, rig.routing.wake, makeLogger('silent'));
    await loop.start();
    await clock.advance('120s');
    await until(async () => (await pages()).length === 2, {
      within: '2s',
      for: 'the page of the second step',
    });
    await loop.stop();
  });
});

describe('auditing', () => {
  it('gives a running escalation without a wake-up its own again (L3)', async () => {
    await open(1);
    await rig.query('UPDATE escalation_routing.escalation SET wake_at = NULL');
    expect((await rig.routing.auditEscalations.audit()).repaired).toHaveLength(1);
    await rig.routing.advanceDue.advance();
    expect(await pages()).toHaveLength(1);
    expect(await rig.routing.advanceDue.untilNext()).toBe(120_000);
  });

  it('counts what is due for more than ten seconds', async () => {
    await open(1);
    await clock.advance('140s');
    expect(await rig.routing.auditEscalations.audit()).toMatchObject({
      unclaimed: 1,
      oldestDue: 20,
      repaired: [],
    });
  });
});
