import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CaseList, PlannedConfig, Recording, RecordedInputs } from '@tocsin/contracts';
import { historyOf, planHistory, readConfig, simulateHistory } from '@tocsin/rules';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { freePort, testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { SERVICES_OF_THIS_PROCESS } from './index.js';

// Five services start on two cores that other suites share.
jest.setTimeout(90_000);

const OPERATOR = 'an-operator-token-for-the-specs';
const person = (name: string) => ({ name, timeZone: 'UTC', contact: { desk: { sandbox: true } } });
const operator = (name: string) => ({
  ...{ token: `loopback-only:${name}-token-of-the-spec`, role: 'operator', person: name },
});

/** Bo is paged at once, Chen after two minutes; two operators. */
const WORLD = {
  people: { bo: person('Bo'), chen: person('Chen') },
  teams: { pay: { members: ['bo', 'chen'] } },
  policies: {
    pay: {
      steps: [
        { name: 'first', page: 'person bo', wait: '2m' },
        { name: 'second', page: 'person chen', wait: '2m' },
      ],
      fallback: { page: 'everyone' },
    },
  },
  services: { payouts: { team: 'pay', policy: 'pay' } },
  sources: {
    demo: {
      ...{ kind: 'generic', key: 'loopback-only:a-source-key-of-the-spec', service: 'payouts' },
      severity: { critical: 'P1', warning: 'P3' },
    },
  },
  tokens: {
    bo: operator('bo'),
    chen: operator('chen'),
    eye: { token: 'loopback-only:eye-token-of-the-spec', role: 'viewer' },
  },
};

/**
 * No page is later by any policy, and no rota has a hole: only recorded history knows that a window would have hushed all
 * cases of this source.
 */
const LATER = {
  ...WORLD,
  maintenance: [
    {
      ...{ name: 'demo', sources: ['demo'], safety: 'muted' },
      ...{
        every: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
        from: '00:00',
        for: '24h',
        timeZone: 'UTC',
      },
    },
  ],
};

let database: TestDatabase;
let one: RunningServices;

beforeEach(async () => {
  database = await testDatabase();
  const port = await freePort();
  one = await runServices(SERVICES_OF_THIS_PROCESS, {
    ...{ DATABASE_URL: database.url, PORT: String(port), LOG_LEVEL: 'silent' },
    ...{ TOCSIN_INTERNAL_TOKEN: 'an-internal-token-for-the-spec', TOCSIN_OPERATOR_TOKEN: OPERATOR },
    TOCSIN_PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  expect((await ask(OPERATOR, 'PUT', '/v1/config', WORLD)).status).toBe(200);
  await until(async () => (await by('bo', 'GET', '/v1/config')).status === 200);
  await until(async () => (await fetch(`${one.url}/readyz`)).status === 200);
});
afterEach(async () => {
  await one.stop();
  await database.drop();
});

async function ask<T = Record<string, unknown>>(token: string, method: string, path: string, json?: unknown) {
  const answer = await fetch(`${one.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}
const by = <T = Record<string, unknown>>(who: string, method: string, path: string, json?: unknown) =>
  ask<T>(`${who}-token-of-the-spec`, method, path, json);

/** P1 cases that are on record for good; nobody sleeps. */
async function recorded(): Promise<void> {
  for (const id of ['1', '2', '3']) {
    const event = {
      id,
      type: 'ticket.created',
      subject: 'Payouts fail',
      severity: 'critical',
      key: `T-${id}`,
    };
    const { status } = await ask('a-source-key-of-the-spec', 'POST', '/v1/sources/demo/events', event);
    expect(status).toBeLessThan(300);
  }
  await until(async () => (await by<CaseList>('bo', 'GET', '/v1/cases')).body.cases.length === 3);
  await database.query(
    `CREATE OR REPLACE FUNCTION event_log.tocsin_now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
      AS $$ SELECT clock_timestamp() + interval '300 seconds' $$`,
  );
}

describe('a plan by which recorded P1 cases would have waited longer', () => {
  it('says so with the numbers of a simulation, is judged by the server, and needs a second approver', async () => {
    await recorded();
    const planned = await by<PlannedConfig>('bo', 'POST', '/v1/config/plan', LATER);
    expect(planned).toMatchObject({
      status: 200,
      body: {
        risks: [
          { kind: 'replayed-time-to-page', service: '', weight: 'second-approver' },
          { kind: 'replayed-time-to-page', service: 'payouts', weight: 'second-approver' },
        ],
        history: {
          cases: 3,
          affected: 3,
          p1: { before: { cases: 3, p50: 0 }, after: { cases: 3, never: 3 } },
        },
      },
    });
    const { from, until: end, ...numbers } = planned.body.history ?? { from: '', until: '' };
    const head = (await by<Recording>('bo', 'GET', '/v1/simulations/recording')).body;
    const { inputs } = (await by<RecordedInputs>('bo', 'GET', '/v1/simulations/inputs')).body;
    const history = historyOf({ ...head, from, until: end }, inputs);
    const candidate = readConfig(LATER);
    if (history === undefined || !candidate.ok) throw new Error('the recording and the tree can be read');
    expect(planHistory(simulateHistory(history, candidate.config), history)).toMatchObject(numbers);

    expect(await by('bo', 'POST', '/v1/config/apply', LATER)).toMatchObject({
      status: 409,
      body: {
        type: '/docs/problems/needs-approver',
        errors: [
          { pointer: '/services', detail: expect.stringContaining('All services  P1 median time') },
          { pointer: '/services/payouts', detail: expect.stringContaining('0s → never') },
        ],
      },
    });
    expect((await by('chen', 'POST', '/v1/config/approve', LATER)).status).toBe(200);
    expect((await by('bo', 'POST', '/v1/config/apply', LATER)).status).toBe(200);
  });

  it('is not told of by the figures of a client, nor to whoever may not read the recording', async () => {
    await recorded();
    const asked = await by<PlannedConfig>('bo', 'POST', '/v1/config/plan?history=false', LATER);
    expect(asked.body).toMatchObject({ risks: [], historyUnknown: { reason: 'not-asked' } });
    const viewed = await by<PlannedConfig>('eye', 'POST', '/v1/config/plan', LATER);
    expect(viewed.body).toMatchObject({ risks: [], historyUnknown: { reason: 'no-access' } });
    expect((await by('bo', 'POST', '/v1/config/apply?history=false', LATER)).status).toBe(409);
    // Whose token is known to console alone is judged too.
    expect((await ask(OPERATOR, 'POST', '/v1/config/apply', LATER)).status).toBe(409);
  });

  it('is told of as unknown where nothing is recorded', async () => {
    const planned = await by<PlannedConfig>('bo', 'POST', '/v1/config/plan', LATER);
    expect(planned.body).toMatchObject({ risks: [], historyUnknown: { reason: 'nothing-recorded' } });
    expect((await by('bo', 'POST', '/v1/config/apply', LATER)).status).toBe(200);
  });
});
