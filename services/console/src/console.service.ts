import { ApiAccess, ConfigCopy, openConnections } from '@tocsin/connections';
import { Access, AccessGuard, type ServiceDefinition } from '@tocsin/runtime';
import { ConfigApplication } from './change-config/apply-config.js';
import { configRoutes } from './change-config/config.routes.js';
import { ConsoleConfig } from './console.config.js';
import { CONSOLE_MIGRATIONS } from './console.migrations.js';
import { openApiRoutes } from './describe-api/openapi.routes.js';
import { Gateway } from './forward-requests/gateway.routes.js';
import { RevisionStore } from './keep-revisions/revision.store.js';
import { loadFirstRevision } from './load-example/load-example.js';
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
    const here = { host: config.HOST, hasOperatorToken: config.TOCSIN_OPERATOR_TOKEN !== undefined };
    const application = new ConfigApplication(revisions, here, () => void inForce.refresh());
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
      await loadFirstRevision(application, revisions, choice, host.log);
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
        configRoutes(http, { access, revisions, application });
        gateway.routes(http);
      },
      loops: [inForce],
      checks: [...connections.checks, inForce.check, ...gateway.checks()],
      close,
    };
  },
};

const gatewayOf = (config: ConsoleConfig): Gateway =>
  new Gateway({
    'ticket-intake': config.TOCSIN_TICKET_INTAKE_URLS,
    'metric-monitoring': config.TOCSIN_METRIC_MONITORING_URLS,
    'escalation-routing': config.TOCSIN_ESCALATION_ROUTING_URLS,
    notification: config.TOCSIN_NOTIFICATION_URLS,
  });
