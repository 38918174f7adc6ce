import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ConfigTree } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { viewOf } from '../case-view.js';
import type { RoutedCase } from '../routed-case.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import { CaseListStore } from '../show-cases/case-list.store.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** Payouts need the core; tickets say their service by their category. */
const DEPENDENT: ConfigTree = {
  ...TREE,
  services: {
    payouts: { team: 'pay', policy: 'live-pay', handles: ['live.payout'], 'depends-on': ['core'] },
    core: { team: 'pay', policy: 'live-pay', handles: ['core'], 'depends-on': ['db'] },
    db: { team: 'pay', policy: 'live-pay', handles: ['db'] },
  },
  taxonomy: {
    ...TREE.taxonomy,
    core: { label: { en: 'Core', 'zh-CN': '核心' } },
    db: { label: { en: 'Store', 'zh-CN': '存储' } },
  },
  sources: { demo: { kind: 'generic', severity: { critical: 'P1', high: 'P2', warning: 'P3', info: 'P5' } } },
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [DEPENDENT]);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  for (const table of ['escalation', 'case_record', 'outbox', 'ticket'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
  await clock.stop('2026-11-02T04:00:00Z');
});

const core = (ticketKey: string, more = {}) => ticketEvent({ ticketKey, category: 'core', ...more });
const payout = (ticketKey: string, more = {}) =>
  ticketEvent({ ticketKey, category: 'live.payout', severity: 'high', ...more });
const pages = async (): Promise<string[]> =>
  (
    await rig.query<{ paged: string }>(
      `SELECT concat_ws(' ', substr(p->>'dueAt', 12, 8), p->>'person', p->>'ticketKey') AS paged
       FROM (SELECT payload::json AS p, batch, n FROM escalation_routing.outbox WHERE type = 'PageRequested') o ORDER BY batch, n`,
    )
  ).map(({ paged }) => paged);
async function caseOf(ticketKey: string): Promise<RoutedCase> {
  const list = new CaseListStore(rig.connections.transactions);
  const [routed] = await list.list({ tenant: 'default', ticketKey }, undefined, 1);
  if (routed === undefined) throw new Error('no case');
  return routed;
}

async function at(time: string): Promise<void> {
  await clock.stop(`2026-11-02T${time}Z`);
  await rig.routing.advanceDue.advance();
}

describe('a case whose service depends on one that has an open case', () => {
  it('is quiet, linked to its parent and counted there, and pages at once when that closes', async () => {
    await rig.triage([core('DB')]);
    await rig.triage([payout('A'), payout('B')]);
    const parent = await caseOf('DB');
    const child = await caseOf('A');
    expect(viewOf(child).escalation).toMatchObject({
      state: 'suppressed',
      suppressed: { by: { kind: 'parent', name: 'core', id: viewOf(parent).id } },
    });
    expect(await new CaseListStore(rig.connections.transactions).countSuppressedBy(parent.id)).toBe(2);
    const children = await new CaseListStore(rig.connections.transactions).list(
      { tenant: 'default', suppressedBy: viewOf(parent).id },
      undefined,
      10,
    );
    expect(children.map(({ ticketKey }) => ticketKey).toSorted()).toEqual(['A', 'B']);
    await rig.triage([payout('B', { type: 'ticket.resolved' })]);
    await clock.stop('2026-11-02T04:01:00Z');
    await rig.triage([core('DB', { type: 'ticket.resolved' })]);
    expect(await rig.routing.advanceDue.untilNext()).toBeLessThanOrEqual(0);
    await at('04:01:00');
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:01:00 ana A']);
  });

  it('that was paged before keeps its pages, and its next step waits for the parent', async () => {
    await rig.triage([payout('A')]);
    await clock.stop('2026-11-02T04:01:00Z');
    await rig.triage([core('DB')]);
    await at('04:02:00');
    expect(await pages()).toEqual(['04:00:00 ana A', '04:01:00 ana DB']);
    expect((await caseOf('A')).escalation.status).toBe('suppressed');
  });

  it('goes from one parent to the next along what it needs, and pages once when none is left', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'DB', category: 'db' })]);
    await rig.triage([core('CORE', { severity: 'high' })]);
    await rig.triage([payout('A')]);
    expect((await caseOf('A')).escalation).toMatchObject({ by: { name: 'db' } });
    await clock.stop('2026-11-02T04:01:00Z');
    await rig.triage([ticketEvent({ ticketKey: 'DB', category: 'db', type: 'ticket.resolved' })]);
    await at('04:01:00');
    expect((await caseOf('A')).escalation).toMatchObject({ status: 'suppressed', by: { name: 'core' } });
    await rig.triage([core('CORE', { type: 'ticket.resolved' })]);
    await at('04:01:00');
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:01:00 ana CORE', '04:01:00 ana A']);
  });

  it('pages all the same where it is P1, at once when it becomes one', async () => {
    await rig.triage([core('DB')]);
    await rig.triage([payout('A', { severity: 'critical' }), payout('B')]);
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:00:00 ana A']);
    await rig.triage([payout('B', { type: 'ticket.updated', severity: 'critical' })]);
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:00:00 ana A', '04:00:00 ana B']);
  });

  it('is looked at again after a quarter of an hour, and tells nothing where nothing has changed', async () => {
    await rig.triage([core('DB')]);
    await rig.triage([payout('A')]);
    await at('04:15:00');
    const [told] = await rig.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM escalation_routing.outbox WHERE type = 'EscalationSuppressed'",
    );
    expect(told?.count).toBe(1);
    expect((await caseOf('A')).escalation).toMatchObject({ wakeAt: Date.parse('2026-11-02T04:30:00Z') });
  });

  it('pages at once when a person makes its parent less urgent than it is', async () => {
    await rig.triage([core('DB', { severity: 'high' })]);
    await rig.triage([payout('A')]);
    const { id } = await caseOf('DB');
    await clock.stop('2026-11-02T04:01:00Z');
    const pin = { priority: 'P3', reason: 'one cell only' } as const;
    await rig.routing.pinPriority.pin({ tenant: 'default', caseId: id, by: 'ana', pin });
    await at('04:01:00');
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:01:00 ana A']);
  });

  it('is loud where the parent is less urgent, or pages nobody', async () => {
    await rig.triage([core('DB', { severity: 'warning' }), core('DB2', { severity: 'info' })]);
    await rig.triage([payout('A')]);
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:00:00 ana A']);
  });

  it('that is being made quiet while its parent closes is looked at again at once', async () => {
    await rig.triage([core('DB')]);
    let closing: Promise<unknown> = Promise.resolve();
    await rig.connections.transactions.run('hot', async (tx) => {
      await rig.routing.triageEvent.triage(tx, [{ event: payout('A') }]);
      // It waits for this transaction, and finds the case then.
      closing = rig.triage([core('DB', { type: 'ticket.resolved' })]);
    });
    await closing;
    await at('04:00:01');
    expect(await pages()).toEqual(['04:00:00 ana DB', '04:00:01 ana A']);
  });

  it('is let go when its parent becomes part of another case, unless that one speaks for it', async () => {
    await rig.triage([core('DB'), core('DB-2'), ticketEvent({ ticketKey: 'ELSE' })]);
    await rig.triage([payout('A')]);
    const [first, second, other] = [await caseOf('DB'), await caseOf('DB-2'), await caseOf('ELSE')];
    const said = { tenant: 'default', by: 'ana', kind: 'merge' as const };
    const quietFor = async () => viewOf(await caseOf('A')).escalation.suppressed?.by.id;
    expect(await quietFor()).toBe(viewOf(first).id);
    await rig.routing.changeTickets.change({ ...said, caseId: first.id, to: second.id });
    await rig.routing.advanceDue.advance();
    expect(await quietFor()).toBe(viewOf(second).id);
    await rig.routing.changeTickets.change({ ...said, caseId: second.id, to: other.id });
    await rig.routing.advanceDue.advance();
    expect([await quietFor(), (await caseOf('A')).escalation.status]).toEqual([undefined, 'running']);
  });
});
