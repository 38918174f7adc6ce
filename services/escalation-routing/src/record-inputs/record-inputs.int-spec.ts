import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashOf } from '@tocsin/connections';
import {
  type CaseList,
  Config,
  NewMaintenance,
  type ConfigTree,
  type RecordedInputs,
  type Recording,
} from '@tocsin/contracts';
import { simulateHistory, type Simulation, windowRecordOf } from '@tocsin/rules';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { escalationRouting } from '../escalation-routing.service.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import { LIVELY_TREE } from './lively-tree.given.js';

jest.setTimeout(60_000);

const OPS = 'operator-token-of-this-spec';
const VIEWER = 'viewer-token-of-this-spec';
const TREE_WITH_TOKENS: ConfigTree = {
  ...TREE,
  ...LIVELY_TREE,
  tokens: {
    ops: { token: `loopback-only:${OPS}`, role: 'operator' },
    eye: { token: `loopback-only:${VIEWER}`, role: 'viewer' },
  },
};

let database: TestDatabase;
let rig: RoutingRig;
let running: RunningServices;

/** Moves the database's clock on; nobody sleeps. */
let ahead = 0;
const pass = async (seconds: number): Promise<void> => {
  ahead += seconds;
  await database.query(
    `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT clock_timestamp() + interval '${ahead} seconds' $$`,
  );
  while ((await rig.routing.advanceDue.advance()) + (await rig.routing.advanceSla.advance()) > 0);
  await rig.routing.reweighDue.reweigh();
  await rig.routing.closeDue.close();
  await rig.routing.endFlaps.end();
};

const ask = async <T>(path: string, token = OPS): Promise<{ status: number; body: T }> => {
  const answer = await fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: (await answer.json()) as T };
};

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [TREE_WITH_TOKENS]);
  const document = JSON.stringify(TREE_WITH_TOKENS);
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
    [hashOf(document), document],
  );
});
afterAll(async () => {
  await running.stop();
  await rig.close();
  await database.drop();
});

/** Of the last two cases: their tickets, their ends and returns. */
const turnsOf = ({ stories }: Simulation): string[][] =>
  stories.slice(-2).map(({ tickets, turns }) => [tickets.join(), turns.map(({ to }) => to).join(' ')]);

/** Three tickets through routing on Postgres, with answers, an undeliverable page, a pin, a snooze and a lowering. */
async function live(): Promise<void> {
  const { respondToCase, pinPriority } = rig.routing;
  const events = ['A', 'B', 'C'].map((ticketKey, n) =>
    ticketEvent({
      ticketKey,
      category: n === 1 ? 'safety' : 'live.payout',
      severity: 'critical',
      affected: 20,
    }),
  );
  await rig.triage(events);
  const rows = await rig.query<{ id: string; ticket_key: string }>(
    'SELECT id::text AS id, ticket_key FROM escalation_routing.case_record',
  );
  const idOf = (key: string): bigint => BigInt(rows.find((row) => row.ticket_key === key)?.id ?? 0);
  const act = (key: string, what: 'acknowledge' | 'resolve' | 'escalate', by: string) =>
    respondToCase.respond({
      ...{ tenant: 'default', caseId: idOf(key), act: what, by, body: {} },
      ...(what === 'resolve' ? { wish: { resolution: { code: 'fixed', cause: CAUSE } } } : {}),
    });
  await pass(30);
  await act('A', 'acknowledge', 'ana');
  await act('A', 'acknowledge', 'bo');
  await pass(100);
  await rig.triage([ticketEvent({ ticketKey: 'C', type: 'ticket.updated', severity: 'warning' })]);
  await act('B', 'escalate', 'chen');
  await pass(250);
  const pin = { priority: 'P2', reason: 'asked' } as const;
  await pinPriority.pin({ tenant: 'default', caseId: idOf('B'), by: 'ana', pin });
  await pass(400);
  await rig.triage([ticketEvent({ ticketKey: 'A', type: 'ticket.resolved' })]);
  await act('B', 'resolve', 'dee');
  await pass(700);
  await act('C', 'resolve', 'dee');
  await pass(120);
}

/** Two tickets of one group, one in a window that ends early, the group over and raised again, one act on two cases. */
async function grouped(): Promise<void> {
  const { planMaintenance, respondToCase } = rig.routing;
  const payout = { category: 'live.payout', severity: 'critical', affected: 20, market: 'SG' };
  const together = ['G', 'H'].map((ticketKey) => ticketEvent({ ...payout, ticketKey }));
  await rig.triage(together);
  await pass(20);
  const caller = { tenant: 'default', by: 'ana' };
  const window = NewMaintenance.parse({ name: 'move', services: ['payouts'], for: '30m' });
  const made = await planMaintenance.record(window, caller);
  await rig.triage([ticketEvent({ ...payout, ticketKey: 'W', market: 'MY' })]);
  await pass(400);
  await planMaintenance.end(made.ok ? (made.window.id ?? '') : '', caller);
  await pass(5);
  for (const ticketKey of ['G', 'H']) await rig.triage([ticketEvent({ ticketKey, type: 'ticket.resolved' })]);
  await pass(180);
  await rig.triage([ticketEvent({ ...payout, ticketKey: 'H' })]);
  await pass(60);
  const ids = await rig.query<{ id: string }>(
    `SELECT id::text AS id FROM escalation_routing.case_record WHERE ticket_key IN ('G', 'W') ORDER BY id`,
  );
  const resolution = { code: 'fixed', cause: CAUSE };
  const acts = ids.map(({ id }) => ({
    ...{ tenant: 'default', caseId: BigInt(id), act: 'resolve' as const, by: 'dee', body: {} },
    wish: { resolution },
  }));
  await rig.connections.transactions.run('hot', (tx) => respondToCase.respondToAllIn(tx, acts));
  await pass(120);
}

const CAUSE = 'what dee wrote of the cause';

describe('the recording of a live history', () => {
  it('is told again by the same config without a difference, and by another with one', async () => {
    await live();
    await grouped();
    running = await runServices([escalationRouting], {
      DATABASE_URL: database.url,
      PORT: '0',
      LOG_LEVEL: 'silent',
    });
    const { body: head } = await ask<Recording>('/v1/simulations/recording');
    const { body: page } = await ask<RecordedInputs>('/v1/simulations/inputs');
    expect(head).toMatchObject({ inputs: page.inputs.length, revisions: [{ revision: 1 }] });
    const config = Config.parse(head.revisions[0]?.tree);
    const configs = new Map([[1, config]]);
    const history = {
      inputs: page.inputs,
      changes: [],
      windows: head.windows.flatMap((view) => windowRecordOf(view) ?? []),
      configs,
      newest: config,
      until: Date.parse(head.until),
    };
    const kinds = ({ differences }: Simulation) => differences.map((found) => found.kinds);
    const replayed = simulateHistory(history, config);
    expect({ kinds: kinds(replayed), cases: replayed.cases }).toEqual({ kinds: [], cases: 5 });
    expect(turnsOf(replayed)).toEqual([
      ['demo G,demo H', 'resolved reopened resolved'],
      ['demo W', 'resolved'],
    ]);
    expect(JSON.stringify(page)).not.toContain(CAUSE);
    expect(kinds(simulateHistory(history))).toEqual([]);
    expect(new Set(page.inputs.map(({ input }) => input.kind))).toEqual(
      new Set(['event', 'act', 'woke', 'sla-woke', 'reweighed', 'pinned', 'closing-looked']),
    );
    const apart = simulateHistory(history, Config.parse({ ...TREE_WITH_TOKENS, grouping: [] }));
    expect(kinds(apart)).toEqual([['grouping', 'pages', 'closing'], ['grouping']]);
    const other = Config.parse({ ...TREE_WITH_TOKENS, priority: { rules: [] }, sla: [] });
    const { before, after } = simulateHistory(history, other);
    expect(before.pages).not.toEqual(after.pages);
  });

  it('is written once for an event that is delivered twice, and in the same transaction', async () => {
    const count = async (): Promise<number> =>
      (await rig.query<{ n: number }>('SELECT count(*)::int AS n FROM escalation_routing.engine_input'))[0]
        ?.n ?? 0;
    const before = await count();
    const event = ticketEvent({ ticketKey: 'D', severity: 'info' });
    await rig.triage([event]);
    await rig.triage([event]);
    expect(await count()).toBe(before + 1);
    const failing = rig.connections.transactions.run('hot', async (tx) => {
      await rig.routing.triageEvent.triage(tx, [{ event: ticketEvent({ ticketKey: 'E' }) }]);
      throw new Error('died before the commit');
    });
    await expect(failing).rejects.toThrow('died before the commit');
    expect(await count()).toBe(before + 1);
  });

  it('costs one statement and few bytes per event', async () => {
    const [row] = await rig.query<{ bytes: number }>(
      `SELECT avg(pg_column_size(t.*))::float8 AS bytes FROM escalation_routing.engine_input t`,
    );
    expect(row?.bytes).toBeGreaterThan(100);
    expect(row?.bytes).toBeLessThan(900);
  });

  it('is shown to those who work cases, not to viewers; the list of cases stays as it was', async () => {
    expect((await ask('/v1/simulations/recording', VIEWER)).status).toBe(403);
    expect((await ask('/v1/simulations/inputs', VIEWER)).status).toBe(403);
    expect((await ask<CaseList>('/v1/cases', VIEWER)).body.cases.length).toBeGreaterThan(2);
  });
});
