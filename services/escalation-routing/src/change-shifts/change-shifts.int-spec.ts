import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CaseList,
  type ChangedShifts,
  type ExplainView,
  type FairnessView,
  type GapsView,
  isoOf,
  type OnCallView,
  type Problem,
  type ShiftChangeList,
  type ShiftsView,
} from '@tocsin/contracts';
import { hashOf } from '@tocsin/connections';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { type RoutingRig, routingOn, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const HOUR = 3_600_000;
const OPS = 'operator-token-of-this-spec';
const BO = 'responder-token-of-bo';

let database: TestDatabase;
let running: RunningServices;
let rig: RoutingRig;

async function store(revision: number, tree: object): Promise<void> {
  const document = JSON.stringify(tree);
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', $1, $2, $3)`,
    [revision, hashOf(document), document],
  );
}

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url);
  await store(1, {
    ...TREE,
    tokens: {
      ops: { token: `loopback-only:${OPS}`, role: 'operator' },
      bo: { token: `loopback-only:${BO}`, role: 'responder' },
      eye: { token: 'loopback-only:viewer-token', role: 'viewer' },
    },
  });
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
});
afterAll(async () => {
  await running.stop();
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  await database.query(
    'UPDATE escalation_routing.shift_change SET cancelled_at = clock_timestamp() WHERE cancelled_at IS NULL',
  );
  await database.query('UPDATE escalation_routing.shift_change_version SET version = version + 1');
});

const call = <T = ChangedShifts>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  token = OPS,
) => callService<T>(`${running.url}${path}`, token, method, body);

const from = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const span = (hours: number, start = from) => ({ from: isoOf(start), until: isoOf(start + hours * HOUR) });
const override = { schedule: 'primary', person: 'dee', ...span(4) };
const onCall = async (query = ''): Promise<OnCallView['schedules'][number] | undefined> =>
  (await call<OnCallView>('GET', `/v1/oncall?schedule=primary${query}`)).body.schedules[0];

/** The database's millisecond, once it is over: what follows is surely later. */
async function passedInstant(): Promise<string> {
  const clock = async (): Promise<number> => {
    const [row] = await database.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return row?.now.getTime() ?? 0;
  };
  const now = await clock();
  await until(async () => (await clock()) > now, { for: 'the next millisecond' });
  return isoOf(now);
}

/** Whom the first step of a new case pages. */
async function paged(): Promise<unknown[]> {
  const event = ticketEvent();
  await rig.triage([event]);
  const rows = await rig.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE topic = 'pages' ORDER BY batch DESC, n LIMIT 1`,
  );
  return rows.map(({ payload }) => (JSON.parse(payload) as { person: unknown }).person);
}

describe('changing shifts', () => {
  it('says who gains and loses which hours before it is saved, and saves nothing then', async () => {
    const { status, body } = await call('POST', '/v1/overrides?preview=true', override);
    expect([status, body]).toEqual([
      200,
      {
        saved: false,
        differences: [{ schedule: 'primary', role: 'primary', ...span(4), before: 'ana', after: 'dee' }],
        hours: [
          { person: 'dee', hours: 4 },
          { person: 'ana', hours: -4 },
        ],
      },
    ]);
    expect((await onCall())?.person).toBe('ana');
  });

  it('puts the covering person on call, tells the path, and pages them from the next step on (S11)', async () => {
    expect(await paged()).toEqual(['ana']);
    const { body } = await call('POST', '/v1/overrides', { ...override, reason: 'dentist' });
    const id = body.change?.id ?? '';
    expect(body.change).toMatchObject({ kind: 'override', recordedBy: 'ops', reason: 'dentist' });
    expect(await onCall()).toMatchObject({
      person: 'dee',
      name: 'Dee',
      by: 'override',
      ...span(4),
      path: [
        { by: 'layer', layer: 1, person: 'ana' },
        { by: 'override', change: id, person: 'dee' },
      ],
    });
    expect(await paged()).toEqual(['dee']);
    const cancelled = await call('DELETE', `/v1/overrides/${id}`);
    expect(cancelled.body).toMatchObject({
      saved: true,
      change: { id, cancelledBy: 'ops' },
      hours: [{ person: 'ana' }, { person: 'dee' }],
    });
    expect(await paged()).toEqual(['ana']);
    expect((await call('DELETE', `/v1/overrides/${id}`)).status).toBe(404);
    const kept = await call<ShiftChangeList>('GET', '/v1/overrides?cancelled=true&person=dee');
    expect(kept.body.changes.map((change) => change.id)).toContain(id);
  });

  it('covers the same hours of every day until the end of a series, as it was known then (X10)', async () => {
    const before = await passedInstant();
    const repeats = { rule: 'FREQ=DAILY', timeZone: 'UTC', until: isoOf(from + 60 * HOUR) };
    const { body } = await call('POST', '/v1/overrides', { ...override, ...span(2), repeats });
    const at = (hours: number): string => `&at=${isoOf(from + hours * HOUR)}`;
    expect(body).toMatchObject({ saved: true, hours: [{ person: 'dee', hours: 6 }, { hours: -6 }] });
    expect(body.differences).toHaveLength(3);
    expect(await onCall(at(49))).toMatchObject({ person: 'dee', ...span(2, from + 48 * HOUR) });
    expect((await onCall(at(50)))?.person).toBe('ana');
    expect((await onCall(`${at(49)}&as-of=${before}`))?.person).toBe('ana');
    expect(await paged()).toEqual(['dee']);
    const later = await call<ShiftChangeList>('GET', `/v1/overrides?from=${isoOf(from + 30 * HOUR)}`);
    expect(later.body.changes).toMatchObject([{ id: body.change?.id, repeats, ...span(2) }]);
  });

  it('puts other layers in place of a schedule for a time, and an override above them', async () => {
    const layers = [{ people: ['dee', 'bo'], every: '1d', handover: '00:00', from: '2020-01-01' }];
    const week = { schedule: 'primary', ...span(100), layers, reason: 'event week' };
    const preview = await call('POST', '/v1/temporary-schedules?preview=true', week);
    expect([preview.body.saved, preview.body.hours.at(-1)?.person]).toEqual([false, 'ana']);
    const { body } = await call('POST', '/v1/temporary-schedules', week);
    const change = body.change?.id;
    expect(await onCall()).toMatchObject({
      by: 'temporary',
      layer: 1,
      path: [{ by: 'temporary', layer: 1, change }],
    });
    const [person] = await paged();
    expect(['dee', 'bo']).toContain(person);
    await call('POST', '/v1/overrides', { ...override, person: 'chen' });
    expect((await onCall())?.path.map(({ by }) => by)).toEqual(['temporary', 'override']);
    expect((await call('DELETE', `/v1/temporary-schedules/${change}`)).status).toBe(200);
    expect((await onCall())?.path.map(({ by }) => by)).toEqual(['layer', 'override']);
  });

  it.each([
    [
      { repeats: { rule: 'daily', timeZone: 'UTC', until: isoOf(from + 60 * HOUR) } },
      '/repeats/rule',
      /FREQ=/,
    ],
    [
      { repeats: { rule: 'FREQ=DAILY', timeZone: 'UTC', until: isoOf(from - HOUR) } },
      '/repeats/until',
      /later/,
    ],
  ])('refuses a series that cannot be laid out, with its cure: %j', async (more, pointer, detail) => {
    const { status, body } = await call<Problem>('POST', '/v1/overrides', { ...override, ...more });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });

  it('says how the time on call falls to people, as it was known then', async () => {
    const before = await passedInstant();
    await call('POST', '/v1/overrides', { ...override, ...span(24) });
    const window = `from=${span(0).from}&until=${isoOf(from + 48 * HOUR)}&schedule=primary`;
    const path = `/v1/oncall/fairness?${window}`;
    const { body } = await call<FairnessView>('GET', path);
    expect(body).toMatchObject({
      evenHours: 24,
      people: [
        { person: 'ana', hours: 24, share: 50, aboveEven: 0 },
        { person: 'dee', name: 'Dee', hours: 24, turns: 1 },
      ],
    });
    const then = await call<FairnessView>('GET', `${path}&as-of=${before}`);
    expect(then.body.people).toMatchObject([{ person: 'ana', hours: 48, share: 100 }]);
    const refused = [
      `${path}x`,
      `${path}&calendar=none`,
      `/v1/oncall/fairness?from=${isoOf(from + 999 * HOUR)}`,
    ];
    expect(await Promise.all(refused.map(async (asked) => (await call('GET', asked)).status))).toEqual([
      ...[404, 404, 422],
    ]);
  });

  it('refuses layers that could not do what they say, and a whole schedule from a responder', async () => {
    const week = { schedule: 'primary', ...span(4), layers: [{ people: ['bo', 'nobody'] }] };
    const { status, body } = await call<Problem>('POST', '/v1/temporary-schedules', week);
    expect([status, body.errors?.map(({ pointer }) => pointer)]).toEqual([
      422,
      ['/layers/0/people/1', '/layers/0'],
    ]);
    const mine = { ...week, layers: [{ people: ['bo'] }] };
    expect((await call('POST', '/v1/temporary-schedules', mine, BO)).status).toBe(403);
  });

  it('leaves the turn of a person on leave open: the step is skipped, the gap is listed and explained', async () => {
    const leave = await call('POST', '/v1/leave', { person: 'ana', ...span(4) });
    expect(leave.body.hours).toEqual([{ person: 'ana', hours: -4 }]);
    expect(await onCall()).toMatchObject({
      by: 'leave',
      path: [{ by: 'layer' }, { by: 'leave', person: 'ana' }],
    });
    const gaps = await call<GapsView>('GET', '/v1/oncall/gaps');
    expect(gaps.body.schedules).toMatchObject([
      { schedule: 'primary', requires: '24x7', gaps: [{ by: 'leave', person: 'ana', until: span(4).until }] },
    ]);
    expect(await paged()).toEqual(['bo']);
    const [newest] = (await call<CaseList>('GET', '/v1/cases?limit=1')).body.cases;
    const why = await call<ExplainView>('GET', `/v1/explain?case=${newest?.id}&person=ana`);
    expect(why.body).toMatchObject({ reason: 'on-leave', at: span(4).from });
    expect(why.body.text.en).toContain('ana was not paged: on leave');
  });

  it('exchanges turns by a swap, which both must have', async () => {
    const first = { person: 'ana', ...span(2) };
    const notTheirs = { schedule: 'primary', first, second: { person: 'bo', ...span(2, from + 9 * HOUR) } };
    const refused = await call<Problem>('POST', '/v1/swaps', notTheirs);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ pointer: '/second', detail: expect.stringContaining('bo does not have all of these hours') }],
    ]);
    await call('POST', '/v1/overrides', { schedule: 'primary', person: 'bo', ...span(4, from + 8 * HOUR) });
    const { body } = await call('POST', '/v1/swaps', notTheirs);
    expect(body.differences.map(({ before, after }) => [before, after])).toEqual([
      ['ana', 'bo'],
      ['bo', 'ana'],
    ]);
    expect(await onCall()).toMatchObject({ person: 'bo', by: 'swap' });
  });

  it.each([
    ['/v1/overrides', { ...override, person: 'zoe' }, '/person'],
    ['/v1/overrides', { ...override, schedule: 'constructor' }, '/schedule'],
    ['/v1/overrides', { ...override, role: 'secondary' }, '/role'],
    ['/v1/leave', { person: 'ana', ...span(0) }, '/until'],
    ['/v1/leave', { person: 'ana', ...span(24 * 500) }, '/until'],
  ])('%s refuses %j at %s', async (path, body, pointer) => {
    const answer = await call<Problem>('POST', path, body);
    expect([answer.status, answer.body.errors?.map((fault) => fault.pointer)]).toEqual([422, [pointer]]);
  });

  it('a responder changes what is their own, a viewer nothing', async () => {
    expect((await call('POST', '/v1/overrides', override, BO)).status).toBe(403);
    expect((await call('POST', '/v1/overrides', { ...override, person: 'bo' }, BO)).status).toBe(200);
    expect((await call('POST', '/v1/leave', { person: 'ana', ...span(1) }, 'viewer-token')).status).toBe(403);
    const { body } = await call('POST', '/v1/leave', { person: 'ana', ...span(1) });
    expect((await call('DELETE', `/v1/leave/${body.change?.id}`, undefined, BO)).status).toBe(403);
  });

  it('answers as it was known at an earlier instant, config and changes (X10)', async () => {
    const before = await passedInstant();
    const { body } = await call('POST', '/v1/overrides', override);
    const recordedAt = body.change?.recordedAt ?? '';
    await call('DELETE', `/v1/overrides/${body.change?.id}`);
    const at = `&at=${span(0).from}`;
    expect((await onCall(at))?.person).toBe('ana');
    expect((await onCall(`${at}&as-of=${recordedAt}`))?.person).toBe('dee');
    expect((await onCall(`${at}&as-of=${before}`))?.person).toBe('ana');
    const never = await call<Problem>('GET', `/v1/oncall?as-of=2020-01-01T00:00:00Z`);
    expect(never.status).toBe(404);
  });

  it('lists turns with what gives them, of one person too, and as they were known before', async () => {
    const before = await passedInstant();
    const { body } = await call('POST', '/v1/overrides', override);
    const window = `from=${span(0).from}&until=${override.until}`;
    const turns = async (more = '') =>
      (
        await call<ShiftsView>('GET', `/v1/oncall/shifts?schedule=primary&role=primary&${window}${more}`)
      ).body.shifts.map(({ person, by, change }) => [person, by, change]);
    expect(await turns()).toContainEqual(['dee', 'override', body.change?.id]);
    expect(await turns('&person=dee')).toEqual([['dee', 'override', body.change?.id]]);
    expect(await turns(`&as-of=${before}`)).not.toContainEqual(expect.arrayContaining(['dee']));
    const long = await call<Problem>('GET', '/v1/oncall/shifts?until=2090-01-01T00:00:00Z');
    expect([long.status, long.body.errors?.[0]?.pointer]).toEqual([422, '/until']);
    expect((await call('GET', '/v1/oncall/shifts?schedule=nosuch')).status).toBe(404);
  });

  it('publishes the shifts as a calendar', async () => {
    const response = await fetch(`${running.url}/v1/schedules/primary/calendar.ics`, {
      headers: { authorization: `Bearer ${OPS}` },
    });
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = await response.text();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Ana: primary\r\n[^]*END:VCALENDAR\r\n$/);
  });

  it('knows by which revision of the config it was believed', async () => {
    const before = await passedInstant();
    const layers = [{ people: ['bo'] }];
    await store(2, { ...TREE, schedules: { primary: { timeZone: 'Asia/Singapore', layers } } });
    const after = await passedInstant();
    expect((await onCall(`&as-of=${before}`))?.person).toBe('ana');
    expect((await onCall(`&as-of=${after}`))?.person).toBe('bo');
  });
});
