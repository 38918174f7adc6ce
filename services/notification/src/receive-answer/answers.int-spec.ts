import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { isoOf, type PageRequested } from '@tocsin/contracts';
import { testDatabase, type TestDatabase, until, WebhookSink } from '@tocsin/test-rig';
import { aPage, type NotificationUnderTest, startNotification, worldOf } from '../notification.rig.js';

describe('answering a page by its link', () => {
  let database: TestDatabase;
  let phone: WebhookSink;
  let routing: WebhookSink;
  let service: NotificationUnderTest;

  const linkOf = async (page: PageRequested): Promise<string> => {
    await service.request(page);
    const [request] = await phone.received(1, (r) => r.body.includes(`"${page.ticketKey}"`));
    const body = JSON.parse(request?.body ?? '{}') as { data: { answer: { acknowledge: string } } };
    return body.data.answer.acknowledge;
  };
  const post = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url, { method: 'POST', headers: { accept: 'application/json', ...headers } });
  const acks = () => routing.requests.filter((r) => r.method === 'POST');
  const stops = (page: PageRequested) =>
    database.query('SELECT reason, by FROM notification.stopped WHERE case_id = $1', [page.caseId]);

  beforeAll(async () => {
    database = await testDatabase();
    [phone, routing] = [await WebhookSink.open(), await WebhookSink.open()];
    service = await startNotification(database.url, worldOf(`${phone.url}/bo`), { ROUTING_URL: routing.url });
  });
  beforeEach(() => {
    routing.requests.length = 0;
    routing.answerWith({ status: 200, body: '{}' });
  });
  afterAll(async () => {
    await service.stop();
    await phone.close();
    await routing.close();
    await database.drop();
  });

  it('shows a page with a button on GET and HEAD, and acts on neither', async () => {
    const page = aPage({ subject: '<script>alert(1)</script>' });
    const link = await linkOf(page);
    for (const method of ['HEAD', 'GET']) {
      const answer = await fetch(link, {
        method,
        headers: { 'user-agent': 'Mozilla/5.0 SafeLinks', accept: 'text/html' },
      });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      if (method === 'HEAD') continue;
      const html = await answer.text();
      expect(html).toContain('<form method="post"><button type="submit">');
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      expect(html).not.toContain('<script');
    }
    expect(acks()).toEqual([]);
    expect(await stops(page)).toEqual([]);
  });

  it('acknowledges at routing on POST, once, and says the same to a second press', async () => {
    const page = aPage();
    const link = await linkOf(page);
    const first = await post(link, { 'content-type': 'application/x-www-form-urlencoded' });
    expect([first.status, await first.json()]).toMatchObject([200, { state: 'acknowledged', owner: 'bo' }]);
    const second = await post(link);
    expect([second.status, await second.json()]).toMatchObject([200, { state: 'already', owner: 'bo' }]);
    expect(acks()).toHaveLength(1);
    expect(acks()[0]).toMatchObject({ path: `/v1/cases/${page.caseId}/acknowledge` });
    expect(JSON.parse(acks()[0]?.body ?? '')).toEqual({ person: 'bo', via: 'link', epoch: 1 });
    expect(await stops(page)).toEqual([{ reason: 'acknowledged', by: 'bo' }]);
  });

  it('lets a responder join a case that another owns, and never says that it is theirs', async () => {
    const page = aPage({ asked: { as: 'responder', by: 'chen' } });
    const link = await linkOf(page);
    routing.answerWith({ status: 200, body: JSON.stringify({ acknowledgedBy: 'chen' }) });
    for (const press of [1, 2]) {
      const answer = await post(link);
      const body = (await answer.json()) as object;
      expect([press, answer.status, body]).toMatchObject([press, 200, { state: 'joined' }]);
      expect(body).not.toHaveProperty('owner');
    }
    expect(await stops(page)).toEqual([{ reason: 'acknowledged', by: 'bo' }]);
  });

  it('cancels the later attempts of the case at once', async () => {
    const page = aPage();
    const link = await linkOf(page);
    await service.request({ ...page, step: 1, dueAt: isoOf(Date.now() + 60_000) });
    const states = () =>
      database.query<{ state: string }>(
        'SELECT state FROM notification.attempt WHERE case_id = $1 AND step = 1',
        [page.caseId],
      );
    await until(async () => (await states())[0]?.state === 'planned');
    await post(link);
    expect(await states()).toEqual([{ state: 'cancelled' }]);
  });

  it('names the owner to another person', async () => {
    const page = aPage();
    const link = await linkOf(page);
    const { tenant, caseId, epoch } = page;
    await service.request({
      type: 'PagesStopped',
      tenant,
      caseId,
      epoch,
      reason: 'acknowledged',
      by: 'chen',
      at: isoOf(Date.now()),
    });
    await until(async () => (await stops(page)).length === 1);
    const answer = await post(link);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { title: expect.stringContaining('chen'), owner: 'chen' },
    ]);
    expect(await (await fetch(link, { headers: { accept: 'text/html' } })).text()).toContain('chen');
    expect(acks()).toEqual([]);
  });

  it.each([
    [
      'the case was resolved',
      async (page: PageRequested) => {
        const { tenant, caseId, epoch } = page;
        await service.request({
          type: 'PagesStopped',
          tenant,
          caseId,
          epoch,
          reason: 'resolved',
          at: isoOf(Date.now()),
        });
        await until(async () => (await stops(page)).length === 1);
      },
    ],
    [
      'the page is older than a day',
      async (page: PageRequested) => {
        await database.query(
          `UPDATE notification.page SET requested_at = requested_at - interval '25 h' WHERE case_id = $1`,
          [page.caseId],
        );
      },
    ],
    [
      'routing says that the case is in another epoch',
      () => {
        routing.answerWith((r) =>
          r.method === 'POST' ? { status: 409, body: '{}' } : { status: 404, body: '{}' },
        );
        return Promise.resolve();
      },
    ],
  ])('answers 410 when %s', async (_, happens) => {
    const page = aPage();
    const link = await linkOf(page);
    await happens(page);
    const answer = await post(link);
    expect(answer.status).toBe(410);
    expect(await answer.json()).toMatchObject({ status: 410, title: expect.stringContaining(page.caseId) });
  });

  it('answers 404 to a token that no page has, whatever it looks like', async () => {
    for (const token of ['AAAAAAAAAAAAAAAAAAAAAA', 'x', `${'a'.repeat(300)}`, '%00'])
      expect((await post(`${service.url}/v1/answers/${token}`)).status).toBe(404);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ])('refuses a POST of another site: %j', async (headers: Record<string, string>) => {
    const page = aPage();
    const link = await linkOf(page);
    expect((await post(link, headers)).status).toBe(403);
    expect(acks()).toEqual([]);
    expect(await stops(page)).toEqual([]);
  });

  it('keeps the answer while routing is away, stops its own pages and hands the answer over once', async () => {
    routing.answerWith({ status: 503 });
    const page = aPage();
    const link = await linkOf(page);
    const first = await post(link);
    expect([first.status, await first.json()]).toMatchObject([202, { state: 'recorded', owner: 'bo' }]);
    expect((await post(link)).status).toBe(200);
    const events = await database.query<{ payload: string; lane: string }>(
      `SELECT payload, lane FROM notification.outbox WHERE key = $1 AND type = 'CaseAnswered'`,
      [`default:${page.caseId}`],
    );
    expect(events).toHaveLength(1);
    expect(events[0]?.lane).toBe('hot');
    expect(JSON.parse(events[0]?.payload ?? '')).toMatchObject({
      person: 'bo',
      act: 'acknowledge',
      epoch: 1,
    });
    expect(await stops(page)).toEqual([{ reason: 'acknowledged', by: 'bo' }]);
  });

  it('stores no token, only its hash', async () => {
    const link = await linkOf(aPage());
    const token = link.slice(link.lastIndexOf('/') + 1);
    const rows = await database.query<{ facts: string }>('SELECT facts FROM notification.page');
    expect(rows.some(({ facts }) => facts.includes(token))).toBe(false);
  });
});
