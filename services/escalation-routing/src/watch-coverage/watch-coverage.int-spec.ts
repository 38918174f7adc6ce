import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashOf } from '@tocsin/connections';
import { type CoverageView, instantOf, isoOf, type ShiftNotice } from '@tocsin/contracts';
import { runServices } from '@tocsin/runtime';
import { FakeClock, type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { type RoutingRig, routingOn, TREE } from '../routing.rig.js';

jest.setTimeout(30_000);

const DAY = 86_400_000;
const NOW = instantOf('2027-03-01T02:00:00Z');
const OPS = { tenant: 'default', by: 'ops', preview: false };

/** Ana alone is paged by a step; Bo answers for the service. */
const WORLD = {
  ...TREE,
  policies: {
    'live-pay': {
      steps: [{ name: 'on-call', page: 'schedule primary', wait: '120s' }],
      fallback: { page: 'person dee' },
    },
  },
};

let database: TestDatabase;
let clock: FakeClock;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [WORLD]);
  clock = await FakeClock.install(database);
  await clock.stop(isoOf(NOW));
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

async function away(from: number): Promise<string> {
  const leave = { kind: 'leave', person: 'ana', from, until: from + DAY } as const;
  const result = await rig.routing.changeShifts.record(leave, OPS);
  if (!result.ok) throw new Error(result.refused.reason);
  return result.value.change?.id ?? '';
}

const told = (): Promise<ShiftNotice[]> =>
  new ShiftNoticeStore().list(rig.routing.reads, 'default', { limit: 100, kind: 'coverage-hole' });
const begins = async (): Promise<string[]> =>
  (await told()).map(({ person, priority, from }) => `${person} ${priority} ${from}`);

describe('the coverage with what lies beside the config', () => {
  it('is told of once when a hole appears, and again when an earlier one does', async () => {
    await rig.routing.watchCoverage.watch();
    expect(await told()).toEqual([]);

    const far = NOW + 40 * DAY;
    await away(far);
    await rig.routing.watchCoverage.watch();
    expect(await begins()).toEqual([`bo P2 ${isoOf(far)}`, `bo P1 ${isoOf(far)}`]);
    expect((await told())[0]?.text.en).toContain('leads to nobody');

    const near = NOW + 10 * DAY;
    const leave = await away(near);
    const again = await routingOn(database.url, undefined, [WORLD]);
    clock = await FakeClock.install(database);
    await Promise.all([again.routing.watchCoverage.watch(), rig.routing.watchCoverage.watch()]);
    await again.close();
    expect((await begins()).slice(0, 2)).toEqual([`bo P2 ${isoOf(near)}`, `bo P1 ${isoOf(near)}`]);
    expect(await told()).toHaveLength(4);

    await rig.routing.changeShifts.cancel('leave', leave, OPS);
    await rig.routing.watchCoverage.watch();
    expect(await told()).toHaveLength(4);
  });

  it('is proved anew each day: a hole that comes into sight is told', async () => {
    const before = await told();
    await away(NOW + 100 * DAY);
    await rig.routing.watchCoverage.watch();
    expect(await told()).toEqual(before);
    // The far hole is over by then.
    await clock.stop(isoOf(NOW + 41 * DAY));
    await rig.routing.watchCoverage.watch();
    expect((await begins()).slice(0, 2)).toEqual([
      `bo P2 ${isoOf(NOW + 100 * DAY)}`,
      `bo P1 ${isoOf(NOW + 100 * DAY)}`,
    ]);
  });

  it('is answered over HTTP', async () => {
    const token = 'viewer-token-of-this-spec';
    const document = JSON.stringify({
      ...WORLD,
      tokens: { eye: { token: `loopback-only:${token}`, role: 'viewer' } },
      maintenance: [
        {
          name: 'move',
          services: ['payouts'],
          every: 'Sun',
          from: '01:00',
          for: '60m',
          timeZone: 'UTC',
          safety: 'muted',
        },
      ],
    });
    await database.query(
      `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
      [hashOf(document), document],
    );
    const settings = { DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'silent' };
    const running = await runServices([escalationRouting], settings);
    clock = await FakeClock.install(database);
    try {
      const get = (query: string) =>
        callService<CoverageView>(`${running.url}/v1/oncall/coverage?${query}`, token, 'GET');
      await until(async () => (await get('days=1')).status === 200, { for: 'the config' });
      const { body } = await get('days=30&service=payouts');
      expect(body.proofs.map(({ priority, proved, muted }) => [priority, proved, muted.length])).toEqual([
        ['P1', true, 4],
        ['P2', true, 4],
      ]);
      expect((await get('service=none')).status).toBe(404);
      const hole = (await get('days=90')).body.proofs[0];
      expect([hole?.proved, hole?.hole?.from]).toEqual([false, isoOf(NOW + 100 * DAY)]);
    } finally {
      await running.stop();
    }
  });
});
