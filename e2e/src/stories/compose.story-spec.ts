import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SandboxMessage } from '@tocsin/contracts';
import { until, whenGiven } from '@tocsin/test-rig';
import { Api } from '../system/api.js';
import { ComposedSystem } from '../system/composed-system.js';

const BUILT_WITHIN_MS = 480_000;
const SERVICES = ['console', 'ticket-intake', 'metric-monitoring', 'escalation-routing', 'notification'];

whenGiven('docker', describe)('Tocsin in containers', () => {
  let system: ComposedSystem;
  let api: Api;
  let keys: Record<string, string>;
  const bearer = (name: string): Record<string, string> => ({ authorization: `Bearer ${keys[name]}` });

  beforeAll(async () => {
    system = await ComposedSystem.plan();
    await system.up();
    api = new Api(system.url);
    // The gateway answers before the services behind it do, and says 503 until then.
    for (const path of ['/v1/cases', '/v1/events/evt_none', '/v1/deliveries?case=1', '/v1/config'])
      await until(async () => (await api.send('GET', path)).status === 401, { within: '60s', for: path });
    keys = await system.printedKeys();
  }, BUILT_WITHIN_MS);
  afterAll(async () => {
    await system.down();
    expect(await system.containers()).toEqual([]);
  }, 120_000);

  it('prints keys of its own and takes no key of the documents', async () => {
    expect(Object.keys(keys)).toEqual(
      expect.arrayContaining(['TOCSIN_DEMO_SOURCE_KEY', 'TOCSIN_DEMO_OPERATOR_TOKEN']),
    );
    expect((await api.send('GET', '/v1/cases')).status).toBe(401);
    expect((await api.send('GET', '/v1/cases', undefined, bearer('TOCSIN_DEMO_OPERATOR_TOKEN'))).status).toBe(
      200,
    );
  });

  it('pages Bo for a critical ticket, and his answer through the published port stops it', async () => {
    const ticket = {
      id: 'compose-1',
      type: 'ticket.created',
      key: 'COMPOSE-1',
      subject: 'Nobody can pay',
      severity: 'critical',
    };
    const sent = await api.send('POST', '/v1/sources/demo/events', ticket, bearer('TOCSIN_DEMO_SOURCE_KEY'));
    expect(sent.status).toBe(202);
    const operator = bearer('TOCSIN_DEMO_OPERATOR_TOKEN');
    const page = await until(
      async () => {
        const path = '/v1/sandbox/messages?person=bo';
        const { body } = await api.send<{ messages: SandboxMessage[] }>('GET', path, undefined, operator);
        return body.messages.find(({ text }) => text.includes(ticket.subject));
      },
      { within: '20s' },
    );
    expect(page.answerUrl).toMatch(new RegExp(`^${system.url}/a/`));
    const link = new URL(page.answerUrl).pathname;
    const answered = await api.send('POST', link, undefined, {
      authorization: '',
      accept: 'application/json',
    });
    expect(answered.status).toBe(200);
    const found = await api.send('GET', `/v1/cases/${page.caseId}`, undefined, operator);
    expect(found.body).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'bo' });
  });

  it.each(SERVICES)('runs %s without the rights of root', async (service) => {
    expect((await system.inside(service, 'id', '-u')).trim()).not.toBe('0');
    await expect(system.inside(service, 'touch', '/app/here')).rejects.toThrow(/Read-only file system/);
  });
});
