import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { addressMark, hashOf } from '@tocsin/connections';
import type {
  AttemptRecorded,
  ContactMethodChanged,
  CoverageView,
  DeliveryEvent,
  GapsView,
  ReadinessView,
} from '@tocsin/contracts';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { type RoutingRig, routingOn, TREE } from '../routing.rig.js';

jest.setTimeout(60_000);

const OPS = 'operator-token-of-this-spec';
const HOOK = 'https://hooks.example.com/ana';
/** Ana alone is paged by a step, by a webhook of the config. */
const WORLD = {
  ...TREE,
  people: {
    ...TREE['people'],
    ana: { name: 'Ana', timeZone: 'Asia/Singapore', contact: { hook: { webhook: HOOK } } },
  },
  policies: {
    'live-pay': {
      steps: [{ name: 'on-call', page: 'schedule primary', wait: '120s' }],
      fallback: { page: 'person dee' },
    },
  },
  tokens: { ops: { token: `loopback-only:${OPS}`, role: 'operator' as const } },
};

let database: TestDatabase;
let running: RunningServices;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
  });
  rig = await routingOn(database.url, undefined, [WORLD]);
  const document = JSON.stringify(WORLD);
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
    [hashOf(document), document],
  );
  await until(async () => (await get('/v1/oncall')).status === 200, { for: 'the config' });
});
afterAll(async () => {
  await running.stop();
  await rig.close();
  await database.drop();
});
beforeEach(async () => {
  await rig.query('DELETE FROM escalation_routing.contact_fact');
});

const get = <T>(path: string) => callService<T>(`${running.url}${path}`, OPS, 'GET');
const proof = async (): Promise<CoverageView['proofs'][number] | undefined> =>
  (await get<CoverageView>('/v1/oncall/coverage?days=3')).body.proofs.find(
    ({ priority }) => priority === 'P1',
  );
const readiness = async (person: string): Promise<ReadinessView['persons'][number] | undefined> =>
  (await get<ReadinessView>(`/v1/readiness?person=${person}`)).body.persons[0];
const lackOf = async (person: string): Promise<string[]> =>
  (await readiness(person))?.missing.map(({ what }) => what) ?? [];

const attempt = (more: Partial<AttemptRecorded>): AttemptRecorded => ({
  ...{ type: 'AttemptRecorded', tenant: 'default', caseId: '4F7K2', epoch: 1, round: 1, step: 0, try: 1 },
  ...{ person: 'ana', channel: 'webhook', method: 'hook', state: 'delivered', repeat: false },
  at: new Date().toISOString(),
  ...more,
});
const died = (more: Partial<AttemptRecorded> = {}): AttemptRecorded =>
  attempt({ state: 'failed', reason: '410 Gone', deadAddress: addressMark({ webhook: HOOK }), ...more });
const added = (version: number, removed = false): ContactMethodChanged => ({
  ...{ type: 'ContactMethodChanged', tenant: 'default', person: 'ana', method: 'hook-1', channel: 'webhook' },
  ...{ bands: 'P1-P5', verified: true, removed, version, at: new Date().toISOString() },
});

/** As the consumers do, each batch in a transaction of its own. */
const hear = (...events: DeliveryEvent[]): Promise<void> =>
  rig.connections.transactions.run('cold', (tx) =>
    rig.routing.recordDelivery.record(
      tx,
      events.map((event) => ({ event })),
    ),
  );
const hearMethods = (...events: ContactMethodChanged[]): Promise<void> =>
  rig.connections.transactions.run('cold', (tx) => rig.routing.knowContacts.methodsChanged(tx, events));
const version = (): Promise<number> => rig.routing.contacts.version('default');

describe('contacts in routing', () => {
  it('a person whose only address is dead is a hole, a gap, and not ready; told again it is the same', async () => {
    expect([(await proof())?.proved, await lackOf('ana')]).toEqual([true, ['not-tested', 'no-rule']]);
    const event = died();
    await hear(event);
    const known = await version();
    await hear(event, event);
    expect(await version()).toBe(known);
    expect(await proof()).toMatchObject({ proved: false });
    expect((await proof())?.text.en).toContain('ana by hook: 410 Gone');
    expect((await proof())?.text['zh-CN']).toContain('请为 ana 的 hook 更换地址');
    expect(await readiness('ana')).toMatchObject({ reachable: false, ready: false });
    expect(await lackOf('ana')).toEqual(['dead-address', 'not-reached', 'no-rule']);
    const gaps = (await get<GapsView>('/v1/oncall/gaps')).body.schedules[0];
    expect([gaps?.gaps, gaps?.unreachable[0]?.person]).toEqual([[], 'ana']);
  });

  it('a page that arrives later makes the address live again, in whatever order it is told', async () => {
    const [at, later] = ['2027-01-01T00:00:00.000Z', '2027-01-01T00:00:01.000Z'];
    await hear(died({ at }), attempt({ at: later }));
    expect((await proof())?.proved).toBe(true);
    await rig.query('DELETE FROM escalation_routing.contact_fact');
    await hear(attempt({ at: later }));
    await hear(died({ at }));
    expect((await proof())?.proved).toBe(true);
  });

  it('an address that the config has no more is not held against the person', async () => {
    await hear(died({ deadAddress: addressMark({ webhook: 'https://hooks.example.com/old' }) }));
    expect((await proof())?.proved).toBe(true);
  });

  it('a method that was added counts until it is taken away, the higher version holds', async () => {
    await hear(died());
    await hearMethods(added(1));
    expect((await proof())?.proved).toBe(true);
    await hearMethods(added(2, true));
    await hearMethods(added(1));
    expect((await proof())?.proved).toBe(false);
  });

  it('a page that arrived is remembered by the day, without a write for each', async () => {
    const now = Date.now();
    await hear(attempt({ at: new Date(now).toISOString() }));
    expect(await lackOf('ana')).toEqual(['no-rule']);
    const fact = (): Promise<{ fact: string }[]> =>
      rig.query('SELECT fact FROM escalation_routing.contact_fact');
    const before = await fact();
    await hear(attempt({ at: new Date(now + 30_000).toISOString() }));
    expect(await fact()).toEqual(before);
  });
});
