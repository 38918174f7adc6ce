import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type CaseEvent, type ConfigTree, type MaintenanceView, NewMaintenance } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { viewOf } from '../case-view.js';
import { routingOn, type RoutingRig, ticketEvent, TREE } from '../routing.rig.js';
import { versionsBeside } from '../versions-beside.js';
import { CaseListStore } from '../show-cases/case-list.store.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

/** Story 8: Mondays 04:00–05:00 UTC, noon in Singapore. */
const WEEKLY: ConfigTree = {
  ...TREE,
  taxonomy: {
    ...TREE.taxonomy,
    safety: { label: { en: 'Safety', 'zh-CN': '安全' }, floor: 'P1' },
  },
  maintenance: [
    {
      ...{ name: 'upload weekly', services: ['payouts'], every: 'Mon', from: '12:00', for: '60m' },
      ...{ timeZone: 'Asia/Singapore', until: '2027-01-31' },
    },
  ],
};

let database: TestDatabase;
let rig: RoutingRig;
let clock: FakeClock;
const trees: ConfigTree[] = [WEEKLY];

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, trees);
  clock = await FakeClock.install(database);
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  trees.splice(1);
  for (const table of ['escalation', 'outbox', 'quiet_window'])
    await rig.query(`DELETE FROM escalation_routing.${table}`);
  await rig.query('UPDATE escalation_routing.quiet_version SET version = version + 1');
  await clock.stop('2026-11-02T04:10:00Z');
});

const ids = async (): Promise<bigint[]> =>
  (
    await rig.query<{ id: string }>(
      'SELECT case_id::text AS id FROM escalation_routing.escalation ORDER BY case_id',
    )
  ).map(({ id }) => BigInt(id));
const pages = async (): Promise<string[]> =>
  (
    await rig.query<{ paged: string }>(
      `SELECT concat_ws(' ', substr(p->>'dueAt', 12, 8), p->>'person', p->>'ticketKey') AS paged
       FROM (SELECT payload::json AS p, batch, n FROM escalation_routing.outbox WHERE type = 'PageRequested') o ORDER BY batch, n`,
    )
  ).map(({ paged }) => paged);
const timeline = (id: bigint): Promise<CaseEvent[]> => rig.routing.timeline.read({ tenant: 'default', id });
const types = async (id: bigint): Promise<string[]> => (await timeline(id)).map(({ type }) => type);

async function at(time: string): Promise<void> {
  await clock.stop(`2026-11-02T${time}Z`);
  await rig.routing.advanceDue.advance();
}

async function made(body: object): Promise<MaintenanceView> {
  const result = await rig.routing.planMaintenance.record(NewMaintenance.parse({ name: 'move', ...body }), {
    tenant: 'default',
    by: 'ops',
  });
  if (!result.ok) throw new Error(JSON.stringify(result.refused));
  return result.window;
}

describe('a maintenance window', () => {
  it('hushes what opens in it, hears its resolves, and pages at its end what still fires', async () => {
    await rig.triage(['T-A', 'T-B', 'T-C'].map((ticketKey) => ticketEvent({ ticketKey })));
    const [first = 0n, second = 0n] = await ids();
    expect(await pages()).toEqual([]);
    const shown = await new CaseListStore(rig.connections.transactions).find('default', first);
    expect(shown === undefined ? undefined : viewOf(shown)).toMatchObject({
      state: 'open',
      escalation: {
        state: 'suppressed',
        suppressed: {
          by: { kind: 'window', name: 'upload weekly' },
          since: '2026-11-02T04:10:00.000Z',
          until: '2026-11-02T05:00:00.000Z',
        },
      },
    });
    await at('04:30:00');
    await rig.triage([
      ticketEvent({ ticketKey: 'T-A', type: 'ticket.updated' }),
      ticketEvent({ ticketKey: 'T-B', type: 'ticket.resolved' }),
    ]);
    expect(await types(second)).toEqual([
      ...['CaseOpened', 'EscalationStarted', 'EscalationSuppressed', 'CaseResolved'],
    ]);
    await at('04:59:59');
    expect(await pages()).toEqual([]);
    expect(await rig.routing.advanceDue.untilNext()).toBe(1000);
    await at('05:00:00');
    expect(await pages()).toEqual(['05:00:00 ana T-A', '05:00:00 ana T-C']);
    expect((await types(first)).slice(-2)).toEqual(['SuppressionEnded', 'StepStarted']);
    await at('05:02:00');
    expect((await pages()).slice(2)).toEqual(['05:02:00 bo T-A', '05:02:00 bo T-C']);
  });

  it('keeps the pages that were sent before it, and holds the next step back', async () => {
    await clock.stop('2026-11-02T03:59:00Z');
    await rig.triage([ticketEvent({ ticketKey: 'T-D' })]);
    await at('04:01:00');
    await at('04:59:00');
    expect(await pages()).toEqual(['03:59:00 ana T-D']);
    await at('05:00:00');
    expect((await pages()).slice(1)).toEqual(['05:00:00 bo T-D']);
  });

  it('does not hush urgent safety, nor what becomes it', async () => {
    await rig.triage([
      ticketEvent({ ticketKey: 'T-S', category: 'safety' }),
      ticketEvent({ ticketKey: 'T-R', severity: 'warning' }),
    ]);
    expect(await pages()).toEqual(['04:10:00 ana T-S']);
    await at('04:20:00');
    await rig.triage([
      ticketEvent({ ticketKey: 'T-R', type: 'ticket.updated', severity: 'warning', category: 'safety' }),
    ]);
    expect((await pages()).filter((page) => page.endsWith('T-R'))).toEqual(['04:20:00 ana T-R']);
  });

  it('of the config that is taken out lets go of what it hushed, though the cases pinned the older revision', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'T-O' })]);
    await rig.routing.hushedAfterConfig.look();
    await at('04:20:00');
    expect(await pages()).toEqual([]);
    trees.push({ ...WEEKLY, maintenance: [] });
    await rig.routing.hushedAfterConfig.look();
    await at('04:20:01');
    expect(await pages()).toEqual(['04:20:01 ana T-O']);
  });
});

describe('a window made at run time', () => {
  beforeEach(() => {
    trees.push({ ...WEEKLY, maintenance: [] });
  });

  it('hushes from the moment that it is made, and pages at once when it is ended early', async () => {
    await rig.triage([ticketEvent({ ticketKey: 'T-1' })]);
    const window = await made({ services: ['payouts'], for: '2h' });
    expect(window).toMatchObject({ state: 'active', from: '2026-11-02T04:10:00.000Z' });
    await rig.triage([ticketEvent({ ticketKey: 'T-2' }), ticketEvent({ ticketKey: 'T-3' })]);
    await at('04:12:00');
    expect(await pages()).toEqual(['04:10:00 ana T-1']);
    await clock.stop('2026-11-02T04:30:00Z');
    const ended = await rig.routing.planMaintenance.end(window.id ?? '', { tenant: 'default', by: 'ops' });
    expect(ended).toMatchObject({ ok: true, window: { state: 'ended', endedBy: 'ops' } });
    await at('04:30:00');
    expect((await pages()).slice(1).toSorted()).toEqual([
      ...['04:30:00 ana T-2', '04:30:00 ana T-3', '04:30:00 bo T-1'],
    ]);
    const again = await rig.routing.planMaintenance.end(window.id ?? '', { tenant: 'default', by: 'ops' });
    expect(again).toEqual({ ok: false, refused: { reason: 'over' } });
  });

  it('lets another window go on where it ends', async () => {
    const window = await made({ services: ['payouts'], for: '2h' });
    await made({ name: 'disks', markets: ['SG'], until: '2026-11-02T05:00:00Z' });
    await rig.triage([ticketEvent({ ticketKey: 'T-4', market: 'SG' })]);
    const [id = 0n] = await ids();
    await rig.routing.planMaintenance.end(window.id ?? '', { tenant: 'default', by: 'ops' });
    await at('04:10:01');
    expect((await timeline(id)).at(-1)).toMatchObject({
      type: 'EscalationSuppressed',
      facts: { by: { name: 'disks' }, until: Date.parse('2026-11-02T05:00:00Z') },
    });
    expect(await pages()).toEqual([]);
    await at('05:00:00');
    expect(await pages()).toEqual(['05:00:00 ana T-4']);
  });

  it('that ends while a case is being hushed by it leaves no case silent', async () => {
    const window = await made({ services: ['payouts'], for: '2h' });
    const { transactions } = rig.connections;
    let ending: Promise<unknown> = Promise.resolve();
    await transactions.run('hot', async (tx) => {
      await rig.routing.triageEvent.triage(tx, [{ event: ticketEvent({ ticketKey: 'T-5' }) }]);
      // It waits for this transaction, which has hushed a case by the window, and finds the case then.
      ending = rig.routing.planMaintenance.end(window.id ?? '', { tenant: 'default', by: 'ops' });
    });
    await ending;
    await at('04:10:01');
    expect(await pages()).toEqual(['04:10:01 ana T-5']);
  });

  it('that has ended after a decision had read it is noticed when the decision is saved', async () => {
    const window = await made({ services: ['payouts'], for: '2h' });
    await rig.triage([ticketEvent({ ticketKey: 'T-6' })]);
    const [id = 0n] = await ids();
    const wakeAt = async (): Promise<unknown> =>
      (
        await rig.query<{ at: Date }>('SELECT wake_at AS at FROM escalation_routing.escalation')
      )[0]?.at.toISOString();
    const { transactions } = rig.connections;
    const version = (await versionsBeside(rig.routing.reads, 'default')).windows;
    await transactions.run('hot', (tx) => rig.routing.windows.recheck(tx, 'default', version, [id]));
    expect(await wakeAt()).toBe('2026-11-02T06:10:00.000Z');
    await rig.routing.planMaintenance.end(window.id ?? '', { tenant: 'default', by: 'ops' });
    await rig.query(`UPDATE escalation_routing.escalation SET wake_at = '2026-11-02T06:10:00Z'`);
    await transactions.run('hot', (tx) => rig.routing.windows.recheck(tx, 'default', version, [id]));
    expect(await wakeAt()).toBe('2026-11-02T04:10:00.000Z');
  });
});
