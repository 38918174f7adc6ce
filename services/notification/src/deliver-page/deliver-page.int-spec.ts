import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addressMark } from '@tocsin/connections';
import { isoOf } from '@tocsin/contracts';
import { testDatabase, type TestDatabase, until, WebhookSink } from '@tocsin/test-rig';
import { Webhook } from 'standardwebhooks';
import { aPage, type NotificationUnderTest, startNotification, worldOf } from '../notification.rig.js';

const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

interface AttemptRow {
  readonly method: string;
  readonly try: number;
  readonly state: string;
  readonly repeat: boolean;
  readonly reason: string | null;
  readonly token: string | null;
}

describe('delivering a page', () => {
  let database: TestDatabase;
  let sink: WebhookSink;
  let service: NotificationUnderTest;

  const attempts = (caseId: string): Promise<AttemptRow[]> =>
    database.query<AttemptRow & Record<string, unknown>>(
      'SELECT method, try, state, repeat, reason, token FROM notification.attempt WHERE case_id = $1 ORDER BY due_at, method, try',
      [caseId],
    );
  const told = async (caseId: string): Promise<Record<string, unknown>[]> =>
    (
      await database.query<{ payload: string }>(
        'SELECT payload FROM notification.outbox WHERE key = $1 ORDER BY batch, n',
        [`default:${caseId}`],
      )
    ).map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);
  const bodyOf = (request: { body: string }): { data: Record<string, unknown> } =>
    JSON.parse(request.body) as { data: Record<string, unknown> };

  beforeAll(async () => {
    database = await testDatabase();
    sink = await WebhookSink.open();
    service = await startNotification(database.url, worldOf(`${sink.url}/bo`, `loopback-only:${SECRET}`));
  });
  beforeEach(() => sink.answerWith({}));
  afterEach(() => {
    sink.requests.length = 0;
  });
  afterAll(async () => {
    await service.stop();
    await sink.close();
    await database.drop();
  });

  it('posts one page once, signed as Standard Webhooks says, with the page key as its id', async () => {
    const page = aPage();
    await service.request(page);
    const [request] = await sink.received(1);
    expect(
      new Webhook(SECRET).verify(request?.body ?? '', request?.headers as Record<string, string>),
    ).toMatchObject({
      type: 'page.requested',
      data: {
        key: request?.headers['webhook-id'],
        try: 1,
        repeat: false,
        case: { id: page.caseId, priority: 'P1', subject: 'LIVE payout missing', service: 'live-payments' },
        person: 'bo',
        answer: { acknowledge: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/a\/[A-Za-z0-9_-]{22}$/) },
      },
    });
    await until(async () => (await attempts(page.caseId))[0]?.state === 'delivered');
    expect(await told(page.caseId)).toMatchObject([
      { type: 'AttemptRecorded', state: 'delivered', try: 1, method: 'hook' },
    ]);
    expect(sink.requests).toHaveLength(1);
  });

  it('sends a page once although it is requested twice', async () => {
    const page = aPage();
    await service.request(page, page);
    await service.request(page);
    await until(async () => (await attempts(page.caseId))[0]?.state === 'delivered');
    const other = aPage();
    await service.request(other);
    await sink.received(1, (r) => r.body.includes(other.ticketKey));
    expect(sink.requests.filter((r) => r.body.includes(`"${page.caseId}"`))).toHaveLength(1);
  });

  it('tries again after 503 under the same id, not marked as a repeat', async () => {
    sink.failNext(1, { status: 503 });
    const page = aPage();
    await service.request(page);
    const [first, second] = await sink.received(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(bodyOf(second ?? { body: '' }).data).toMatchObject({ try: 2, repeat: false });
    await until(async () => (await attempts(page.caseId)).length === 2);
    await until(async () => (await attempts(page.caseId))[1]?.state === 'delivered');
    expect(await attempts(page.caseId)).toMatchObject([
      { try: 1, state: 'failed', reason: 'HTTP 503' },
      { try: 2, state: 'delivered' },
    ]);
  });

  it('repeats a page whose outcome is not known at once, and marks it', async () => {
    sink.failNext(1, { hangUp: true });
    const page = aPage();
    await service.request(page);
    const [first, second] = await sink.received(2);
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.headers['tocsin-repeat']).toBe('true');
    expect(bodyOf(second ?? { body: '' }).data).toMatchObject({ try: 2, repeat: true });
    await until(async () => (await attempts(page.caseId))[1]?.state === 'delivered');
    expect((await attempts(page.caseId))[0]).toMatchObject({ state: 'unknown' });
  });

  it('tells that a person is unreachable, once, when every method is refused for good', async () => {
    sink.answerWith({ status: 410 });
    const page = aPage();
    await service.request(page);
    await until(async () => (await told(page.caseId)).length === 2);
    expect(await told(page.caseId)).toMatchObject([
      {
        ...{ type: 'AttemptRecorded', state: 'failed', reason: 'HTTP 410' },
        deadAddress: addressMark({ webhook: `${sink.url}/bo` }),
      },
      { type: 'PageUnreachable', person: 'bo' },
    ]);
  });

  it('tells that a person is unreachable when the config does not know them', async () => {
    const page = aPage({ person: 'nobody' });
    await service.request(page);
    await until(async () => (await told(page.caseId)).length > 0);
    expect(await told(page.caseId)).toMatchObject([{ type: 'PageUnreachable', person: 'nobody' }]);
  });

  it('sends nothing before its due time', async () => {
    const due = Date.now() + 700;
    const page = aPage({ dueAt: isoOf(due) });
    await service.request(page);
    const [request] = await sink.received(1);
    expect(request?.receivedAt).toBeGreaterThanOrEqual(due);
    expect((request?.receivedAt ?? 0) - due).toBeLessThan(1000);
  });

  it('cancels what is planned as soon as the pages are stopped, and tells so', async () => {
    const page = aPage({ dueAt: isoOf(Date.now() + 60_000) });
    const { tenant, caseId, epoch } = page;
    await service.request(page);
    await until(async () => (await attempts(caseId)).length === 1);
    const stopped = performance.now();
    await service.request({
      type: 'PagesStopped',
      tenant,
      caseId,
      epoch,
      reason: 'acknowledged',
      by: 'bo',
      at: isoOf(Date.now()),
    });
    await until(async () => (await attempts(caseId))[0]?.state === 'cancelled');
    expect(performance.now() - stopped).toBeLessThan(1000);
    expect(await told(caseId)).toMatchObject([
      { type: 'AttemptRecorded', state: 'cancelled', reason: 'acknowledged' },
    ]);
  });

  it('sends nothing for a page that comes after its stop', async () => {
    const page = aPage();
    const { tenant, caseId, epoch } = page;
    await service.request({
      type: 'PagesStopped',
      tenant,
      caseId,
      epoch,
      reason: 'resolved',
      at: isoOf(Date.now()),
    });
    await service.request(page);
    const other = aPage();
    await service.request(other);
    await sink.received(1, (r) => r.body.includes(other.ticketKey));
    expect(await attempts(caseId)).toEqual([]);
  });

  it('takes over at once what a dead process held, and marks the repeat', async () => {
    const page = aPage({ dueAt: isoOf(Date.now() + 60_000) });
    await service.request(page);
    await until(async () => (await attempts(page.caseId)).length === 1);
    // A token that nobody holds a lock of: its process was killed while the attempt was in its hand.
    await database.query(
      `UPDATE notification.attempt SET state = 'handed', token = 0, due_at = event_log.tocsin_now(),
        lease_until = event_log.tocsin_now() + interval '1 hour' WHERE case_id = $1`,
      [page.caseId],
    );
    const [request] = await sink.received(1, (r) => r.body.includes(page.ticketKey), { within: '4s' });
    expect(bodyOf(request ?? { body: '' }).data).toMatchObject({ try: 2, repeat: true });
    await until(async () => (await attempts(page.caseId))[1]?.state === 'delivered');
    expect((await attempts(page.caseId))[0]?.state).toBe('unknown');
  });

  it('refuses the late outcome of a process that was overtaken', async () => {
    sink.answerWith((request) => (bodyOf(request).data['try'] === 1 ? { delayMs: 2_500 } : {}));
    const page = aPage();
    await service.request(page);
    await sink.received(1);
    // Somebody else has taken it over while our request is under way.
    await database.query(
      `UPDATE notification.attempt SET token = token + 1000000, lease_until = event_log.tocsin_now() + interval '1 hour',
        state = 'unknown', reason = 'taken over' WHERE case_id = $1`,
      [page.caseId],
    );
    const metric = async (): Promise<number> => {
      const text = await (await fetch(`${service.url}/metrics`)).text();
      return Number(/^tocsin_attempts_fenced_total\S* (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    await until(async () => (await metric()) > 0);
    expect(await attempts(page.caseId)).toMatchObject([{ try: 1, state: 'unknown', reason: 'taken over' }]);
    expect(await told(page.caseId)).toEqual([]);
  });
});
