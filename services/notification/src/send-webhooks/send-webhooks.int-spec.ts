import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type CaseEvent,
  type ConfigTree,
  isoOf,
  type OutgoingWebhookList,
  type OutgoingWebhookView,
  type WebhookDeliveries,
  type WebhookDelivery,
} from '@tocsin/contracts';
import { type SunkRequest, testDatabase, type TestDatabase, until, WebhookSink } from '@tocsin/test-rig';
import { Webhook } from 'standardwebhooks';
import {
  aPage,
  type NotificationUnderTest,
  OPERATOR_TOKEN,
  startNotification,
  worldOf,
} from '../notification.rig.js';
import { aBrief, toldCase } from './told-case.given.js';

jest.setTimeout(60_000);

const [NEW, OLD] = [5, 6].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`) as [
  string,
  string,
];

let database: TestDatabase;
let sink: WebhookSink;
let pager: WebhookSink;
let service: NotificationUnderTest;
let cases = 0;

/** A case that no other spec has, of the service whose name is that of the endpoint that shall hear of it. */
const newCase = (): string => `5A${(cases += 1)}`;
const happened = (
  hook: string,
  caseId: string,
  type: CaseEvent['type'],
  more: Partial<CaseEvent> = {},
): CaseEvent => toldCase({ caseId, type, at: isoOf(Date.now()), case: aBrief({ service: hook }), ...more });

const at = (hook: string) => (request: SunkRequest) => request.path === `/${hook}`;
const requestsTo = (hook: string): SunkRequest[] => sink.requests.filter(at(hook));
const bodyOf = ({ body }: SunkRequest) =>
  JSON.parse(body) as {
    type: string;
    timestamp: string;
    data: { case: { id: string } } & Record<string, unknown>;
  };
const typesTo = (hook: string): string[] => requestsTo(hook).map((request) => bodyOf(request).type);

async function call(method: string, path: string, token = OPERATOR_TOKEN): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return fetch(`${service.url}/v1/outgoing-webhooks${path}`, { method, headers });
}
const read = async <T>(path: string): Promise<T> => (await call('GET', path)).json() as Promise<T>;
const deliveries = async (hook: string, query = ''): Promise<WebhookDelivery[]> =>
  (await read<WebhookDeliveries>(`/${hook}/deliveries${query}`)).deliveries;
const deliveryOf = async (hook: string, about: string): Promise<WebhookDelivery> => {
  const found = (await deliveries(hook)).find((delivery) => delivery.about === about);
  if (found === undefined) throw new Error(`nothing about ${about}`);
  return found;
};
const viewOf = async (hook: string): Promise<OutgoingWebhookView> => {
  const view = (await read<OutgoingWebhookList>('')).webhooks.find(({ name }) => name === hook);
  if (view === undefined) throw new Error(`no ${hook}`);
  return view;
};
const ended = (hook: string, about: string, state: WebhookDelivery['state']): Promise<WebhookDelivery> =>
  until(async () => {
    const found = await deliveryOf(hook, about);
    if (found.state !== state) throw new Error(JSON.stringify(found));
    return found;
  });
/** What waits for its next try is due now. */
const hasten = (about: string): Promise<unknown> =>
  database.query(
    'UPDATE notification.webhook_line SET due_at = event_log.tocsin_now() WHERE about = $1 AND due_at IS NOT NULL',
    [about],
  );

const HOOKS = ['main', 'order', 'busy', 'gone', 'moved', 'cut', 'dead', 'quiet', 'hand', 'slow'];
const hook = (name: string, more: object = {}): object => ({
  url: `${sink.url}/${name}`,
  secret: `loopback-only:${NEW}`,
  events: ['case.*', 'page.*'],
  services: [name],
  ...more,
});

beforeAll(async () => {
  database = await testDatabase();
  sink = await WebhookSink.open();
  pager = await WebhookSink.open();
  const world: ConfigTree = {
    ...worldOf(pager.url),
    services: Object.fromEntries(HOOKS.map((name) => [name, { team: 'ops', policy: 'none' }])),
    webhooks: {
      ...Object.fromEntries(HOOKS.map((name) => [name, hook(name)])),
      main: hook('main', { secret: [`loopback-only:${NEW}`, `loopback-only:${OLD}`] }),
      picky: hook('picky', { services: ['main'], events: ['case.opened'], when: 'case.priority == "P2"' }),
      inside: hook('inside', { url: 'http://10.0.0.1/in' }),
      mute: hook('mute', { secret: 'env:A_SECRET_THAT_IS_NOT_SET' }),
      calm: hook('calm', { rate: '2/s' }),
      windows: hook('windows', { events: ['maintenance.*'], services: ['main'] }),
    } as ConfigTree['webhooks'] & object,
  };
  service = await startNotification(database.url, world);
});
beforeEach(() => sink.answerWith({}));
afterAll(async () => {
  await service.stop();
  await sink.close();
  await pager.close();
  await database.drop();
});

describe('an outgoing webhook', () => {
  it('is told what it asks for, signed by both secrets while they are rotated', async () => {
    const caseId = newCase();
    await service.tell(happened('main', caseId, 'CaseOpened'));
    const [request] = await sink.received(1, at('main'));
    if (request === undefined) throw new Error('nothing came');
    const headers = request.headers as Record<string, string>;
    const said = {
      type: 'case.opened',
      data: { case: { id: caseId, subject: 'LIVE payout missing' }, by: 'bo' },
    };
    expect(new Webhook(NEW).verify(request.body, headers)).toMatchObject(said);
    expect(new Webhook(OLD).verify(request.body, headers)).toMatchObject(said);
    const other = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect(() => new Webhook(other).verify(request.body, headers)).toThrow();
    const { id } = await ended('main', caseId, 'delivered');
    expect(headers['webhook-id']).toBe(id);
    expect(requestsTo('picky')).toEqual([]);
  });

  it('is told of attempts to page, whose event knows the case by what was said of it before', async () => {
    const caseId = newCase();
    const attempt = { state: 'delivered', person: 'bo', channel: 'sms' };
    await service.tell(
      happened('main', caseId, 'CaseOpened'),
      happened('main', caseId, 'AttemptRecorded', { case: undefined, facts: attempt }),
    );
    const [, second] = await sink.received(2, (r) => r.body.includes(caseId));
    expect(second === undefined ? undefined : bodyOf(second)).toMatchObject({
      type: 'page.attempt_recorded',
      data: { case: { id: caseId, service: 'main' }, facts: attempt },
    });
  });

  it('is told of maintenance windows', async () => {
    const span = { from: '2026-11-28T03:00:00.000Z', until: '2026-11-28T04:00:00.000Z' };
    const window = {
      ...({ id: 'config:weekly', name: 'weekly', origin: 'config', scope: {}, safety: 'exempt' } as const),
      times: { kind: 'once', ...span } as const,
    };
    const occurrence = { id: `config:weekly@${span.from}`, ...span };
    await service.tellOfMaintenance({
      ...{ type: 'MaintenanceStarted', tenant: 'default', id: 'default/config:weekly/started', late: false },
      ...{ window, occurrence, at: span.from, cause: { kind: 'schedule' } },
    });
    const [request] = await sink.received(1, at('windows'));
    expect(request === undefined ? undefined : bodyOf(request)).toMatchObject({
      type: 'maintenance.started',
      data: { window: { name: 'weekly' }, occurrence, cause: { kind: 'schedule' } },
    });
  });

  it('hears nothing of the text of a restricted case, nor of one that became so while it waited', async () => {
    const [caseId, later] = [newCase(), newCase()];
    const secret = aBrief({ service: 'main', restricted: true, subject: 'SECRET' });
    await service.tell(happened('main', caseId, 'NoteAdded', { case: secret, facts: { note: 'SECRET' } }));
    await ended('main', caseId, 'delivered');
    sink.answerWith((request) => ({ status: request.body.includes(later) ? 500 : 204 }));
    await service.tell(happened('main', later, 'NoteAdded', { facts: { note: 'not yet restricted' } }));
    await sink.received(1, (r) => r.body.includes(later));
    await service.tell(happened('main', later, 'CaseUpdated', { case: secret }));
    await until(async () => (await deliveries('main')).filter(({ about }) => about === later).length === 2);
    sink.answerWith({});
    await hasten(later);
    await ended('main', later, 'delivered');
    const [first, again] = sink.requests.filter((r) => r.body.includes(later));
    expect(first?.body).toContain('not yet restricted');
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).not.toContain('not yet restricted');
    expect(sink.requests.filter((r) => r.body.includes('SECRET'))).toEqual([]);
  });

  it('hears of a case in order, also when the first of it fails, and of others meanwhile', async () => {
    const [caseId, other] = [newCase(), newCase()];
    let fails = true;
    sink.answerWith((request) => ({ status: fails && request.body.includes(caseId) ? 500 : 204 }));
    await service.tell(
      happened('order', caseId, 'CaseOpened'),
      happened('order', caseId, 'CaseAcknowledged'),
      happened('order', other, 'CaseOpened'),
      happened('order', caseId, 'CaseResolved'),
    );
    await ended('order', other, 'delivered');
    await until(() => requestsTo('order').some((r) => r.body.includes(caseId)));
    fails = false;
    const [first, , third] = await sink.received(4, (r) => at('order')(r) && r.body.includes(caseId), {
      within: '20s',
    });
    expect(typesTo('order').filter((_, n) => requestsTo('order')[n]?.body.includes(caseId))).toEqual([
      ...['case.opened', 'case.opened', 'case.acknowledged', 'case.resolved'],
    ]);
    const wait = (third?.receivedAt ?? 0) - (first?.receivedAt ?? 0);
    expect(wait).toBeGreaterThanOrEqual(5_000);
    const [, again] = requestsTo('order').filter((r) => r.body.includes(caseId));
    expect(again?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
  });

  it('is left alone as long as it asks by 429', async () => {
    const [caseId, other] = [newCase(), newCase()];
    sink.answerWith({ status: 429, headers: { 'retry-after': '3600' } });
    await service.tell(happened('busy', caseId, 'CaseOpened'));
    await ended('busy', caseId, 'waiting').then(() => until(async () => (await viewOf('busy')).quietUntil));
    sink.answerWith({});
    await service.tell(happened('busy', other, 'CaseOpened'));
    await service.tell(happened('main', other, 'CaseUpdated'));
    await ended('main', other, 'delivered');
    const { quietUntil = '' } = await viewOf('busy');
    expect(Date.parse(quietUntil) - Date.now()).toBeGreaterThan(3_500_000);
    expect((await deliveryOf('busy', caseId)).nextTryAt).toBeDefined();
    expect(requestsTo('busy')).toHaveLength(1);
    expect((await call('POST', '/busy/resume')).status).toBe(200);
    await ended('busy', other, 'delivered');
    await ended('busy', caseId, 'delivered');
  });

  it('is disabled by 410 until somebody resumes it; what happened meanwhile comes then, in order', async () => {
    const caseId = newCase();
    sink.answerWith({ status: 410 });
    await service.tell(happened('gone', caseId, 'CaseOpened'), happened('gone', caseId, 'CaseResolved'));
    await until(async () => (await viewOf('gone')).state === 'disabled');
    expect(await viewOf('gone')).toMatchObject({ by: 'HTTP 410', waiting: 2 });
    expect((await call('POST', '/gone/test')).status).toBe(409);
    sink.answerWith({});
    await hasten(caseId);
    expect((await call('POST', '/gone/resume')).status).toBe(200);
    await sink.received(3, at('gone'));
    expect(typesTo('gone')).toEqual(['case.opened', 'case.opened', 'case.resolved']);
    expect((await viewOf('gone')).state).toBe('active');
  });

  it.each([
    ['moved', { status: 302, headers: { location: '/elsewhere' } }, 'HTTP 302', 302],
    ['cut', { hangUp: true }, 'no answer after the request was sent', undefined],
  ])('that answers by «%s» has failed, and hears it again', async (name, answer, outcome, status) => {
    const caseId = newCase();
    sink.answerWith(answer);
    await service.tell(happened(name, caseId, 'CaseOpened'));
    const waiting = await until(async () => {
      const delivery = await ended(name, caseId, 'waiting');
      return delivery.requests.length === 1 ? delivery : undefined;
    });
    expect(waiting.requests[0]?.outcome).toContain(outcome);
    expect(waiting.requests[0]?.status).toBe(status);
    sink.answerWith({});
    await hasten(caseId);
    const { id, requests } = await ended(name, caseId, 'delivered');
    expect(requests.map((request) => request.outcome?.slice(0, 8))).toEqual([
      outcome.slice(0, 8),
      'HTTP 204',
    ]);
    expect(requestsTo(name).map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(sink.requests.some(at('elsewhere'))).toBe(false);
  });

  it('is never reached inside, and says so', async () => {
    const caseId = newCase();
    await service.tell(happened('inside', caseId, 'CaseOpened'));
    const found = await until(async () => {
      const delivery = await ended('inside', caseId, 'waiting');
      return delivery.requests[0]?.outcome === undefined ? undefined : delivery;
    });
    expect(found.requests[0]).toMatchObject({ outcome: expect.stringContaining('address refused') });
  });

  it('without a usable secret sends nothing, and says why', async () => {
    const caseId = newCase();
    await service.tell(happened('mute', caseId, 'CaseOpened'), happened('main', caseId, 'CaseOpened'));
    await ended('main', caseId, 'delivered');
    expect(await viewOf('mute')).toMatchObject({
      fault: expect.stringContaining('A_SECRET_THAT_IS_NOT_SET'),
      waiting: 1,
    });
    expect((await call('POST', '/mute/test')).status).toBe(409);
  });

  it('is given up after the tenth try, and said; the next of the case goes on', async () => {
    const caseId = newCase();
    sink.answerWith((request) => ({ status: request.body.includes('case.opened') ? 500 : 204 }));
    await service.tell(happened('dead', caseId, 'CaseOpened'), happened('dead', caseId, 'CaseResolved'));
    await until(async () =>
      (await deliveries('dead')).some(({ requests }) => requests[0]?.endedAt !== undefined),
    );
    await database.query(
      `UPDATE notification.webhook_delivery SET tries = 9 WHERE about = $1 AND tries > 0`,
      [caseId],
    );
    await hasten(caseId);
    await until(async () => (await deliveries('dead')).map(({ state }) => state).join() === 'delivered,dead');
    expect(typesTo('dead')).toEqual(['case.opened', 'case.opened', 'case.resolved']);
    expect(await viewOf('dead')).toMatchObject({ dead: 1, waiting: 0 });
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    expect(metrics).toMatch(
      /^tocsin_outgoing_webhook_requests_total\{webhook="dead",result="dead"[^}]*\} 1$/m,
    );
  });

  it('that never answers holds up neither another one nor a page', async () => {
    sink.answerWith((request) => (request.path === '/quiet' ? { delayMs: 60_000 } : {}));
    const many = Array.from({ length: 12 }, newCase);
    await service.tell(...many.map((caseId) => happened('quiet', caseId, 'CaseOpened')));
    await until(() => requestsTo('quiet').length >= 4);
    const began = performance.now();
    const caseId = newCase();
    const page = aPage();
    await service.tell(happened('main', caseId, 'CaseOpened'));
    await service.request(page);
    await pager.received(1, (r) => r.body.includes(page.ticketKey));
    await ended('main', caseId, 'delivered');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(requestsTo('quiet')).toHaveLength(4);
  });

  it('is sent no more requests than its rate allows', async () => {
    const many = Array.from({ length: 8 }, newCase);
    await service.tell(...many.map((caseId) => happened('calm', caseId, 'CaseOpened')));
    const requests = await sink.received(8, at('calm'), { within: '20s' });
    const times = requests.map(({ receivedAt }) => receivedAt);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_500);
  });

  it('has delivered as soon as its status says so, however slowly the rest of its answer drips', async () => {
    const caseId = newCase();
    const dripping = createServer((request, response) => {
      request.resume();
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 100);
      response.on('close', () => clearInterval(timer));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => dripping.once('listening', resolve));
    // The endpoint redirects nobody: the sink's own answer is made to drip by a server of its own at its address.
    const { port } = dripping.address() as AddressInfo;
    await database.query(
      `INSERT INTO notification.config_revision (tenant, revision, hash, document)
        SELECT tenant, revision + 1, hash, replace(document, $1, $2) FROM notification.config_revision
        ORDER BY revision DESC LIMIT 1`,
      [`${sink.url}/slow`, `http://127.0.0.1:${port}/slow`],
    );
    await until(async () => (await viewOf('slow')).address.includes(String(port)));
    await service.tell(happened('slow', caseId, 'CaseOpened'));
    await ended('slow', caseId, 'delivered');
    dripping.closeAllConnections();
    dripping.close();
  });
});

describe('the hand on an outgoing webhook', () => {
  it('pauses and resumes it; what happened meanwhile is kept', async () => {
    const caseId = newCase();
    expect(await (await call('POST', '/hand/pause')).json()).toMatchObject({ state: 'paused', by: 'ops' });
    await service.tell(happened('hand', caseId, 'CaseOpened'));
    await service.tell(happened('main', caseId, 'CaseUpdated'));
    await ended('main', caseId, 'delivered');
    expect(await viewOf('hand')).toMatchObject({ state: 'paused', waiting: 1 });
    expect(requestsTo('hand')).toEqual([]);
    expect(await (await call('POST', '/hand/resume')).json()).toMatchObject({ state: 'active' });
    await ended('hand', caseId, 'delivered');
  });

  it('sends a delivery again under its id, and those of a span', async () => {
    const [caseId, other] = [newCase(), newCase()];
    const from = isoOf(Date.now() - 1);
    await service.tell(happened('hand', caseId, 'CaseOpened'), happened('hand', other, 'CaseOpened'));
    const { id } = await ended('hand', caseId, 'delivered');
    await ended('hand', other, 'delivered');
    const of = (text: string) => requestsTo('hand').filter((r) => r.body.includes(text));
    expect((await call('POST', `/hand/deliveries/${id}/replay`)).status).toBe(202);
    await until(() => of(caseId).length === 2);
    expect(of(caseId).map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    expect(await ended('hand', caseId, 'delivered')).toMatchObject({ replayedBy: 'ops' });
    const span = `?from=${from}&to=${isoOf(Date.now() + 1)}`;
    expect(await (await call('POST', `/hand/replay${span}`)).json()).toEqual({ replayed: 2 });
    await until(() => of(caseId).length === 3 && of(other).length === 2);
    await ended('hand', other, 'delivered');
    expect(await (await call('POST', `/hand/replay${span}&state=dead`)).json()).toEqual({ replayed: 0 });
    expect((await call('POST', `/hand/deliveries/msg_nothing/replay`)).status).toBe(404);
    expect((await call('POST', `/main/deliveries/${id}/replay`)).status).toBe(404);
    expect((await call('POST', `/hand/replay?from=${from}`)).status).toBe(422);
  });

  it('sends a test once, marked as such', async () => {
    sink.answerWith({ status: 500 });
    const { id } = (await (await call('POST', '/hand/test')).json()) as { id: string };
    const found = await until(async () => {
      const delivery = (await deliveries('hand')).find((one) => one.id === id);
      return delivery?.state === 'dead' ? delivery : undefined;
    });
    expect(found).toMatchObject({
      type: 'webhook.test',
      tries: 1,
      requests: [{ status: 500, outcome: 'HTTP 500' }],
    });
    const request = sink.requests.find(({ headers }) => headers['webhook-id'] === id);
    expect(
      new Webhook(NEW).verify(request?.body ?? '', request?.headers as Record<string, string>),
    ).toMatchObject({
      type: 'webhook.test',
      data: { test: true, webhook: 'hand', by: 'ops' },
    });
  });

  it('lists page by page, the newest first', async () => {
    const first = await read<WebhookDeliveries>('/main/deliveries?limit=2');
    expect(first.deliveries).toHaveLength(2);
    const second = await read<WebhookDeliveries>(`/main/deliveries?limit=2&cursor=${first.next}`);
    const ids = [...first.deliveries, ...second.deliveries].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(await deliveries('main', '?state=dead')).toEqual([]);
  });

  it("is the operator's, and shows no path of an address", async () => {
    expect((await call('POST', '/hand/pause', 'nobody')).status).toBe(401);
    expect((await call('POST', '/nothing/pause')).status).toBe(404);
    expect((await call('GET', '/nothing/deliveries')).status).toBe(404);
    expect((await viewOf('main')).address).toBe(`${sink.url}/…`);
  });
});
