import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hashOf } from '@tocsin/connections';
import {
  type AnsweredCover,
  type CoverRequestList,
  type CoverRequestView,
  isoOf,
  type OnCallView,
  type Problem,
  type ShiftNoticeList,
} from '@tocsin/contracts';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { TREE } from '../routing.rig.js';

jest.setTimeout(30_000);

const HOUR = 3_600_000;
const OPS = 'operator-token-of-this-spec';
const ANA = 'responder-token-of-ana';
const BO = 'responder-token-of-bo';

let database: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  database = await testDatabase();
  const tokens = {
    ops: { token: `loopback-only:${OPS}`, role: 'operator' },
    ana: { token: `loopback-only:${ANA}`, role: 'responder' },
    bo: { token: `loopback-only:${BO}`, role: 'responder' },
  };
  const teams = { pay: { members: ['ana', 'bo', 'dee'], ladder: { tier1: 'schedule primary' } } };
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  const document = JSON.stringify({ ...TREE, teams, tokens });
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

const call = <T = AnsweredCover>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  token = OPS,
) => callService<T>(`${running.url}${path}`, token, method, body);

let days = 1;

/** Eight hours of Ana's, another day each time. */
function stretch(): { schedule: string; person: string; from: string; until: string } {
  days += 1;
  const from = Math.floor(Date.now() / HOUR) * HOUR + days * 24 * HOUR;
  return { schedule: 'primary', person: 'ana', from: isoOf(from), until: isoOf(from + 8 * HOUR) };
}

async function asked(): Promise<CoverRequestView> {
  const { status, body } = await call('POST', '/v1/cover-requests', { ...stretch(), reason: 'dentist' }, ANA);
  expect(status).toBe(200);
  return body.request;
}

const onCall = async (at: string): Promise<OnCallView['schedules'][number] | undefined> =>
  (await call<OnCallView>('GET', `/v1/oncall?schedule=primary&at=${at}`)).body.schedules[0];

const notices = async (person: string, request: CoverRequestView): Promise<string[]> =>
  (await call<ShiftNoticeList>('GET', `/v1/shift-notices?person=${person}`)).body.notices
    .filter((notice) => notice.request === request.id)
    .map(({ kind }) => kind);

describe('asking for cover', () => {
  it('tells those who may accept; the first becomes the override, with its origin', async () => {
    const request = await asked();
    expect(request).toMatchObject({
      state: 'open',
      eligible: ['bo', 'dee'],
      history: [{ what: 'asked', by: 'ana' }],
    });
    expect(await notices('dee', request)).toEqual(['cover-asked']);
    const declined = await call('POST', `/v1/cover-requests/${request.id}/decline`, { person: 'dee' });
    expect(declined.body.request.state).toBe('open');
    const { body } = await call('POST', `/v1/cover-requests/${request.id}/accept`, {}, BO);
    expect(body.request).toMatchObject({ state: 'accepted', coveredBy: 'bo', eligible: [] });
    expect(body.request.history.map(({ what, person, by }) => [what, person, by])).toEqual([
      ['asked', 'ana', 'ana'],
      ['declined', 'dee', 'ops'],
      ['accepted', 'bo', 'bo'],
    ]);
    expect(body.hours).toEqual([
      { person: 'bo', hours: 8 },
      { person: 'ana', hours: -8 },
    ]);
    expect(await onCall(request.from)).toMatchObject({
      ...{ person: 'bo', by: 'override', from: request.from, until: request.until },
      path: [{ by: 'layer' }, { by: 'override', change: body.request.override, replaces: 'ana' }],
    });
    const overrides = await call<{ changes: unknown[] }>('GET', '/v1/overrides?person=bo');
    expect(overrides.body.changes).toContainEqual(
      expect.objectContaining({ id: body.request.override, cover: request.id, reason: 'dentist' }),
    );
    expect(await notices('ana', request)).toEqual(['cover-accepted']);
    const again = await call('POST', `/v1/cover-requests/${request.id}/accept`, {}, BO);
    expect(again.body.request.override).toBe(body.request.override);
  });

  it('of two who accept in the same moment one has it, the other learns who', async () => {
    const request = await asked();
    const answers = await Promise.all(
      ['bo', 'dee'].map((person) =>
        call<AnsweredCover & Problem>('POST', `/v1/cover-requests/${request.id}/accept`, { person }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const refused = answers.find(({ status }) => status === 409);
    const has = (await onCall(request.from))?.person;
    expect(refused?.body).toMatchObject({ type: '/docs/problems/already-covered', owner: has });
  });

  it('takes no answer once it is cancelled, and cancels nothing that is covered', async () => {
    const request = await asked();
    const path = `/v1/cover-requests/${request.id}`;
    expect((await call('DELETE', path, undefined, BO)).status).toBe(403);
    expect((await call('DELETE', path, undefined, ANA)).body.request.state).toBe('cancelled');
    const late = await call<Problem>('POST', `${path}/accept`, {}, BO);
    expect([late.status, late.body.type]).toEqual([409, '/docs/problems/closed']);
    const other = await asked();
    await call('POST', `/v1/cover-requests/${other.id}/accept`, { person: 'dee' });
    expect((await call('DELETE', `/v1/cover-requests/${other.id}`)).status).toBe(409);
  });

  it('says so when nobody took it in time', async () => {
    const request = await asked();
    await database.query(
      `UPDATE escalation_routing.cover_request SET expires_at = clock_timestamp() WHERE id = $1`,
      [request.id],
    );
    await until(async () => (await notices('ana', request)).length > 0, { for: 'the notice' });
    expect(await notices('ana', request)).toEqual(['cover-expired']);
    const { body } = await call<CoverRequestView>('GET', `/v1/cover-requests/${request.id}`);
    expect([body.state, body.history.at(-1)?.what]).toEqual(['expired', 'expired']);
    expect((await call('POST', `/v1/cover-requests/${request.id}/accept`, {}, BO)).status).toBe(409);
  });

  it('lists what a person may accept', async () => {
    const request = await asked();
    const list = async (query: string): Promise<string[]> =>
      (await call<CoverRequestList>('GET', `/v1/cover-requests?${query}`)).body.requests.map(({ id }) => id);
    expect(await list('eligible=dee')).toContain(request.id);
    await call('POST', '/v1/leave', { person: 'dee', from: request.from, until: request.until });
    expect(await list('eligible=dee')).not.toContain(request.id);
    expect(await list('eligible=bo')).toContain(request.id);
    expect(await list('state=accepted')).not.toContain(request.id);
  });

  it.each([
    ['/from', { from: '2026-01-05T00:00:00Z', until: '2026-01-05T08:00:00Z' }],
    ['/person', { person: 'bo' }],
    ['/person', { person: 'zoe' }],
    ['/schedule', { schedule: 'none' }],
    ['/expires', { expires: '2090-01-01T00:00:00Z' }],
  ])('refuses at %s what does not fit: %j', async (pointer, more) => {
    const { status, body } = await call<Problem>('POST', '/v1/cover-requests', { ...stretch(), ...more });
    expect([status, body.errors?.map((error) => error.pointer)]).toEqual([422, [pointer]]);
  });

  it('lets nobody ask or answer for others, operators excepted', async () => {
    expect((await call('POST', '/v1/cover-requests', stretch(), BO)).status).toBe(403);
    const request = await asked();
    expect(
      (await call('POST', `/v1/cover-requests/${request.id}/accept`, { person: 'dee' }, BO)).status,
    ).toBe(403);
    expect((await call('POST', `/v1/cover-requests/${request.id}/accept`, {})).status).toBe(422);
  });
});
