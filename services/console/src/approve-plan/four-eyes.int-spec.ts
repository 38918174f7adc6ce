import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { runServices, type RunningServices } from '@tocsin/runtime';
import { testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { consoleService } from '../console.service.js';

jest.setTimeout(60_000);

const person = (name: string) => ({ name, timeZone: 'UTC', contact: { desk: { sandbox: true } } });
const operator = (name: string, who?: string) => ({
  token: `loopback-only:${name}-token-of-the-spec`,
  role: 'operator',
  ...(who === undefined ? {} : { person: who }),
});

/** Bo and Chen are operators, Bo with two tokens. */
const world = (wait: string, more: Readonly<Record<string, unknown>> = {}) => ({
  people: { bo: person('Bo'), chen: person('Chen'), mute: { name: 'Mute', timeZone: 'UTC' } },
  teams: { pay: { members: ['bo', 'chen'] } },
  policies: {
    pay: {
      steps: [
        { name: 'first', page: 'person bo', wait },
        { name: 'second', page: 'person chen', wait: '2m' },
      ],
      fallback: { page: 'everyone' },
    },
    silent: {
      steps: [{ name: 'nobody', page: 'person mute', wait: '30m' }],
      fallback: { page: 'everyone' },
    },
  },
  services: { payouts: { team: 'pay', policy: 'pay' }, ...more },
  tokens: {
    bo: operator('bo', 'bo'),
    'bo-again': operator('bo-again', 'bo'),
    chen: operator('chen', 'chen'),
  },
});
const SLOW = world('5m');

let database: TestDatabase;
let one: RunningServices;

beforeEach(async () => {
  database = await testDatabase();
  one = await runServices([consoleService], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    TOCSIN_OPERATOR_TOKEN: 'an-operator-token-for-the-specs',
  });
  const first = await ask('an-operator-token-for-the-specs', 'PUT', '/v1/config', world('2m'));
  expect(first).toMatchObject({ status: 200, body: { revision: 2 } });
  await until(async () => (await by('bo', 'GET', '/v1/config')).status === 200);
});
afterEach(async () => {
  await one.stop();
  await database.drop();
});

async function ask(token: string, method: string, path: string, json?: unknown) {
  const answer = await fetch(`${one.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: (text.startsWith('{') ? JSON.parse(text) : { text }) as Body };
}
type Body = Record<string, unknown>;
const by = (who: string, method: string, path: string, json?: unknown) =>
  ask(`${who}-token-of-the-spec`, method, path, json);
const apply = (who: string, tree: unknown, query = '') => by(who, 'POST', `/v1/config/apply${query}`, tree);
const approve = (who: string, tree: unknown) => by(who, 'POST', '/v1/config/approve', tree);
const needs = (why: string) => ({ status: 409, body: { type: `/docs/problems/${why}` } });
const problems = async () => (await by('chen', 'GET', '/v1/config/problems')).body['problems'];

describe('a plan that makes something worse', () => {
  it('cannot be applied by one person; a second operator approves exactly it, and the revision names both', async () => {
    const risks = [{ kind: 'second-person', service: 'payouts', weight: 'second-approver' }];
    expect(await by('bo', 'POST', '/v1/config/plan', SLOW)).toMatchObject({
      body: { risks, approvedBy: [] },
    });
    expect(await apply('bo', SLOW)).toMatchObject({
      ...needs('needs-approver'),
      body: {
        title: 'This plan needs a second approver',
        detail: expect.stringContaining('tocsin config approve PATH'),
        errors: [
          {
            pointer: '/services/payouts',
            detail: 'payouts  P1 first page → second person: 2m → 5m',
          },
        ],
      },
    });
    expect(await approve('chen', SLOW)).toMatchObject({ status: 200, body: { base: 2, approvedBy: 'chen' } });
    expect(await apply('bo', world('6m'))).toMatchObject(needs('needs-approver'));
    expect(await apply('bo', SLOW)).toMatchObject({ status: 200, body: { revision: 3, changed: true } });
    const { revisions } = (await by('bo', 'GET', '/v1/config/revisions')).body as { revisions: Body[] };
    expect(revisions[0]).toMatchObject({
      ...{ revision: 3, author: 'bo', approvedBy: 'chen', brokeGlass: false },
      worsens: ['payouts  P1 first page → second person: 2m → 5m'],
    });
    expect(await problems()).toEqual([]);
  });

  it('is not approved by another token of the same person', async () => {
    expect((await approve('bo-again', SLOW)).status).toBe(200);
    expect(await apply('bo', SLOW)).toMatchObject(needs('own-approval'));
    // Whoever approves first and applies second are two persons all the same.
    expect((await apply('chen', SLOW)).status).toBe(200);
  });

  it('is not applied on an approval of another base, even when that base comes back', async () => {
    expect((await approve('chen', SLOW)).status).toBe(200);
    expect((await apply('bo', world('1m'))).status).toBe(200);
    expect(await apply('bo', SLOW)).toMatchObject(needs('stale-approval'));
    expect((await approve('chen', world('2m'))).status).toBe(200);
    expect((await apply('bo', world('2m'))).status).toBe(200);
    expect(await apply('bo', SLOW)).toMatchObject(needs('stale-approval'));
  });

  it('goes through broken glass with a reason, and leaves a problem until another operator reviews it', async () => {
    expect((await apply('bo', SLOW, '?break-glass=true')).status).toBe(422);
    expect(await apply('bo', SLOW, '?break-glass=true&reason=provider+is+down')).toMatchObject({
      status: 200,
      body: { revision: 3 },
    });
    const problem = { kind: 'break-glass', revision: 3, by: 'bo' };
    expect(await problems()).toMatchObject([
      { ...problem, detail: expect.stringMatching(/provider is down.*second person: 2m → 5m/) },
    ]);
    const metrics = await (await fetch(`${one.url}/metrics`)).text();
    expect(metrics).toMatch(/^tocsin_config_break_glass_unreviewed(\{[^}]*\})? 1$/m);
    const acts = await database.query<{ act: string }>(
      `SELECT act FROM console.audit ORDER BY id DESC LIMIT 1`,
    );
    expect(acts).toEqual([{ act: 'config.break-glass' }]);
    const review = (who: string) => by(who, 'POST', '/v1/config/revisions/3/approve');
    expect((await review('bo-again')).status).toBe(409);
    expect(await review('chen')).toMatchObject({ status: 200, body: { approvedBy: 'chen' } });
    expect(await problems()).toEqual([]);
    expect((await review('chen')).status).toBe(409);
  });

  it('is applied by nobody where a P1 would page nobody, but through broken glass', async () => {
    const uncovered = world('2m', { quiet: { team: 'pay', policy: 'silent' } });
    expect(await approve('chen', uncovered)).toMatchObject({ status: 409 });
    expect(await apply('bo', uncovered)).toMatchObject({
      ...needs('p1-uncovered'),
      body: {
        errors: [
          { pointer: '/services/quiet', detail: expect.stringContaining('nobody is paged within 300 s') },
        ],
      },
    });
    expect((await apply('bo', uncovered, '?break-glass=true&reason=now')).status).toBe(200);
    // The hole stands now: what does not make it longer is for one person.
    const { people } = world('2m');
    const mended = { ...uncovered, people: { ...people, dee: person('Dee') } };
    expect((await apply('bo', mended)).status).toBe(200);
  });

  it('is nothing to approve when it makes nothing worse', async () => {
    expect(await approve('chen', world('1m'))).toMatchObject({
      status: 409,
      body: { title: 'This plan makes nothing worse: one person may apply it.' },
    });
  });
});
