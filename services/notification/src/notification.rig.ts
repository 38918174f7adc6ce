import { openConnections, hashOf, type Connections, ConnectionsConfig } from '@tocsin/connections';
import {
  type CaseEvent,
  type ConfigTree,
  isoOf,
  type MaintenanceEvent,
  type PageEvent,
  type PageRequested,
} from '@tocsin/contracts';
import type { NewEvent } from '@tocsin/event-log';
import { outboxTable } from '@tocsin/postgres';
import { makeLogger, runServices, type RunningServices } from '@tocsin/runtime';
import { Registry } from 'prom-client';
import { notification } from './index.js';

export const OPERATOR_TOKEN = 'an-operator-of-the-specs-only';
const INTERNAL_TOKEN = 'the-internal-token-of-the-specs';

/** This service on a database of a spec's own, and the hand of escalation-routing that writes its pages. */
export interface NotificationUnderTest {
  readonly url: string;
  /** Puts page events into the log, as routing does, all in one transaction. */
  request(...events: PageEvent[]): Promise<void>;
  /** Puts what happened to cases into the log. */
  tell(...events: CaseEvent[]): Promise<void>;
  /** Puts what happened to maintenance windows into the log. */
  tellOfMaintenance(...events: MaintenanceEvent[]): Promise<void>;
  stop(): Promise<void>;
}

const routingMigrations = [{ id: 202611220001, name: 'outbox', sql: outboxTable('escalation_routing') }];

/** @param env beside the database, such as ROUTING_URL */
export async function startNotification(
  databaseUrl: string,
  tree: ConfigTree,
  env: Readonly<Record<string, string>> = {},
): Promise<NotificationUnderTest> {
  const routing = await openRouting(databaseUrl);
  await storeConfig(databaseUrl, routing, tree);
  const running = await run(databaseUrl, env);
  const append = (events: readonly NewEvent[]): Promise<void> =>
    routing.transactions.run('hot', (tx) => routing.eventLog.append(tx, events));
  return {
    url: running.url,
    request: (...events) => append(events.map((event) => logged('pages', 'hot', event.caseId, event))),
    tell: (...events) => append(events.map((event) => logged('cases', 'cold', event.caseId, event))),
    tellOfMaintenance: (...events) =>
      append(events.map((event) => logged('maintenance', 'cold', event.window.id, event))),
    stop: async () => {
      await running.stop();
      await routing.close();
    },
  };
}

const logged = (
  topic: NewEvent['topic'],
  lane: NewEvent['lane'],
  of: string,
  event: { readonly tenant: string; readonly type: string },
): NewEvent => ({
  topic,
  lane,
  key: `${event.tenant}:${of}`,
  type: event.type,
  payload: JSON.stringify(event),
});

const run = (databaseUrl: string, env: Readonly<Record<string, string>>): Promise<RunningServices> =>
  runServices([notification], {
    DATABASE_URL: databaseUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    TOCSIN_INTERNAL_TOKEN: INTERNAL_TOKEN,
    TOCSIN_WEBHOOK_ALLOW: '127.0.0.0/8',
    TOCSIN_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...env,
  });

const openRouting = (databaseUrl: string): Promise<Connections> =>
  openConnections({
    service: 'escalation-routing',
    migrations: routingMigrations,
    config: ConnectionsConfig.parse({ DATABASE_URL: databaseUrl }),
    log: makeLogger('silent'),
    metrics: new Registry(),
  });

/** The config copy reads its table at start; the first start of the service makes that table. */
async function storeConfig(databaseUrl: string, routing: Connections, tree: ConfigTree): Promise<void> {
  const [table] = await routing.transactions.query<{ is: string | null }>('cold', {
    text: `SELECT to_regclass('notification.config_revision')::text AS is`,
    values: [],
  });
  if (table?.is === null) await run(databaseUrl, {}).then((first) => first.stop());
  const document = JSON.stringify(tree);
  await routing.transactions.query('cold', {
    text: `INSERT INTO notification.config_revision (tenant, revision, hash, document)
      SELECT 'default', coalesce(max(revision), 0) + 1, $1, $2 FROM notification.config_revision`,
    values: [hashOf(document), document],
  });
}

/** A world with one person, reached by a webhook and then by a sandbox phone. */
export const worldOf = (hook: string, secret?: string, bo: object = {}): ConfigTree => ({
  people: {
    bo: {
      name: 'Bo Li',
      language: 'en',
      timeZone: 'Asia/Singapore',
      contact: {
        hook: { webhook: hook, ...(secret === undefined ? {} : { secret }) },
        desk: { sandbox: true },
      },
      notify: { 'P1-P5': [{ via: 'hook' }] },
      ...bo,
    },
  },
  tokens: { ops: { token: `loopback-only:${OPERATOR_TOKEN}`, role: 'operator' } },
});

let cases = 0;

/** A page for Bo, due now, of a case that no other page has. */
export function aPage(more: Partial<PageRequested> = {}): PageRequested {
  cases += 1;
  return {
    type: 'PageRequested',
    tenant: 'default',
    caseId: `4F${cases}`,
    epoch: 1,
    round: 1,
    step: 0,
    person: 'bo',
    priority: 'P1',
    dueAt: isoOf(Date.now() - 50),
    subject: 'LIVE payout missing',
    service: 'live-payments',
    ticketKey: `T-${cases}`,
    because: { en: 'severity critical', 'zh-CN': '严重级别为 critical' },
    policy: 'live-pay',
    stepName: 'on call',
    steps: 3,
    nextStepAt: isoOf(Date.now() + 120_000),
    restricted: false,
    revision: 1,
    ...more,
  };
}
