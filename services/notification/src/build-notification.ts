import {
  AddressGuard,
  ApiAccess,
  ConfigCopy,
  configCopyMigration,
  type Connections,
  openConnections,
  resolveAll,
  resolveSecret,
} from '@tocsin/connections';
import { schemaOf } from '@tocsin/contracts';
import { eventTransport } from '@tocsin/event-log';
import { outboxTable } from '@tocsin/postgres';
import { Access, AccessGuard, type Host, type ServiceParts } from '@tocsin/runtime';
import { SandboxPhoneStore } from './channels/sandbox-phone/sandbox-phone.store.js';
import { sandboxRoutes } from './channels/sandbox-phone/sandbox.routes.js';
import { openChannels } from './channels/open-channels.js';
import { ContactBook } from './contact-methods/contact-book.js';
import { ContactMethodStore } from './contact-methods/contact-method.store.js';
import { ContactMethodsController } from './contact-methods/contact-methods.controller.js';
import { SecretBox, secretKey } from './contact-methods/secret-box.js';
import { UrlCheck } from './contact-methods/url-check.js';
import { BalanceController } from './count-balance/balance.controller.js';
import { BalanceAlarm } from './count-balance/balance.loop.js';
import { BalanceStore } from './count-balance/balance.store.js';
import { DeliveryEngine } from './deliver-page/delivery-engine.js';
import { LEDGER_SWEEPS } from './ledger/ledger-sweeps.js';
import { ledgerMigrations } from './ledger/notification.migrations.js';
import { DeliveriesController } from './list-deliveries/deliveries.controller.js';
import { DeliveryStore } from './list-deliveries/delivery.store.js';
import type { NotificationConfig } from './notification.config.js';
import { OperateWebhooks } from './operate-webhooks/operate-webhooks.js';
import { WebhooksController } from './operate-webhooks/webhooks.controller.js';
import { PagesConsumer } from './plan-pages/pages.consumer.js';
import { PlanBatch } from './plan-pages/plan-batch.js';
import { AnswerCase } from './receive-answer/answer-case.js';
import { AnswerStore } from './receive-answer/answer.store.js';
import { AnswerTokens } from './receive-answer/answer-token.js';
import { answersRoutes } from './receive-answer/answers.routes.js';
import { RoutingClient } from './receive-answer/routing-client.js';
import { CasesConsumer } from './send-webhooks/cases.consumer.js';
import { MaintenanceConsumer } from './send-webhooks/maintenance.consumer.js';
import { RecordDeliveries } from './send-webhooks/record-deliveries.js';
import { WebhookBook } from './send-webhooks/webhook-book.js';
import { openWebhooks, type WebhookEngine } from './send-webhooks/webhook-engine.js';

/** Milliseconds that a busy reader of case events waits for more: larger batches leave more of the database to pages. */
const CASES_LINGER_MS = 20;

const schema = schemaOf('notification');
const migrations = [
  configCopyMigration(schema),
  { id: 202611220002, name: 'notification outbox', sql: outboxTable(schema) },
  ...ledgerMigrations,
];

/** Wires the service: connections, config copy, channels, the delivery engine, and what answers over HTTP. */
export async function buildNotification(config: NotificationConfig, host: Host): Promise<ServiceParts> {
  const { log, metrics } = host;
  const sweeps = LEDGER_SWEEPS;
  const connections = await openConnections({
    ...{ service: 'notification', migrations, sweeps, config, log, metrics },
  });
  try {
    return await assemble(config, host, connections);
  } catch (error) {
    await connections.close();
    throw error;
  }
}

async function assemble(
  config: NotificationConfig,
  host: Host,
  connections: Connections,
): Promise<ServiceParts> {
  const { log, metrics } = host;
  const { transactions: db, eventLog, bus } = connections;
  const copy = await loadConfigCopy(config, connections, log);
  const box = new SecretBox(secretKey(config.TOCSIN_SECRET_KEY, config.TOCSIN_HOME));
  const secretOf = secretsOf(copy, log);
  const contacts = new ContactBook({ config: () => copy.current()?.config, secretOf, box });
  const guard = new AddressGuard(config.TOCSIN_WEBHOOK_ALLOW);
  const channels = openChannels({ db, guard, smtpUrl: config.SMTP_URL, mailFrom: config.MAIL_FROM });
  const methods = new ContactMethodStore(db, eventLog);
  await methods.tellOlder();
  const answers = new AnswerStore(db);
  const tokens = new AnswerTokens(await answers.secret('answer-tokens'));
  const failpoint = config.FAILPOINT;
  const publicUrl = (): string => config.TOCSIN_PUBLIC_URL ?? host.address();
  const engine = await DeliveryEngine.open({
    databaseUrl: config.DATABASE_URL,
    ...{ db, eventLog, contacts, channels, tokens, log, metrics, failpoint, publicUrl },
    configRevision: revisionOf(copy),
  });
  const book = new WebhookBook({ config: () => copy.current()?.config, resolve: resolveSecret });
  const webhooks = openWebhooks({ db, guard, book, log, metrics, failpoint, publicUrl });
  const routing = new RoutingClient({
    url: () => config.ROUTING_URL ?? host.address(),
    token: config.TOCSIN_INTERNAL_TOKEN,
  });
  const answerCase = new AnswerCase({ db, store: answers, eventLog, stopped: engine.stopped, routing });
  const access = new ApiAccess({ config: copy, internalToken: config.TOCSIN_INTERNAL_TOKEN, log });
  return {
    ...restApi({ db, access, planBatch: engine.planBatch, methods, contacts, box, guard, webhooks }),
    routes: (http) => {
      answersRoutes(http, { answers: answerCase, languageOf: (person) => contacts.languageOf(person) });
      const tenant = (): string => copy.current()?.config.tenant ?? 'default';
      sandboxRoutes(http, {
        ...{ phones: new SandboxPhoneStore(db), access, host: config.HOST, tenant },
        open: config.TOCSIN_SANDBOX === 'open',
      });
    },
    strategy: eventTransport({ service: 'notification', bus, linger: { cases: CASES_LINGER_MS } }),
    loops: [copy, ...engine.loops, ...webhooks.loops, new BalanceAlarm(new BalanceStore(db), host)],
    checks: [...connections.checks, copy.check, engine.check, webhooks.check],
    close: async () => {
      await engine.close();
      await channels.close();
      await webhooks.close();
      await routing.close();
      await connections.close();
    },
  };
}

interface RestParts {
  readonly db: Connections['transactions'];
  readonly access: Access;
  readonly planBatch: PlanBatch;
  readonly methods: ContactMethodStore;
  readonly contacts: ContactBook;
  readonly box: SecretBox;
  readonly guard: AddressGuard;
  readonly webhooks: WebhookEngine;
}

/** What Nest builds the controllers from. */
function restApi(parts: RestParts): Pick<ServiceParts, 'controllers' | 'providers'> {
  const { db, access, planBatch, methods, contacts, box, guard, webhooks } = parts;
  return {
    controllers: [
      ...[PagesConsumer, CasesConsumer, MaintenanceConsumer],
      ...[ContactMethodsController, BalanceController, DeliveriesController, WebhooksController],
    ],
    providers: [
      { provide: Access, useValue: access },
      AccessGuard,
      { provide: PlanBatch, useValue: planBatch },
      { provide: ContactMethodStore, useValue: methods },
      { provide: ContactBook, useValue: contacts },
      { provide: SecretBox, useValue: box },
      { provide: UrlCheck, useValue: new UrlCheck(guard, resolveAll) },
      { provide: DeliveryStore, useValue: new DeliveryStore(db) },
      { provide: BalanceStore, useValue: new BalanceStore(db) },
      { provide: RecordDeliveries, useValue: webhooks.record },
      { provide: OperateWebhooks, useValue: webhooks.operate },
    ],
  };
}

async function loadConfigCopy(
  config: NotificationConfig,
  { transactions, bus }: Connections,
  log: Host['log'],
): Promise<ConfigCopy> {
  const copy = new ConfigCopy({
    transactions,
    table: `${schema}.config_revision`,
    host: config.HOST,
    log,
    feed: { bus, service: 'notification' },
  });
  await copy.load();
  return copy;
}

/** The newest revision here, after looking for the wanted one. */
const revisionOf =
  (copy: ConfigCopy) =>
  async (wanted: number): Promise<number> => {
    if ((copy.current()?.revision ?? 0) < wanted) await copy.refresh();
    return copy.current()?.revision ?? 0;
  };

/** Secrets of the config tree, each looked up once per revision; one that is missing is said once, not per page. */
function secretsOf(copy: ConfigCopy, log: Host['log']): (ref: string) => string | undefined {
  const found = new Map<string, string | undefined>();
  copy.onChange(() => found.clear());
  return (ref) => {
    if (found.has(ref)) return found.get(ref);
    const secret = resolveSecret(ref);
    if (!secret.ok)
      log.error({ reason: secret.error }, 'webhook secret cannot be found, pages go out unsigned');
    const value = secret.ok ? secret.value : undefined;
    found.set(ref, value);
    return value;
  };
}
