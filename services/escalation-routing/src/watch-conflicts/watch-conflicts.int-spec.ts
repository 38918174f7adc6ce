import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { instantOf, isoOf, type ShiftNotice } from '@tocsin/contracts';
import { FakeClock, type TestDatabase, testDatabase } from '@tocsin/test-rig';
import { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import { type RoutingRig, routingOn, TREE } from '../routing.rig.js';

jest.setTimeout(30_000);

const DAY = 86_400_000;
const TURN = instantOf('2027-03-15T02:00:00Z');

/** Dee could cover; the team has no Tier 2, so its manager answers for the schedule. */
const WORLD = {
  ...TREE,
  teams: {
    pay: { members: ['ana', 'bo', 'dee'], ladder: { tier1: 'schedule primary', manager: 'person chen' } },
  },
};

let database: TestDatabase;
let clock: FakeClock;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [WORLD]);
  clock = await FakeClock.install(database);
  await clock.stop(isoOf(TURN - 20 * DAY));
});
afterAll(async () => {
  await rig.close();
  await database.drop();
});

const OPS = { tenant: 'default', by: 'ops', preview: false };

async function away(person: string, from: number, until: number): Promise<string> {
  const result = await rig.routing.changeShifts.record({ kind: 'leave', person, from, until }, OPS);
  if (!result.ok) throw new Error(result.refused.reason);
  return result.value.change?.id ?? '';
}

const told = (): Promise<ShiftNotice[]> =>
  new ShiftNoticeStore().list(rig.routing.reads, 'default', { limit: 100, kind: 'shift-conflict' });

const count = async (): Promise<number> => (await told()).length;

describe('conflicts of shifts with leave', () => {
  it('are told 14 days, 3 days and 12 hours ahead, once each, also by a process that starts anew', async () => {
    const leave = await away('ana', TURN, TURN + DAY);
    const [first] = await Promise.all([1, 2].map(() => rig.routing.watchConflicts.watch()));
    expect([first, await count()]).toEqual([undefined, 0]);

    await clock.stop(isoOf(TURN - 14 * DAY));
    await rig.routing.watchConflicts.watch();
    const [other, notice] = await told();
    expect([other?.person, other?.text]).toEqual(['chen', notice?.text]);
    expect(notice).toMatchObject({
      ...{ kind: 'shift-conflict', person: 'ana', about: 'ana', schedule: 'primary', role: 'primary' },
      ...{ from: isoOf(TURN), until: isoOf(TURN + DAY), because: leave },
      proposed: [
        { person: 'bo', hours: 0, nights: 0, rested: true },
        { person: 'dee', hours: 0, nights: 0, rested: true },
      ],
    });
    expect(notice?.text.en).toMatch(/^ana is on leave within 14 days, .*«primary».* nobody is on call/);
    expect(notice?.text['zh-CN']).toContain('「primary」');

    // Two that died before they remembered anything.
    for (let died = 0; died < 2; died += 1) {
      const again = await routingOn(database.url, undefined, [WORLD]);
      await FakeClock.install(database);
      await Promise.all([again.routing.watchConflicts.watch(), rig.routing.watchConflicts.watch()]);
      await again.close();
    }
    expect(await count()).toBe(2);
    await clock.stop(isoOf(TURN - 3 * DAY));
    await rig.routing.watchConflicts.watch();
    await clock.stop(isoOf(TURN - DAY / 2));
    await rig.routing.watchConflicts.watch();
    await clock.stop(isoOf(TURN));
    await rig.routing.watchConflicts.watch();
    expect(
      (await told())
        .filter(({ person }) => person === 'ana')
        .map(({ text }) => /within (\S+ \S+),/.exec(text.en)?.[1]),
    ).toEqual(['12 hours', '3 days', '14 days']);
  });

  it('that are known late are told once, with the last warning alone', async () => {
    const before = await count();
    await away('ana', TURN + 2 * DAY, TURN + 3 * DAY);
    await rig.routing.watchConflicts.watch();
    const [notice, , ...others] = await told();
    expect([others.length, notice?.text.en]).toEqual([before, expect.stringContaining('within 3 days')]);
  });

  it('that somebody covers are not told any more', async () => {
    const before = await count();
    const id = await away('ana', TURN + 5 * DAY, TURN + 6 * DAY);
    await rig.routing.changeShifts.record(
      {
        ...{ kind: 'override', schedule: 'primary', role: 'primary', person: 'dee', replaces: 'ana' },
        ...{ from: TURN + 5 * DAY, until: TURN + 6 * DAY },
      },
      OPS,
    );
    await rig.routing.watchConflicts.watch();
    expect([await count(), id]).toEqual([before, expect.stringMatching(/^chg_/)]);
  });
});
