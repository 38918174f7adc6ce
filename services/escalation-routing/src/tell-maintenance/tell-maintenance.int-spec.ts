import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ConfigTree, MaintenanceEvent, type NewMaintenance } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { type RoutingRig, routingOn, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const SATURDAYS: ConfigTree = {
  ...TREE,
  maintenance: [
    { name: 'upload', services: ['payouts'], every: 'Sat', from: '01:00', for: '60m', timeZone: 'UTC' },
  ],
};
const OPS = { tenant: 'default', by: 'ops' };

let database: TestDatabase;
let clock: FakeClock;
let trees: ConfigTree[];
let rigs: RoutingRig[];
/** Where the next transaction of the first process dies. */
let dies: string | undefined;

beforeAll(async () => {
  database = await testDatabase();
  const first = await routingOn(database.url);
  await first.close();
  clock = await FakeClock.install(database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  dies = undefined;
  trees = [SATURDAYS];
  await database.query(
    'TRUNCATE escalation_routing.maintenance_told, escalation_routing.maintenance_watch, escalation_routing.quiet_window, escalation_routing.outbox',
  );
  await clock.stop('2026-12-05T00:30:00Z');
  const pass = (at: string): void => {
    if (at !== dies) return;
    dies = undefined;
    throw new Error(`died at ${at}`);
  };
  rigs = [await routingOn(database.url, pass, trees), await routingOn(database.url, undefined, trees)];
});
afterEach(async () => {
  await Promise.all(rigs.map((rig) => rig.close()));
});

const rig = (): RoutingRig => {
  const [first] = rigs;
  if (first === undefined) throw new Error('no rig');
  return first;
};
const look = (by: RoutingRig = rig()): Promise<number> => by.routing.tellMaintenance.advance();

async function told(): Promise<MaintenanceEvent[]> {
  const rows = await database.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE topic = 'maintenance' ORDER BY batch, n`,
  );
  return rows.map(({ payload }) => MaintenanceEvent.parse(JSON.parse(payload)));
}
const said = async (): Promise<string[]> =>
  (await told()).map(
    ({ type, at, late }) => `${type.replace('Maintenance', '')} ${at.slice(5, 16)}${late ? ' late' : ''}`,
  );

describe('telling of maintenance', () => {
  it('is done once, whichever of several processes look at the same instant', async () => {
    await Promise.all(rigs.flatMap((one) => [look(one), look(one)]));
    await clock.stop('2026-12-05T01:00:00Z');
    await Promise.all(rigs.flatMap((one) => [look(one), look(one)]));
    await clock.stop('2026-12-05T02:00:00Z');
    await Promise.all(rigs.flatMap((one) => [look(one), look(one)]));
    expect(await said()).toEqual(['Created 12-05T00:30', 'Started 12-05T01:00', 'Ended 12-05T02:00']);
    const [, started, ended] = await told();
    expect(started).toMatchObject({
      ...{ tenant: 'default', cause: { kind: 'schedule' } },
      window: { id: 'config:upload', name: 'upload', scope: { services: ['payouts'] }, origin: 'config' },
      occurrence: { id: 'config:upload@2026-12-05T01:00:00.000Z', until: '2026-12-05T02:00:00.000Z' },
    });
    expect(ended).toMatchObject({
      early: false,
      occurrence: { id: 'config:upload@2026-12-05T01:00:00.000Z' },
    });
  });

  it.each(['maintenance.after_told', 'maintenance.after_append'])(
    'a process that dies at %s has told nothing, and the next one tells it',
    async (at) => {
      await look();
      await clock.stop('2026-12-05T01:00:00Z');
      dies = at;
      await expect(look()).rejects.toThrow('died');
      expect(await said()).toEqual(['Created 12-05T00:30']);
      await look(rigs[1]);
      await look();
      expect(await said()).toEqual(['Created 12-05T00:30', 'Started 12-05T01:00']);
    },
  );

  it('what came and went while nobody was there is told in its order, as late; nothing older than a day', async () => {
    await look();
    await clock.stop('2026-12-05T07:00:00Z');
    await look();
    expect(await said()).toEqual([
      'Created 12-05T00:30',
      'Started 12-05T01:00 late',
      'Ended 12-05T02:00 late',
    ]);
    await clock.stop('2026-12-20T07:00:00Z');
    await look();
    expect(await said()).toHaveLength(3);
  });

  it('a clock that is set back makes nothing be told twice', async () => {
    await look();
    for (const now of ['01:10', '00:50', '01:05', '02:01', '01:30', '02:30']) {
      await clock.stop(`2026-12-05T${now}:00Z`);
      await look();
    }
    expect(await said()).toEqual(['Created 12-05T00:30', 'Started 12-05T01:00 late', 'Ended 12-05T02:00']);
  });

  it('a revision that takes a running window out ends it; a process of an older one leaves it at that', async () => {
    await look();
    await clock.stop('2026-12-05T01:00:00Z');
    await look();
    trees.push(TREE);
    await clock.stop('2026-12-05T01:20:00Z');
    await look();
    trees.pop();
    await clock.stop('2026-12-05T01:30:00Z');
    await look(rigs[1]);
    expect((await said()).slice(2)).toEqual(['Ended 12-05T01:20', 'Cancelled 12-05T01:20']);
    expect((await told()).slice(2).map(({ cause }) => cause)).toEqual([
      { kind: 'config', revision: 2 },
      { kind: 'config', revision: 2 },
    ]);
  });

  it('of a window by hand it names who made it, why, and who ended it; the list shows the last of it', async () => {
    await look();
    const { planMaintenance, showMaintenance } = rig().routing;
    const body: NewMaintenance = { name: 'move', for: 7200, reason: 'new racks', safety: 'exempt' };
    const made = await planMaintenance.record(body, OPS);
    if (!made.ok) throw new Error('refused');
    await look();
    await clock.stop('2026-12-05T00:40:00Z');
    await planMaintenance.end(made.window.id ?? '', { ...OPS, by: 'bo' });
    await look(rigs[1]);
    const hand = (await told()).filter(({ window }) => window.origin === 'run-time');
    expect(hand.map(({ type, cause }) => [type, cause])).toEqual([
      ['MaintenanceCreated', { kind: 'person', by: 'ops', reason: 'new racks' }],
      ['MaintenanceStarted', { kind: 'person', by: 'ops', reason: 'new racks' }],
      ['MaintenanceEnded', { kind: 'person', by: 'bo' }],
    ]);
    const { windows } = await showMaintenance.list('default', true);
    expect(windows.map(({ name, told: last }) => [name, last?.type, last?.at])).toEqual([
      ['upload', 'MaintenanceCreated', '2026-12-05T00:30:00.000Z'],
      ['move', 'MaintenanceEnded', '2026-12-05T00:40:00.000Z'],
    ]);
  });

  it('the next time to look is that of the next thing to tell', async () => {
    await look();
    expect(await rig().routing.tellMaintenance.untilNext()).toBe(30 * 60_000);
  });
});
