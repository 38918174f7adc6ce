import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { consoleService } from '@tocsin/console';
import type { AnsweredCover, NewFeedAddress, OnCallView } from '@tocsin/contracts';
import { escalationRouting } from '@tocsin/escalation-routing';
import { metricMonitoring } from '@tocsin/metric-monitoring';
import { notification } from '@tocsin/notification';
import { runServices, type RunningServices, type ServiceDefinition } from '@tocsin/runtime';
import { freePort, testDatabase, type TestDatabase, until } from '@tocsin/test-rig';
import { ticketIntake } from '@tocsin/ticket-intake';
import { SERVICES_OF_THIS_PROCESS } from './index.js';

// Up to five services start on two cores that other suites share.
jest.setTimeout(90_000);
const WITHIN = '30s';

const running: RunningServices[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const one of running.splice(0).toReversed()) await one.stop();
  await database.drop();
});

async function start(
  services: readonly ServiceDefinition[],
  port: number,
  env: Record<string, string>,
): Promise<void> {
  running.push(
    await runServices(services, {
      DATABASE_URL: database.url,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      TOCSIN_INTERNAL_TOKEN: 'an-internal-token-for-the-spec',
      TOCSIN_EXAMPLE: 'starter',
      TOCSIN_SECRET_KEY: randomBytes(32).toString('base64'),
      ...env,
    }),
  );
}

/** All five on one port. */
async function oneProcess(): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await start(SERVICES_OF_THIS_PROCESS, port, { TOCSIN_PUBLIC_URL: url });
  return url;
}

/** Each service on a port of its own behind console as the gateway. */
async function behindTheGateway(): Promise<string> {
  const at = async (service: ServiceDefinition, env: Record<string, string>): Promise<string> => {
    const port = await freePort();
    await start([service], port, env);
    return `http://127.0.0.1:${port}`;
  };
  const gatewayPort = await freePort();
  const url = `http://127.0.0.1:${gatewayPort}`;
  const routing = await at(escalationRouting, { TOCSIN_PUBLIC_URL: url });
  const others = { TOCSIN_PUBLIC_URL: url, ROUTING_URL: routing };
  const intake = await at(ticketIntake, others);
  const metrics = await at(metricMonitoring, others);
  const phones = await at(notification, others);
  await start([consoleService], gatewayPort, {
    TOCSIN_TICKET_INTAKE_URLS: intake,
    TOCSIN_METRIC_MONITORING_URLS: metrics,
    TOCSIN_ESCALATION_ROUTING_URLS: routing,
    TOCSIN_NOTIFICATION_URLS: phones,
  });
  for (const service of [intake, metrics, routing, phones])
    await until(async () => (await fetch(`${service}/readyz`)).status === 200, {
      within: WITHIN,
      for: `${service} to be ready`,
    });
  return url;
}

async function ask<T>(url: string, init: RequestInit & { key?: string; json?: unknown } = {}): Promise<T> {
  const { key = 'tocsin-demo-operator-token', json } = init;
  const answer = await fetch(url, {
    method: json === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

interface Cases {
  readonly cases: {
    id: string;
    priority: string;
    state: string;
    ticketKey: string;
    escalation: { state: string };
  }[];
}
interface Messages {
  readonly messages: { person: string; method: string; caseId: string }[];
}

const send = (url: string, key: string, severity: string): Promise<unknown> =>
  ask(`${url}/v1/sources/demo/events`, {
    key: 'tocsin-demo-source-key',
    json: { id: `id-${key}`, type: 'ticket.created', key, subject: 'Creators cannot withdraw', severity },
  });

const caseOf = (url: string, key: string): Promise<Cases['cases'][number]> =>
  until(async () => (await ask<Cases>(`${url}/v1/cases`)).cases.find(({ ticketKey }) => ticketKey === key), {
    within: WITHIN,
    for: `the case of ${key}`,
  });

/** Asks for cover of the rest of a turn, from a week ahead on. @returns the request's id */
async function askedCover(url: string): Promise<string> {
  const from = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString();
  const { schedules } = await ask<OnCallView>(`${url}/v1/oncall?schedule=live-primary&at=${from}`);
  const [{ schedule, person, until: end } = {}] = schedules;
  const json = { schedule, person, from, until: end };
  return (await ask<AnsweredCover>(`${url}/v1/cover-requests`, { json })).request.id;
}

/** Makes a calendar feed. @returns its secret */
async function madeFeed(url: string): Promise<string> {
  const { path } = await ask<NewFeedAddress>(`${url}/v1/calendar-feeds`, { json: { person: 'bo' } });
  return path.replace(/^.*\/|\.ics$/g, '');
}

/** Every GET of the OpenAPI document is there: none is a promise. */
async function expectDocumentedRoutes(url: string, caseId: string): Promise<void> {
  const requestId = await askedCover(url);
  const secret = await madeFeed(url);
  const { paths } = await ask<{ paths: Record<string, Record<string, unknown>> }>(`${url}/openapi.json`);
  // The starter world has no outgoing webhook whose log could be read.
  const without = ['{eventId}', '/outgoing-webhooks/{name}'];
  const gets = Object.keys(paths).filter(
    (path) => 'get' in (paths[path] ?? {}) && !without.some((part) => path.includes(part)),
  );
  const asked = gets.map(
    (path) =>
      path
        .replace('{id}', caseId)
        .replace('{name}', 'live-primary')
        .replace('{requestId}', requestId)
        .replace('{secret}', secret) + (path === '/v1/explain' ? `?case=${caseId}&person=bo` : ''),
  );
  const answers = await Promise.all(
    asked.map(async (path) => {
      const answer = await fetch(`${url}${path}`, {
        headers: { authorization: 'Bearer tocsin-demo-operator-token' },
      });
      return `${path} ${answer.status}`;
    }),
  );
  expect(answers).toEqual(asked.map((path) => `${path} 200`));
}

describe.each([
  ['in one process', oneProcess],
  ['behind the gateway', behindTheGateway],
])('the first page, %s', (_, open) => {
  it('reaches Bo at once by the starter world, an acknowledgement ends it, and info pages nobody', async () => {
    const url = await open();
    await until(async () => (await fetch(`${url}/readyz`)).status === 200, {
      within: WITHIN,
      for: 'readiness',
    });
    await send(url, 'T-quiet', 'info');
    await send(url, 'T-loud', 'critical');
    const loud = await caseOf(url, 'T-loud');
    expect(loud).toMatchObject({ priority: 'P1', state: 'open', escalation: { state: 'running' } });
    const messages = await until(
      async () => {
        const found = await ask<Messages>(`${url}/v1/sandbox/messages`);
        return found.messages.length > 0 ? found.messages : undefined;
      },
      { within: WITHIN, for: 'a message' },
    );
    expect(messages.every(({ person, caseId }) => person === 'bo' && caseId === loud.id)).toBe(true);
    await ask(`${url}/v1/cases/${loud.id}/acknowledge`, { json: { person: 'bo' } });
    expect(await caseOf(url, 'T-loud')).toMatchObject({
      state: 'acknowledged',
      escalation: { state: 'acknowledged' },
    });
    await expectDocumentedRoutes(url, loud.id);
    expect(await caseOf(url, 'T-quiet')).toMatchObject({ priority: 'P5', escalation: { state: 'none' } });
  });
});
