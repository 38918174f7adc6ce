import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AddressGuard, blockListOf, guardedAgent, guardedGet } from '@tocsin/connections';
import { Config, isoOf, type ShiftNotice } from '@tocsin/contracts';
import { knownAt, type Leave } from '@tocsin/rules';
import { makeLogger } from '@tocsin/runtime';
import { FakeClock, type SinkAnswer, type TestDatabase, testDatabase, WebhookSink } from '@tocsin/test-rig';
import { ShiftNoticeStore } from '../ask-cover/shift-notice.store.js';
import { type RoutingRig, routingOn, TREE } from '../routing.rig.js';
import { LeaveFeedStore } from './leave-feed.store.js';
import { PollLeave } from './poll-leave.js';

jest.setTimeout(60_000);

const START = Date.UTC(2027, 2, 1, 2);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const OPS = { tenant: 'default', by: 'ops', preview: false };

let database: TestDatabase;
let clock: FakeClock;
let rig: RoutingRig;
let server: WebhookSink;
let path = 0;
let now = START;
/** A revision of its own for each spec. */
let current: { revision: number; config: Config } | undefined;
const log = makeLogger('silent');

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url);
  clock = await FakeClock.install(database);
  server = await WebhookSink.open();
});
afterAll(async () => {
  await server.close();
  await rig.close();
  await database.drop();
});

/** Bo has a calendar at an address that no spec before has used. */
beforeEach(async () => {
  await goTo(START);
  path += 1;
  settle({ calendar: `${server.url}/${path}.ics` });
  await rig.query('DELETE FROM escalation_routing.leave_feed');
  await rig.query('DELETE FROM escalation_routing.shift_change');
  await rig.query('DELETE FROM escalation_routing.shift_notice');
});

async function goTo(at: number): Promise<void> {
  now = at;
  await clock.stop(isoOf(at));
}

function settle(leave: { calendar: string; match?: string[] } | undefined): void {
  const bo = { name: 'Bo', timeZone: 'Asia/Singapore', ...(leave === undefined ? {} : { leave }) };
  current = {
    revision: (current?.revision ?? 0) + 1,
    config: Config.parse({ ...TREE, people: { ...TREE['people'], bo } }),
  };
}

const open = new AddressGuard(blockListOf(['127.0.0.0/8']));
const pollerBehind = (guard: AddressGuard): PollLeave => {
  const agent = guardedAgent(guard);
  return new PollLeave({
    ...{ transactions: rig.connections.transactions, feeds: new LeaveFeedStore(), log },
    ...{
      changes: rig.routing.changes,
      notices: new ShiftNoticeStore(),
      revisions: { current: () => current },
    },
    get: (asked) => guardedGet(agent, { ...asked, within: 500 }),
  });
};

const day = (ahead: number): string =>
  isoOf(START + ahead * DAY)
    .slice(0, 10)
    .replaceAll('-', '');
const ics = (...events: readonly (readonly [uid: string, ahead: number, title?: string])[]): SinkAnswer => ({
  status: 200,
  headers: { etag: `"${events.map(([uid, ahead]) => `${uid}${ahead}`).join('')}"` },
  body: [
    'BEGIN:VCALENDAR',
    ...events.flatMap(([uid, ahead, title = 'away']) => [
      ...['BEGIN:VEVENT', `UID:${uid}`, `DTSTART;VALUE=DATE:${day(ahead)}`, `SUMMARY:${title}`, 'END:VEVENT'],
    ]),
    'END:VCALENDAR',
  ].join('\r\n'),
});

/** Leave in force, as `from day ahead`. */
async function leave(): Promise<string[]> {
  const all = await rig.routing.changes.touching(rig.routing.reads, 'default', { from: 0, until: 1e13 });
  return knownAt(all)
    .filter((change): change is Leave => change.kind === 'leave')
    .map(
      ({ person, from, imported }) =>
        `${person} ${Math.round((from - START) / DAY)}${imported ? ' feed' : ''}`,
    )
    .toSorted();
}

const versions = async (): Promise<number> =>
  (
    await rig.query<{ version: string }>(
      `SELECT version FROM escalation_routing.shift_change_version WHERE tenant = 'default'`,
    )
  ).map(({ version }) => Number(version))[0] ?? 0;

const told = (): Promise<ShiftNotice[]> =>
  new ShiftNoticeStore().list(rig.routing.reads, 'default', { limit: 100, kind: 'leave-feed' });
const feed = async () => (await new LeaveFeedStore().list(rig.routing.reads, 'default'))[0];

describe('a calendar of leave that the config names', () => {
  it('is taken, read again every quarter of an hour, and only its differences are', async () => {
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5], ['b', 9]));
    expect([await poller.poll(), await poller.poll()]).toEqual([1, 0]);
    expect(await leave()).toEqual(['bo 5 feed', 'bo 9 feed']);
    await goTo(now + 15 * MINUTE);
    const before = await versions();
    expect(await poller.poll()).toBe(1);
    // The same again: nobody has to prove or plan anything anew.
    expect(await versions()).toBe(before);
    server.answerWith(ics(['a', 6], ['c', 12]));
    await goTo(now + 15 * MINUTE);
    await poller.poll();
    expect(await leave()).toEqual(['bo 12 feed', 'bo 6 feed']);
  });

  it('never touches leave made by hand, nor that of another calendar', async () => {
    const hand = { kind: 'leave', person: 'bo', from: START + 5 * DAY, until: START + 6 * DAY } as const;
    await rig.routing.changeShifts.record(hand, OPS);
    const other = { format: 'ics', text: ics(['z', 3]).body ?? '', person: 'bo', calendar: 'leave' } as const;
    await rig.routing.importLeave.take(other, OPS);
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5]));
    await poller.poll();
    server.answerWith(ics(['b', 7]));
    await goTo(now + 15 * MINUTE);
    await poller.poll();
    expect(await leave()).toEqual(['bo 3 feed', 'bo 5', 'bo 7 feed']);
  });

  it('says by ETag what it has, and 304 keeps that; once a day all is read', async () => {
    const poller = pollerBehind(open);
    const served = ics(['a', 5]);
    server.answerWith((request) =>
      request.headers['if-none-match'] === served.headers?.['etag'] ? { status: 304 } : served,
    );
    const asked = (): (string | undefined)[] =>
      server.requests.filter((r) => r.path === `/${path}.ics`).map((r) => r.headers['if-none-match']);
    await poller.poll();
    await goTo(now + 15 * MINUTE);
    await poller.poll();
    expect(asked()).toEqual([undefined, served.headers?.['etag']]);
    expect(await leave()).toEqual(['bo 5 feed']);
    await goTo(START + DAY);
    await poller.poll();
    expect(asked().at(-1)).toBeUndefined();
  });

  it('takes only what has a word of leave in its title', async () => {
    settle({ calendar: `${server.url}/words.ics`, match: ['leave', '年假'] });
    server.answerWith(ics(['a', 5, 'Annual Leave'], ['b', 6, 'Team lunch'], ['c', 7, '年假']));
    await pollerBehind(open).poll();
    expect(await leave()).toEqual(['bo 5 feed', 'bo 7 feed']);
  });

  it.each<[string, SinkAnswer, RegExp]>([
    ['errs', { status: 503 }, /answers 503/],
    ['leads elsewhere', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, /leads elsewhere/],
    ['is garbage', { status: 200, body: '<html>sign in</html>' }, /is no calendar: line 1/],
    [
      'is cut off',
      { status: 200, body: `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:${day(5)}` },
      /no END:VEVENT/,
    ],
    ['is far too large', { status: 200, body: 'x'.repeat(5 * 1024 * 1024) }, /larger than 4 MiB/],
    ['hangs', { status: 200, delayMs: 2000 }, /not there after/],
    ['hangs up', { hangUp: true }, /nothing answers there/],
    ['says 304 to what nobody asked', { status: 304 }, /answers 304/],
  ])('that %s keeps what it said, and the third failure in a row is told once', async (_, answer, fault) => {
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5]));
    await poller.poll();
    server.answerWith(answer);
    // From then on the server may not answer «as before».
    await goTo(START + DAY);
    for (const minutes of [0, 1, 2, 4, 8]) {
      await goTo(now + minutes * MINUTE);
      expect(await poller.poll()).toBe(1);
    }
    expect(await leave()).toEqual(['bo 5 feed']);
    const notices = await told();
    expect(notices.map(({ person, about }) => `${person} of ${about ?? ''}`)).toEqual(['bo of bo']);
    expect(notices[0]?.text.en).toMatch(fault);
    expect(notices[0]?.text['zh-CN']).toContain('休假日历');
    server.answerWith(ics(['a', 8]));
    await goTo(now + 15 * MINUTE);
    await poller.poll();
    expect([await leave(), (await feed())?.known.feed.failures]).toEqual([['bo 8 feed'], 0]);
  });

  it('that is suddenly empty keeps what it said, tells it, and is believed after a day', async () => {
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5], ['b', 9]));
    await poller.poll();
    server.answerWith(ics());
    for (const hours of [1, 12, 24]) {
      await goTo(START + hours * 60 * MINUTE);
      await poller.poll();
      expect(await leave()).toHaveLength(2);
    }
    expect((await told()).map(({ text }) => text.en.includes('suddenly empty'))).toEqual([true]);
    await goTo(START + 25 * 60 * MINUTE);
    await poller.poll();
    expect(await leave()).toEqual([]);
  });

  it('that is empty is believed at once when a person confirms it', async () => {
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5]));
    await poller.poll();
    server.answerWith(ics());
    await goTo(now + 15 * MINUTE);
    await poller.poll();
    expect(await leave()).toHaveLength(1);
    await new LeaveFeedStore().confirm(rig.routing.reads, 'default', 'bo');
    expect(await poller.poll()).toBe(1);
    expect([await leave(), (await feed())?.confirmed]).toEqual([[], false]);
  });

  it('that the config names no more takes what is to come with it; another address begins anew', async () => {
    const poller = pollerBehind(open);
    server.answerWith(ics(['a', 5]));
    await poller.poll();
    settle({ calendar: `${server.url}/moved.ics` });
    server.answerWith(ics(['b', 6]));
    expect(await poller.poll()).toBe(1);
    expect(server.requests.at(-1)).toMatchObject({ path: '/moved.ics' });
    expect(server.requests.at(-1)?.headers['if-none-match']).toBeUndefined();
    expect(await leave()).toEqual(['bo 6 feed']);
    settle(undefined);
    await poller.poll();
    expect([await leave(), await feed()]).toEqual([[], undefined]);
  });

  it('is read by one of several processes, and one that was overtaken changes nothing', async () => {
    const [one, other] = [pollerBehind(open), pollerBehind(open)];
    server.answerWith({ ...ics(['a', 5]), delayMs: 200 });
    const before = server.requests.length;
    expect((await Promise.all([one.poll(), other.poll()])).toSorted()).toEqual([0, 1]);
    expect(server.requests.length - before).toBe(1);
    await goTo(now + 15 * MINUTE);
    server.answerWith({ ...ics(['b', 6]), delayMs: 300 });
    const slow = one.poll();
    await server.received(before + 2);
    // Its lease runs out while it reads: somebody else has read a newer calendar meanwhile.
    await goTo(now + 5 * MINUTE);
    server.answerWith(ics(['c', 7]));
    await other.poll();
    await slow;
    expect(await leave()).toEqual(['bo 7 feed']);
  });

  it('at an address that is not public is refused without the setting', async () => {
    const poller = pollerBehind(new AddressGuard(blockListOf([])));
    const before = server.requests.length;
    await poller.poll();
    expect(server.requests.length).toBe(before);
    expect((await feed())?.known.fault?.en).toMatch(/not on the public internet.*TOCSIN_WEBHOOK_ALLOW/);
  });
});
