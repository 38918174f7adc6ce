import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CaseList,
  type ExplainView,
  isoOf,
  type MaintenanceList,
  type MaintenancePreview,
  type MaintenanceView,
  type Problem,
} from '@tocsin/contracts';
import { hashOf } from '@tocsin/connections';
import { type RunningServices, runServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { callService } from '../call-service.rig.js';
import { escalationRouting } from '../escalation-routing.service.js';
import { type RoutingRig, routingOn, ticketEvent, TREE } from '../routing.rig.js';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

const OPS = 'operator-token-of-this-spec';
const BO = 'responder-token-of-bo';
const TREE_WITH_WINDOW = {
  ...TREE,
  tokens: {
    ops: { token: `loopback-only:${OPS}`, role: 'operator' },
    bo: { token: `loopback-only:${BO}`, role: 'responder' },
  },
  maintenance: [
    { name: 'long gone', services: ['payouts'], on: '2020-01-01', from: '00:00', for: '1h', timeZone: 'UTC' },
  ],
};

let database: TestDatabase;
let running: RunningServices;
let rig: RoutingRig;

beforeAll(async () => {
  database = await testDatabase();
  rig = await routingOn(database.url, undefined, [TREE_WITH_WINDOW as never]);
  const document = JSON.stringify(TREE_WITH_WINDOW);
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 1, $1, $2)`,
    [hashOf(document), document],
  );
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
    'UPDATE escalation_routing.quiet_window SET cancelled_at = clock_timestamp() WHERE cancelled_at IS NULL',
  );
  await database.query('UPDATE escalation_routing.quiet_version SET version = version + 1');
});

const call = <T = MaintenanceView>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
  token = OPS,
) => callService<T>(`${running.url}${path}`, token, method, body);

async function caseOf(ticketKey: string): Promise<CaseList['cases'][number]> {
  const { body } = await call<CaseList>('GET', `/v1/cases?ticketKey=${ticketKey}`);
  const [found] = body.cases;
  if (found === undefined) throw new Error('no case');
  return found;
}

const inHours = (hours: number): string => isoOf(Date.now() + hours * 3_600_000);

describe('maintenance over HTTP', () => {
  it('hushes, is said by the case, its list and explain in both languages, and pages when ended early', async () => {
    const { status, body } = await call('POST', '/v1/maintenance', {
      ...{ name: 'move', services: ['payouts'], for: '2h', reason: 'new racks' },
    });
    expect([status, body]).toMatchObject([
      201,
      {
        id: expect.stringMatching(/^mnt_/),
        origin: 'run-time',
        state: 'active',
        recordedBy: 'ops',
        safety: 'exempt',
      },
    ]);
    await rig.triage([ticketEvent({ ticketKey: 'T-1' })]);
    const hushed = await caseOf('T-1');
    expect(hushed.escalation).toMatchObject({
      state: 'suppressed',
      suppressed: { by: { kind: 'window', name: 'move', id: body.id }, until: body.until },
    });
    const listed = await call<CaseList>('GET', '/v1/cases?escalation=suppressed');
    expect(listed.body.cases.map(({ id }) => id)).toEqual([hushed.id]);
    const why = await call<ExplainView>('GET', `/v1/explain?case=${hushed.id}&person=ana`);
    expect(why.body.reason).toBe('muted');
    expect(why.body.text.en).toMatch(
      /^ana was not paged: muted by window «move» from .*; step «on-call» was held back until /,
    );
    expect(why.body.text['zh-CN']).toContain('被维护窗口「move」静默');
    const nobody = await call<ExplainView>('GET', `/v1/explain?case=${hushed.id}&person=chen`);
    expect(nobody.body.reason).toBe('not-a-target');

    const ended = await call('POST', `/v1/maintenance/${body.id}/end`);
    expect([ended.status, ended.body.state]).toEqual([200, 'ended']);
    await until(async () => (await caseOf('T-1')).escalation.state === 'running', { for: 'the page' });
    const then = await call<ExplainView>('GET', `/v1/explain?case=${hushed.id}&person=ana`);
    expect(then.body.reason).toBe('paged');
  });

  it('of a case that was resolved inside, explain says muted for ever', async () => {
    await call('POST', '/v1/maintenance', { name: 'move', services: ['payouts'], for: '2h' });
    await rig.triage([
      ticketEvent({ ticketKey: 'T-2' }),
      ticketEvent({ ticketKey: 'T-2', type: 'ticket.resolved' }),
    ]);
    const { id, state } = await caseOf('T-2');
    expect(state).toBe('resolved');
    const why = await call<ExplainView>('GET', `/v1/explain?case=${id}&person=ana`);
    expect(why.body.reason).toBe('muted');
  });

  it('is planned, listed beside the windows of the config, and cancelled before it begins', async () => {
    const window = { name: 'later', markets: ['SG'], from: inHours(2), until: inHours(3) };
    const { body } = await call('POST', '/v1/maintenance', window);
    expect(body.state).toBe('planned');
    expect((await call('POST', `/v1/maintenance/${body.id}/end`)).status).toBe(409);
    const listed = async (query = ''): Promise<string[]> =>
      (await call<MaintenanceList>('GET', `/v1/maintenance${query}`)).body.windows.map(
        (w) => `${w.name} ${w.state}`,
      );
    expect(await listed()).toEqual(['later planned']);
    const cancelled = await call('DELETE', `/v1/maintenance/${body.id}`);
    expect([cancelled.status, cancelled.body.state, cancelled.body.cancelledBy]).toEqual([
      200,
      'cancelled',
      'ops',
    ]);
    expect(await listed()).toEqual([]);
    expect(await listed('?over=true')).toEqual(
      expect.arrayContaining(['long gone ended', 'later cancelled']),
    );
    expect((await call('DELETE', `/v1/maintenance/${body.id}`)).status).toBe(409);
  });

  it('that has begun cannot be cancelled, only ended', async () => {
    const { body } = await call('POST', '/v1/maintenance', { name: 'on', services: ['payouts'], for: '1h' });
    expect(await call<Problem>('DELETE', `/v1/maintenance/${body.id}`)).toMatchObject({
      status: 409,
      body: { title: 'This window has begun; end it early instead, so that what it hushed stays on record.' },
    });
  });

  it.each<[string, object, string, string]>([
    ['a service that is none', { services: ['payout'], for: '1h' }, '/services/0', '«payout» is no service'],
    ['a condition that does not type-check', { when: 'case.x == 1', for: '1h' }, '/when', 'condition: '],
    ['an end that has passed', { until: '2020-01-01T00:00:00Z' }, '/until', '«until» has passed'],
    ['a length beyond a month', { for: '31d' }, '/until', 'at most 30 days'],
    ['the name of a window of the config', { name: 'long gone', for: '1h' }, '/name', 'take another name'],
    ['neither end nor length', {}, '/until', 'either «until» or «for»'],
  ])('is refused with %s, where it stands', async (_, body, pointer, detail) => {
    const answer = await call<Problem>('POST', '/v1/maintenance', { name: 'new', ...body });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([{ pointer, detail: expect.stringContaining(detail) }]);
  });

  it('made twice is one window', async () => {
    const body = { name: 'once', services: ['payouts'], for: '1h' };
    expect((await call('POST', '/v1/maintenance', body)).status).toBe(201);
    expect((await call('POST', '/v1/maintenance', body)).status).toBe(422);
  });

  it('is for operators; an unknown window is unknown', async () => {
    const body = { name: 'no', services: ['payouts'], for: '1h' };
    expect((await call('POST', '/v1/maintenance', body, BO)).status).toBe(403);
    expect((await call('POST', '/v1/maintenance/mnt_x/end')).status).toBe(404);
  });

  it('previews which cases of the last 30 days it would have hushed, urgent safety apart', async () => {
    await rig.triage([
      ticketEvent({ ticketKey: 'P-1' }),
      ticketEvent({ ticketKey: 'P-2', restricted: true }),
      ticketEvent({ ticketKey: 'P-3', source: 'other', category: 'none' }),
    ]);
    const shift = (text: string, hours: number): Promise<unknown> =>
      database.query(
        `UPDATE escalation_routing.case_record SET opened_at = opened_at - make_interval(hours => $2) WHERE ticket_key = $1`,
        [text, hours],
      );
    await shift('P-1', 7 * 24);
    await shift('P-2', 14 * 24);
    const preview = async (more: object): Promise<MaintenancePreview> =>
      (
        await call<MaintenancePreview>('POST', '/v1/maintenance/preview', {
          ...{ name: 'x', services: ['payouts'], when: 'case.source == "demo"', ...more },
        })
      ).body;
    const planned = await preview({ from: inHours(7 * 24 - 1), for: '2h' });
    expect(planned.cases.map(({ verdict }) => verdict)).toContain('hushed');
    expect(planned).toMatchObject({ exempt: 1 });
    expect(planned.cases.find(({ verdict }) => verdict === 'exempt')).not.toHaveProperty('subject');
    const today = new Date().toISOString();
    const never = await preview({
      ...{ on: today.slice(0, 10), from: today.slice(11, 13) === '12' ? '18:00' : '12:00' },
      ...{ for: '1m', timeZone: 'UTC' },
    });
    expect(never.inScope).toBe(planned.inScope);
    expect(never.hushed).toBe(0);
  });
});
