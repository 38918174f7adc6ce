import { ApiAccess, ConfigCopy, openConnections } from '@tocsin/connections';
import type { Transactions } from '@tocsin/event-log';
import { Access, AccessGuard, type Host, type ServiceDefinition } from '@tocsin/runtime';
import { ApprovalStore } from './approve-plan/approval.store.js';
import { GlassMetrics } from './approve-plan/glass-metrics.js';
import { ConfigApplication } from './change-config/apply-config.js';
import type { ConfigRoutes } from './change-config/config-parts.js';
import { configRoutes } from './change-config/config.routes.js';
import { ConsoleConfig } from './console.config.js';
import { CONSOLE_MIGRATIONS } from './console.migrations.js';
import { openApiRoutes } from './describe-api/openapi.routes.js';
import { Gateway } from './forward-requests/gateway.routes.js';
import { RevisionStore } from './keep-revisions/revision.store.js';
import { loadFirstRevision } from './load-example/load-example.js';
import { NoRecording } from './replay-plan/fetch-recording.js';
import { ReplayPlan } from './replay-plan/replay-plan.js';
import { DeadLetterStore } from './redrive-dead-letters/dead-letter.store.js';
import { DeadLettersController } from './redrive-dead-letters/dead-letters.controller.js';
import { landingRoutes } from './show-landing/landing.routes.js';

/** One installation has one tenant as yet; its name is part of every row and key. */
const TENANT = 'default';

/** The control plane: config revisions, audit, the landing page, and the gateway when it is told where the others are. */
export const consoleService: ServiceDefinition<ConsoleConfig> = {
  name: 'console',
  config: ConsoleConfig,
  build: async (config, host) => {
    const connections = await openConnections({
      service: 'console',
      migrations: CONSOLE_MIGRATIONS,
      config,
      log: host.log,
      metrics: host.metrics,
    });
    const { transactions, eventLog } = connections;
    const inForce = new ConfigCopy({
      transactions,
      table: 'console.revision',
      host: config.HOST,
      log: host.log,
    });
    const access = new ApiAccess({
      config: inForce,
      internalToken: config.TOCSIN_INTERNAL_TOKEN,
      operatorToken: config.TOCSIN_OPERATOR_TOKEN,
      log: host.log,
    });
    const revisions = new RevisionStore(transactions, eventLog);
    const eyes = fourEyes(config, { transactions, revisions, inForce, host });
    const gateway = gatewayOf(config);
    const close = async (): Promise<void> => {
      await gateway.close();
      await connections.close();
    };
    try {
      await inForce.load();
      const choice = {
        example: config.TOCSIN_EXAMPLE,
        examples: config.TOCSIN_EXAMPLES,
        host: config.HOST,
        tenant: TENANT,
      };
      await loadFirstRevision(eyes.application, revisions, choice, host.log);
    } catch (error) {
      await close();
      throw error;
    }
    return {
      controllers: [DeadLettersController],
      providers: [
        { provide: Access, useValue: access },
        { provide: DeadLetterStore, useValue: new DeadLetterStore(transactions) },
      ],
      guards: [AccessGuard],
      routes: (http) => {
        landingRoutes(http);
        openApiRoutes(http);
        configRoutes(http, { access, revisions, ...eyes });
        gateway.routes(http);
      },
      loops: [inForce],
      checks: [...connections.checks, inForce.check, ...gateway.checks()],
      close,
    };
  },
};

interface Around {
  readonly transactions: Transactions;
  readonly revisions: RevisionStore;
  readonly inForce: ConfigCopy;
  readonly host: Host;
}

/** Applying config, by two persons where it makes something worse. */
function fourEyes(
  config: ConsoleConfig,
  { transactions, revisions, inForce, host }: Around,
): Pick<ConfigRoutes, 'application' | 'approvals' | 'subjectOf' | 'replay'> {
  const approvals = new ApprovalStore(transactions);
  const glass = new GlassMetrics(host.metrics, approvals);
  const here = { host: config.HOST, hasOperatorToken: config.TOCSIN_OPERATOR_TOKEN !== undefined };
  const replays = new ReplayPlan({
    url: () => host.address(),
    internalToken: config.TOCSIN_INTERNAL_TOKEN,
    failed: (error) => {
      const isExpected = error instanceof NoRecording && error.reason !== 'out-of-time';
      host.log[isExpected ? 'info' : 'error']({ err: error }, 'a plan could not be replayed over history');
    },
  });
  const replay: ConfigRoutes['replay'] = (replayed) => replays.judge(replayed);
  const application = new ConfigApplication(revisions, { approvals, replay }, here, {
    committed: () => void inForce.refresh(),
    brokeGlass: (revision, { author, reason }) => {
      glass.broken.inc();
      host.log.error({ revision, by: author, reason }, 'config applied behind broken glass');
    },
  });
  const subjectOf = (actor: string): string => {
    const tokens = inForce.current()?.config.tokens ?? {};
    return (Object.hasOwn(tokens, actor) ? tokens[actor]?.person : undefined) ?? actor;
  };
  return { application, approvals, subjectOf, replay };
}

const gatewayOf = (config: ConsoleConfig): Gateway =>
  new Gateway({
    'ticket-intake': config.TOCSIN_TICKET_INTAKE_URLS,
    'metric-monitoring': config.TOCSIN_METRIC_MONITORING_URLS,
    'escalation-routing': config.TOCSIN_ESCALATION_ROUTING_URLS,
    notification: config.TOCSIN_NOTIFICATION_URLS,
  });
