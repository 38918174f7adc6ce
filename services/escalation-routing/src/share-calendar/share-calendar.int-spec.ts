import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashOf } from '@tocsin/connections';
import type { CalendarFeedList, CalendarFeedView, NewFeedAddress } from '@tocsin/contracts';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { TREE } from '../routing.rig.js';

jest.setTimeout(30_000);

const OPS = 'operator-token-of-this-spec';
const BO = 'responder-token-of-bo';
const DAY = 86_400_000;
const EYE = 'viewer-token-of-this-spec';

const ROTATION = { every: '1w', handover: 'Mon 09:00', from: '2020-01-06' };
const SCHEDULES = {
  primary: {
    timeZone: 'Asia/Singapore',
    layers: [
      { people: ['ana', 'bo'], ...ROTATION },
      { people: ['chen', 'bo'], role: 'secondary', ...ROTATION },
    ],
  },
  nights: { timeZone: 'Asia/Singapore', layers: [{ people: ['bo', 'dee'], role: 'shadow', ...ROTATION }] },
  others: { timeZone: 'Asia/Singapore', layers: [{ people: ['ana'] }] },
};

let database: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  database = await testDatabase();
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  const tokens = {
    ops: { token: `loopback-only:${OPS}`, role: 'operator' },
    bo: { token: `loopback-only:${BO}`, role: 'responder' },
    eye: { token: `loopback-only:${EYE}`, role: 'viewer' },
  };
  const document = JSON.stringify({ ...TREE, schedules: SCHEDULES, tokens });
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
    [hashOf(document), document],
  );
  await until(async () => (await call('GET', '/v1/oncall')).status === 200, { for: 'the config' });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

const call = <T = NewFeedAddress>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  token = OPS,
) => callService<T>(`${running.url}${path}`, token, method, body);
const make = (body: object, token = OPS) => call('POST', '/v1/calendar-feeds', body, token);
const list = async (token = OPS, query = '') =>
  (await call<CalendarFeedList>('GET', `/v1/calendar-feeds${query}`, undefined, token)).body.feeds;
const revoke = (id: string, token = OPS) =>
  call<CalendarFeedView>('DELETE', `/v1/calendar-feeds/${id}`, undefined, token);

/** As a calendar client asks: with nothing but the address. */
async function read(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${running.url}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const summaries = (text: string): Set<string> =>
  new Set([...text.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, said = '']) => said));
const uids = (text: string): string[] => [...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid = '']) => uid);

describe('a calendar feed', () => {
  it('of a schedule is what the calendar with a token is, without one', async () => {
    const { status, body } = await make({ schedule: 'primary' });
    expect([status, body.feed.schedule, body.feed.role]).toEqual([201, 'primary', 'primary']);
    const shared = await read(body.path);
    expect([shared.status, shared.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const own = await read('/v1/schedules/primary/calendar.ics', { authorization: `Bearer ${OPS}` });
    const stampless = (text: string): string => text.replaceAll(/DTSTAMP:.*/g, '');
    expect(uids(shared.text).length).toBeGreaterThan(0);
    expect(stampless(shared.text)).toBe(stampless(own.text));
  });

  it('of a person has all of its turns and no other ones, also those that it takes over', async () => {
    const { body } = await make({ person: 'bo' });
    const before = await read(body.path);
    expect(summaries(before.text)).toEqual(
      new Set(['Bo: primary', 'Bo: primary (secondary)', 'Bo: nights (shadow)']),
    );
    const start = Math.floor(Date.now() / 1000) * 1000 + 40 * DAY;
    const { body: override } = await call<{ change: { id: string } }>('POST', '/v1/overrides', {
      ...{ schedule: 'others', person: 'bo' },
      ...{ from: new Date(start).toISOString(), until: new Date(start + DAY).toISOString() },
    });
    const after = await read(body.path);
    expect(after.text).toContain(`DESCRIPTION:override ${override.change.id}`);
    const added = uids(after.text).filter((uid) => !uids(before.text).includes(uid));
    expect(added).toEqual([`others.primary.${start}@tocsin`]);
  });

  it('is not sent again while nothing has changed', async () => {
    const { path } = (await make({ schedule: 'primary' })).body;
    const first = await read(path);
    const etag = first.headers.get('etag') ?? '';
    expect([etag.startsWith('W/"'), first.headers.get('cache-control')]).toEqual([true, 'private, no-cache']);
    const second = await read(path, { 'if-none-match': `"other", ${etag}` });
    expect([second.status, second.text, second.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await read(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('that is revoked answers byte for byte like one that never was', async () => {
    const { feed, path } = (await make({ person: 'ana' })).body;
    const never = await read(`/v1/calendar-feeds/tcf_${'A'.repeat(43)}.ics`);
    const other = await read('/v1/calendar-feeds/calendar.ics');
    expect((await read(path)).status).toBe(200);
    const { body } = await revoke(feed.id);
    expect(body.revokedBy).toBe('ops');
    expect((await revoke(feed.id)).body).toEqual(body);
    const gone = await read(path);
    const said = ({ status, text, headers }: typeof gone) => [
      ...[status, text],
      [...headers].filter(([name]) => name !== 'date' && name !== 'traceparent'),
    ];
    expect(gone.status).toBe(404);
    expect(said(gone)).toEqual(said(never));
    expect(said(gone)).toEqual(said(other));
    expect((await list()).map(({ id }) => id)).not.toContain(feed.id);
    expect((await list(OPS, '?revoked=true')).map(({ id }) => id)).toContain(feed.id);
    expect((await revoke('feed_none')).status).toBe(404);
  });

  it('keeps its secret to itself: neither the lists nor any row of the database has it', async () => {
    const { feed, path } = (await make({ person: 'bo' })).body;
    await read(path);
    const secret = /tcf_[\w-]{43}/.exec(path)?.[0] ?? '';
    expect(secret.startsWith(feed.prefix)).toBe(true);
    const listed = (await list()).find(({ id }) => id === feed.id);
    expect(listed).toMatchObject({ person: 'bo', createdBy: 'ops', lastUsedAt: expect.any(String) });
    expect(JSON.stringify(listed)).not.toContain(secret);
    const rows = await database.query(
      'SELECT c::text AS row, secret_hash FROM escalation_routing.calendar_feed c',
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it('that is read too often says when to come back, and counts for itself alone', async () => {
    const [hot, cold] = [(await make({ person: 'bo' })).body, (await make({ person: 'bo' })).body];
    const answers = await Promise.all(Array.from({ length: 40 }, () => read(hot.path)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await read(cold.path)).status).toBe(200);
  });
});

describe('who may share a calendar', () => {
  it('is an operator for all, a responder for schedules and its own turns; a viewer may not', async () => {
    expect((await make({ person: 'ana' }, BO)).status).toBe(403);
    expect((await make({ person: 'bo' }, EYE)).status).toBe(403);
    expect((await call('GET', '/v1/calendar-feeds', undefined, EYE)).status).toBe(403);
    const own = (await make({ schedule: 'primary' }, BO)).body.feed;
    const ofBo = (await make({ person: 'bo' })).body.feed;
    const ofAna = (await make({ person: 'ana' })).body.feed;
    const seen = (await list(BO)).map(({ id }) => id);
    expect(seen).toEqual(expect.arrayContaining([own.id, ofBo.id]));
    expect(seen).not.toContain(ofAna.id);
    expect((await revoke(ofAna.id, BO)).status).toBe(404);
    expect((await revoke(ofBo.id, BO)).body.revokedBy).toBe('bo');
  });

  it.each([
    [{}, 422],
    [{ person: 'bo', schedule: 'primary' }, 422],
    [{ person: 'bo', role: 'primary' }, 422],
    [{ person: 'nobody' }, 404],
    [{ schedule: 'none' }, 404],
  ])('%j is refused with %d', async (body, status) => {
    expect((await make(body)).status).toBe(status);
  });
});
