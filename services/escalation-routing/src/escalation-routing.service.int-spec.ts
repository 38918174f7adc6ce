import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  type BulkResults,
  type CaseList,
  type CaseTickets,
  type CaseTimeline,
  type CaseView,
  type ChangedTickets,
  type MigratedCase,
  type Problem,
  TOPICS,
} from '@tocsin/contracts';
import { hashOf } from '@tocsin/connections';
import { runServices, type RunningServices } from '@tocsin/runtime';
import { type TestDatabase, testDatabase, until } from '@tocsin/test-rig';
import { escalationRouting } from './escalation-routing.service.js';
import { routingOn, ticketEvent, TREE } from './routing.rig.js';

const OPERATOR = 'operator-token-of-this-spec';
const INTERNAL = 'internal-token-of-this-spec-1234';

// Rounds on a real server; a busy machine needs more than the default.
jest.setTimeout(30_000);

let database: TestDatabase;
let running: RunningServices;

beforeAll(async () => {
  database = await testDatabase();
  await (await routingOn(database.url)).close();
  const document = JSON.stringify({
    ...TREE,
    grouping: [
      {
        name: 'by host',
        when: 'has(event.attributes.host)',
        by: ['attributes.host'],
        window: { session: '1h' },
      },
    ],
    tokens: {
      ops: { token: `loopback-only:${OPERATOR}`, role: 'operator' },
      ana: { token: 'loopback-only:responder-token-of-ana', role: 'responder' },
      eye: { token: 'loopback-only:viewer-token', role: 'viewer' },
    },
  });
  await database.query(
    `INSERT INTO escalation_routing.config_revision (tenant, revision, hash, document) VALUES ('default', 7, $1, $2)`,
    [hashOf(document), document],
  );
  running = await runServices([escalationRouting], {
    DATABASE_URL: database.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    TOCSIN_INTERNAL_TOKEN: INTERNAL,
  });
});
afterAll(async () => {
  await running.stop();
  await database.drop();
});

interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

async function call<T = CaseView>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  {
    body,
    token = OPERATOR,
    headers = {},
  }: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${running.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T, headers: response.headers };
}

/** As intake does it: an outbox row and its hand-off row in one transaction. */
async function accept(more: Parameters<typeof ticketEvent>[0] = {}): Promise<CaseView> {
  const event = ticketEvent(more);
  await database.query('CREATE SCHEMA IF NOT EXISTS ticket_intake');
  await database.query(
    'CREATE TABLE IF NOT EXISTS ticket_intake.outbox (LIKE escalation_routing.outbox INCLUDING ALL)',
  );
  await database.query(
    `WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch), o AS (
        INSERT INTO ticket_intake.outbox (batch, n, topic, lane, key, type, payload)
        SELECT batch, 1, 'tickets', 'hot', $1, $2, $3 FROM b)
      INSERT INTO event_log.pending (grp, lane, batch, topic, events)
      SELECT 'escalation-routing.tickets', 'hot', batch, 'tickets', 1 FROM b`,
    [`default:demo:${event.ticketKey}`, event.type, JSON.stringify(event)],
  );
  const found = await until(
    async () =>
      (await call<CaseList>('GET', `/v1/cases?event=${event.id}`)).body.cases.find(
        (c) => c.state !== 'merged',
      ),
    { for: `the case of ${event.id} on ${TOPICS.tickets.name}` },
  );
  return found;
}

describe('escalation-routing over HTTP', () => {
  it('shows the case of an event with its explanation, its timeline, and an entity tag', async () => {
    const opened = await accept({ category: 'live.payout' });
    expect(opened).toMatchObject({
      state: 'open',
      priority: 'P1',
      service: 'payouts',
      events: 1,
      revision: 7,
      version: 1,
    });
    expect(opened.because.en).not.toBe('');
    expect(opened.escalation).toMatchObject({
      state: 'running',
      policy: 'live-pay',
      epoch: 1,
      round: 1,
      step: 0,
    });
    const shown = await call('GET', `/v1/cases/${opened.id.toLowerCase()}`);
    expect([shown.body, shown.headers.get('etag')]).toEqual([opened, '"1"']);
    const { body } = await call<CaseTimeline>('GET', `/v1/cases/${opened.id}/timeline`);
    expect(body.events.map(({ type }) => type)).toEqual(['CaseOpened', 'EscalationStarted', 'StepStarted']);
  });

  it('shows a grouped case with its rule, its tickets and why each is in it', async () => {
    const host = { attributes: { host: 'db-1' } };
    const first = await accept({ ticketKey: 'disk', ...host });
    const second = await accept({ ticketKey: 'load', ...host });
    expect(second.id).toBe(first.id);
    const { body } = await call('GET', `/v1/cases/${first.id}`);
    expect(body.group).toMatchObject({
      ...{ rule: 'by host', by: [{ name: 'attributes.host', value: 'db-1' }], tickets: 2, open: 2 },
      members: [
        { ticketKey: 'disk', events: 1, open: true },
        { ticketKey: 'load', events: 1, because: { 'zh-CN': expect.stringContaining('规则「by host」') } },
      ],
    });
    const { body: told } = await call<CaseTimeline>('GET', `/v1/cases/${first.id}/timeline`);
    expect(told.events.map(({ type }) => type)).toContain('TicketJoined');
  });

  it('lists cases newest first, by filters, page by page', async () => {
    const opened = [];
    for (let n = 0; n < 5; n++) opened.push((await accept({ subject: 'listed', severity: 'warning' })).id);
    const seen: string[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const page: Answer<CaseList> = await call(
        'GET',
        `/v1/cases?priority=P3&state=open&limit=2${next === '' ? '' : `&cursor=${next}`}`,
      );
      seen.push(...page.body.cases.map(({ id }) => id));
      next = page.body.next;
    }
    expect(seen).toEqual(opened.toReversed());
    const bad = await call<Problem>('GET', '/v1/cases?cursor=nonsense');
    expect([bad.status, bad.body.errors?.[0]?.pointer]).toEqual([422, '/cursor']);
    expect((await call<Problem>('GET', '/v1/cases?state=lost')).status).toBe(422);
  });

  it('finds a case by its upstream key', async () => {
    const { id, ticketKey } = await accept();
    const { body } = await call<CaseList>('GET', `/v1/cases?source=demo&ticketKey=${ticketKey}`);
    expect(body.cases.map((c) => c.id)).toEqual([id]);
  });

  it('lets an operator answer for a person, and tells the second who has it', async () => {
    const { id } = await accept();
    const first = await call('POST', `/v1/cases/${id}/acknowledge`, { body: { person: 'bo', via: 'phone' } });
    expect([first.status, first.body.acknowledgedBy, first.headers.get('etag')]).toEqual([200, 'bo', '"2"']);
    const second = await call<Problem>('POST', `/v1/cases/${id}/acknowledge`, {
      token: 'responder-token-of-ana',
    });
    expect(second.status).toBe(409);
    expect(second.headers.get('content-type')).toContain('application/problem+json');
    expect(second.body).toMatchObject({
      type: '/docs/problems/already-acknowledged',
      owner: 'bo',
      at: first.body.acknowledgedAt,
    });
  });

  it('lets notification answer for a person by the internal token, and refuses a page of another epoch', async () => {
    const { id } = await accept();
    const body = { person: 'ana', via: 'link', epoch: 2 };
    const stale = await call<Problem>('POST', `/v1/cases/${id}/acknowledge`, { body, token: INTERNAL });
    expect([stale.status, stale.body.type]).toEqual([409, '/docs/problems/stale-epoch']);
    const fresh = await call('POST', `/v1/cases/${id}/acknowledge`, {
      body: { ...body, epoch: 1 },
      token: INTERNAL,
    });
    expect([fresh.status, fresh.body.acknowledgedBy]).toEqual([200, 'ana']);
  });

  it('refuses who may not: without a token, as a viewer, for somebody else, for nobody', async () => {
    const { id } = await accept();
    const path = `/v1/cases/${id}/acknowledge`;
    expect((await call('POST', path, { token: 'wrong' })).status).toBe(401);
    expect((await call('POST', path, { token: 'viewer-token' })).status).toBe(403);
    expect(
      (await call('POST', path, { token: 'responder-token-of-ana', body: { person: 'bo' } })).status,
    ).toBe(403);
    expect((await call('POST', path, { body: { person: 'zoe' } })).status).toBe(422);
    expect((await call('POST', path, { body: { persona: 'bo' } })).status).toBe(422);
  });

  it('answers unknown cases, other ids and nonsense alike', async () => {
    const answers = await Promise.all(
      ['/v1/cases/ZZZZZZZ', '/v1/cases/%20', '/v1/cases/UUU', '/v1/cases/ZZZZZZZ/timeline'].map((path) =>
        call<Problem>('GET', path),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body.title])))).toEqual(
      new Set(['[404,"Not found"]']),
    );
  });

  it('refuses nonsense as the caller’s fault, never as its own', async () => {
    const { id } = await accept();
    const cursors = ['99999999999999:999999999999999999', '9999999999999999:1', '1:9999999999999999999'];
    const paths = [
      ...['ticketKey=%00', 'event=%00', 'source=%F0', 'limit=1e9', 'state=', 'priority[]=P1'],
      ...cursors.map((text) => `cursor=${Buffer.from(text).toString('base64url')}`),
    ].map((query) => `/v1/cases?${query}`);
    paths.push(
      '/v1/oncall?at=0001-01-01T00:00:00Z',
      '/v1/oncall?at=9999-12-31T23:59:59Z',
      '/v1/oncall?at=soon',
    );
    paths.push(
      '/v1/explain?case=1',
      '/v1/explain?case=1&person=%00',
      `/v1/explain?case=${id}&person=__proto__`,
    );
    const answers = await Promise.all(
      paths.map(async (path) => `${path} ${(await call('GET', path)).status}`),
    );
    expect(answers.filter((answer) => / 5\d\d$/.test(answer))).toEqual([]);
    const note = { note: 'a\0b\ud800' };
    expect((await call('POST', `/v1/cases/${id}/notes`, { body: note })).status).toBe(200);
    const headers = { 'idempotency-key': 'k'.repeat(3000) };
    expect((await call('POST', `/v1/cases/${id}/notes`, { body: note, headers })).status).toBe(400);
    const body = { target: 'person bo', priority: 'P3', subject: 'a\0b\ud800' };
    expect((await call('POST', '/v1/escalations', { body })).status).toBe(201);
    expect(
      (await call('POST', '/v1/escalations', { body: { ...body, target: 'person constructor' } })).status,
    ).toBe(422);
  });

  it('gives the first answer again for the same Idempotency-Key, and refuses the key for another request', async () => {
    const { id } = await accept();
    const headers = { 'idempotency-key': 'note-1' };
    const once = await call('POST', `/v1/cases/${id}/notes`, { body: { note: 'called the bank' }, headers });
    const again = await call('POST', `/v1/cases/${id}/notes`, { body: { note: 'called the bank' }, headers });
    expect([again.status, again.body]).toEqual([200, once.body]);
    const { body } = await call<CaseTimeline>('GET', `/v1/cases/${id}/timeline`);
    expect(body.events.filter(({ type }) => type === 'NoteAdded')).toHaveLength(1);
    const other = await call<Problem>('POST', `/v1/cases/${id}/notes`, {
      body: { note: 'something else' },
      headers,
    });
    expect([other.status, other.body.type]).toEqual([409, '/docs/problems/other-request']);
  });

  it('refuses an act on a version that is gone', async () => {
    const { id } = await accept();
    await call('POST', `/v1/cases/${id}/notes`, { body: { note: 'meanwhile' } });
    const late = await call<Problem>('POST', `/v1/cases/${id}/resolve`, { headers: { 'if-match': '"1"' } });
    expect([late.status, late.headers.get('etag')]).toEqual([412, '"2"']);
    expect(
      (await call('POST', `/v1/cases/${id}/resolve`, { headers: { 'if-match': '"2"' } })).body.state,
    ).toBe('resolved');
  });

  it('acts on many cases at once: each has its result, or nothing is done and each refusal is named', async () => {
    const [one, two] = [(await accept()).id, (await accept()).id];
    const body = { act: 'note', note: 'same outage', cases: [two, 'no id', one.toLowerCase()] };
    const some = await call<BulkResults>('POST', '/v1/cases/bulk', { body });
    expect([some.status, some.body.done, some.body.refused]).toEqual([200, 2, 1]);
    expect(some.body.results).toMatchObject([
      { case: two, status: 200, state: 'open', version: 2 },
      { case: 'no id', status: 404, error: { title: 'Not found' } },
      { case: one, status: 200, version: 2 },
    ]);
    const none = await call<Problem>('POST', '/v1/cases/bulk', { body: { ...body, allOrNone: true } });
    expect([none.status, none.body.type]).toEqual([409, '/docs/problems/none-done']);
    expect(none.body.errors).toEqual([{ pointer: '/cases/1', detail: 'no id: Not found' }]);
    expect((await call('GET', `/v1/cases/${one}`)).body.version).toBe(2);
    for (const [cases, pointer] of [
      [[one, one.toLowerCase()], '/cases/1'],
      [Array.from({ length: 1001 }, (_, n) => `1${n}`), '/cases'],
    ] as const) {
      const refused = await call<Problem>('POST', '/v1/cases/bulk', { body: { act: 'resolve', cases } });
      expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
    }
    const forOthers = { act: 'acknowledge', person: 'bo', cases: [one] };
    const token = 'responder-token-of-ana';
    expect((await call('POST', '/v1/cases/bulk', { body: forOthers, token })).status).toBe(403);
    const nobody = { act: 'reassign', to: 'person zoe', cases: [one] };
    expect((await call('POST', '/v1/cases/bulk', { body: nobody })).status).toBe(422);
  });

  it('keeps how a case ended, and refuses a code that the config does not have', async () => {
    const { id } = await accept();
    const path = `/v1/cases/${id}/resolve`;
    const odd = await call<Problem>('POST', path, { body: { code: 'magic' } });
    expect([odd.status, odd.body.type]).toEqual([422, '/docs/problems/unfit-resolution']);
    expect(odd.body.errors).toMatchObject([{ pointer: '/code' }]);
    const many = { act: 'resolve', cases: [id], code: 'magic', allOrNone: true };
    const none = await call<Problem>('POST', '/v1/cases/bulk', { body: many });
    expect([none.status, none.body.errors?.[0]?.detail]).toEqual([409, expect.stringContaining('magic')]);
    const said = { cause: 'bad release', reply: 'It is fixed.' };
    const done = await call('POST', path, { body: { ...said, note: 'rolled back' } });
    expect([done.status, done.body.state, done.body.resolution]).toEqual([200, 'resolved', said]);
    expect((await call('GET', `/v1/cases/${id}`)).body.resolution).toEqual(said);
  });

  it('merges, splits and moves tickets, shows whose they are, and takes it back', async () => {
    const [one, two] = [await accept(), await accept()];
    const post = <T = ChangedTickets>(id: string, act: string, body?: object, token = OPERATOR) =>
      call<T>('POST', `/v1/cases/${id}/${act}`, { token, ...(body === undefined ? {} : { body }) });
    expect((await post(one.id, 'merge', { into: two.id }, 'viewer-token')).status).toBe(403);
    const odd = await post<Problem>(one.id, 'merge', { into: 'no id' });
    expect([odd.status, odd.body.errors?.[0]?.pointer]).toEqual([422, '/into']);
    const merged = await post(one.id, 'merge', { into: two.id.toLowerCase(), person: 'bo', note: 'same' });
    expect([merged.status, merged.headers.get('etag')]).toEqual([200, '"2"']);
    expect(merged.body).toMatchObject({
      change: { kind: 'merge', from: one.id, to: two.id, by: 'bo' },
      from: { state: 'merged', escalation: { state: 'cancelled' } },
      to: { state: 'open' },
    });
    const late = await post<Problem>(one.id, 'acknowledge', {});
    expect([late.status, late.body.type, late.body.detail]).toEqual([
      ...[409, '/docs/problems/joined', `It goes on as ${two.id}.`],
    ]);
    const reason = await call<{ reason: string }>('GET', `/v1/explain?case=${one.id}&person=bo`);
    expect(reason.body.reason).toBe('merged-before');
    const ticket = { source: 'demo', ticketKey: one.ticketKey };
    const split = await post(two.id, 'split', { tickets: [ticket] });
    const shown = await call<CaseTickets>('GET', `/v1/cases/${split.body.to.id}/tickets`);
    expect(shown.body).toMatchObject({ tickets: [ticket], changes: [{ kind: 'split', from: two.id }] });
    const all = await post<Problem>(two.id, 'move', {
      ...{ to: split.body.to.id, tickets: [{ source: 'demo', ticketKey: two.ticketKey }] },
    });
    expect([all.status, all.body.type]).toEqual([409, '/docs/problems/last-ticket']);
    const token = 'responder-token-of-ana';
    expect((await post(two.id, 'undo', undefined, token)).body.change).toMatchObject({
      ...{ kind: 'split', undoneBy: 'ana' },
    });
    expect((await post(two.id, 'undo')).body.from).toMatchObject({ id: one.id, state: 'open' });
    const none = await post<Problem>(two.id, 'undo');
    expect([none.status, none.body.type]).toEqual([409, '/docs/problems/nothing-to-undo']);
  });

  it('tells who is on call, by the schedule and by the policy', async () => {
    const { body } = await call<object>('GET', '/v1/oncall?at=2026-11-02T03:00:00Z');
    expect(body).toMatchObject({
      at: '2026-11-02T03:00:00.000Z',
      schedules: [{ schedule: 'primary', person: 'ana', name: 'Ana', layer: 1 }],
      policies: [
        {
          policy: 'live-pay',
          service: 'payouts',
          steps: [
            { step: 'on-call', after: 0 },
            { step: 'owner', after: 120 },
          ],
        },
      ],
    });
    expect((await call('GET', '/v1/oncall?schedule=nights')).status).toBe(404);
  });

  it('gives exactly one reason why somebody was or was not paged', async () => {
    const { id } = await accept();
    const calm = await accept({ severity: 'info' });
    await call('POST', `/v1/cases/${id}/acknowledge`, { body: { person: 'ana' } });
    const ask = async (caseId: string, person: string): Promise<string> =>
      (await call<{ reason: string }>('GET', `/v1/explain?case=${caseId}&person=${person}`)).body.reason;
    expect(await Promise.all(['ana', 'bo', 'chen'].map((person) => ask(id, person)))).toEqual([
      'paged',
      'acknowledged-before',
      'not-a-target',
    ]);
    expect(await ask(calm.id, 'ana')).toBe('no-escalation');
  });

  it('pages a person by hand, once per Idempotency-Key, and warns of one who cannot be reached', async () => {
    const body = { target: ['person bo', 'person chen'], priority: 'P2', subject: 'please look' };
    const send = () =>
      call<{ case: CaseView; warnings: string[] }>('POST', '/v1/escalations', {
        body,
        headers: { 'idempotency-key': 'hand-1' },
      });
    const [first, second] = [await send(), await send()];
    expect([first.status, first.body]).toEqual([201, second.body]);
    expect(first.body.case).toMatchObject({
      state: 'open',
      priority: 'P2',
      escalation: { state: 'running', epoch: 1 },
    });
    expect(first.body.warnings).toEqual(['chen has no way to be reached in the config.']);
    const unknown = await call<Problem>('POST', '/v1/escalations', {
      body: { ...body, target: 'person zoe' },
    });
    expect([unknown.status, unknown.body.errors]).toEqual([
      422,
      [{ pointer: '/target/0', detail: '«zoe» is no person of the config.' }],
    ]);
  });

  it('pins a priority for operators and responders, with its reason, and frees it', async () => {
    const { id } = await accept({ severity: 'warning' });
    const path = `/v1/cases/${id}/priority`;
    const body = { set: 'P2', reason: 'known outage', until: '2099-01-01T00:00:00Z' };
    expect((await call('POST', path, { body, token: 'viewer-token' })).status).toBe(403);
    const pinned = await call('POST', path, { body, token: 'responder-token-of-ana' });
    expect([pinned.status, pinned.body.priority, pinned.headers.get('etag')]).toEqual([200, 'P2', '"2"']);
    expect(pinned.body.pin).toMatchObject({ by: 'ana', reason: 'known outage', computed: 'P3' });
    expect((await call('GET', `/v1/cases/${id}`)).body).toEqual(pinned.body);
    const freed = await call('DELETE', path);
    expect([freed.status, freed.body.priority, freed.body.pin]).toEqual([200, 'P3', undefined]);
    expect(freed.body.counterfactual).toMatchObject({ found: true, text: { en: expect.any(String) } });
    const again = await call<Problem>('DELETE', path);
    expect([again.status, again.body.type]).toEqual([409, '/docs/problems/not-pinned']);
    const past = await call<Problem>('POST', path, { body: { ...body, until: '2001-01-01T00:00:00Z' } });
    expect([past.status, past.body.errors?.[0]?.pointer]).toEqual([422, '/until']);
    expect((await call('POST', path, { body: { set: 'P2' } })).status).toBe(422);
  });

  it('snoozes, reassigns and adds responders, and names what does not fit', async () => {
    const { id } = await accept();
    const act = (path: string, body: object, token = OPERATOR) =>
      call<CaseView & { errors?: { pointer: string }[] }>('POST', `/v1/cases/${id}/${path}`, { body, token });
    const faults = await Promise.all([
      act('snooze', { reason: 'both', for: '2h', until: '2099-01-01T00:00:00Z' }),
      act('snooze', { for: '2h' }),
      act('reassign', { to: 'person zoltan' }),
      act('responders', { person: 'zoltan' }),
    ]);
    expect(faults.map(({ status, body }) => [status, body.errors?.[0]?.pointer])).toEqual([
      [422, '/until'],
      [422, '/reason'],
      [422, '/to/0'],
      [422, '/person'],
    ]);
    expect((await act('snooze', { reason: 'late', until: '0001-01-01T00:00:00Z' })).status).toBe(409);
    const asleep = await act('snooze', { for: '2h', reason: 'bank\0 is closed', person: 'ana' });
    expect(asleep.body).toMatchObject({
      state: 'snoozed',
      escalation: {
        state: 'snoozed',
        snooze: { by: 'ana', reason: expect.stringMatching(/^bank.* is closed$/) },
      },
    });
    const handed = await act('reassign', { to: 'tier2 of the service' }, 'responder-token-of-ana');
    expect(handed.body).toMatchObject({ state: 'open', escalation: { state: 'running', epoch: 2 } });
    const added = await act('responders', { person: 'dee', by: 'ana' });
    expect([added.status, added.body.escalation]).toEqual([200, handed.body.escalation]);
  });

  it('previews a migration for operators only', async () => {
    const { id } = await accept();
    const path = `/v1/cases/${id}/migrate?preview=true`;
    const shown = await call<MigratedCase>('POST', path);
    expect(shown.body).toMatchObject({
      from: 7,
      to: 7,
      before: [{ step: 'on-call', wait: 120 }, {}, {}, {}, {}],
    });
    expect(shown.body.case).toBeUndefined();
    expect((await call('POST', path, { token: 'responder-token-of-ana' })).status).toBe(403);
  });

  it('exposes its metrics', async () => {
    const text = await (await fetch(`${running.url}/metrics`)).text();
    expect(text).toMatch(/tocsin_cases_opened_total\{priority="P1",service="escalation-routing"\} [1-9]/);
  });
});
