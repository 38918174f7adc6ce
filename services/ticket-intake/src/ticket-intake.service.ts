import { ApiAccess, ConfigCopy, type Connections, openConnections, resolveSecret } from '@tocsin/connections';
import { schemaOf } from '@tocsin/contracts';
import { laneHint } from '@tocsin/rules';
import { randomUUID } from 'node:crypto';
import { Access, AccessGuard, type Host, type ServiceDefinition, type ServiceParts } from '@tocsin/runtime';
import { AcceptStore } from './accept-event/accept-store.js';
import { DatabaseClock } from './accept-event/database-clock.js';
import { MicroBatcher } from './accept-event/micro-batcher.js';
import { type Directory, directoryOf } from './authenticate-sender/known-source.js';
import { ConservationController } from './count-conservation/conservation.controller.js';
import { ConservationCounters } from './count-conservation/conservation-counters.js';
import { ConservationStore } from './count-conservation/conservation.store.js';
import { Forgetting } from './forget-old/forgetting.js';
import { intakeMigrations } from './intake.migrations.js';
import { QuarantineAlarm } from './keep-quarantine/quarantine-alarm.js';
import { QuarantineController } from './keep-quarantine/quarantine.controller.js';
import { QuarantineStore } from './keep-quarantine/quarantine.store.js';
import { Redriver } from './keep-quarantine/redriver.js';
import { intakeRoutes } from './receive-event/intake-routes.js';
import { EventPreparer } from './receive-event/prepare-events.js';
import { Receiver } from './receive-event/receiver.js';
import { CaseFinder } from './show-event/case-of-event.js';
import { EventStatusStore } from './show-event/event-status.store.js';
import { eventStatusRoute } from './show-event/event-status.route.js';
import { mapBody } from './sources/registry.js';
import { TicketIntakeConfig } from './ticket-intake.config.js';

/** Takes events of upstream systems: knows the sender, makes the event durable, then answers. */
export const ticketIntake: ServiceDefinition<TicketIntakeConfig> = {
  name: 'ticket-intake',
  config: TicketIntakeConfig,
  build: async (config, host) => {
    const { log, metrics } = host;
    const connections = await openConnections({
      service: 'ticket-intake',
      migrations: intakeMigrations,
      config,
      log,
      metrics,
    });
    const configCopy = new ConfigCopy({
      transactions: connections.transactions,
      table: `${schemaOf('ticket-intake')}.config_revision`,
      host: config.HOST,
      log,
      feed: { bus: connections.bus, service: 'ticket-intake' },
    });
    try {
      await configCopy.load();
    } catch (error) {
      await connections.close();
      throw error;
    }
    return assemble(config, host, connections, configCopy);
  },
};

function assemble(
  config: TicketIntakeConfig,
  host: Host,
  connections: Connections,
  configCopy: ConfigCopy,
): ServiceParts {
  const { transactions } = connections;
  const clock = new DatabaseClock();
  const writer = randomUUID().slice(0, 8);
  const batcher = new MicroBatcher({
    ...BATCHING,
    connections: config.INTAKE_CONNECTIONS,
    write: writerOf(connections, clock, writer),
  });
  const preparer = new EventPreparer(
    ({ source, route, value }, context) => mapBody(source.config.kind, route, value, context),
    laneHint,
    clock,
  );
  const quarantine = new QuarantineStore(transactions, `${writer}.quarantine`);
  const receiver = new Receiver(batcher, quarantine);
  const conservation = new ConservationStore(transactions, `${writer}.refused`);
  const counters = new ConservationCounters(conservation, () => clock.now(), host);
  const alarm = new QuarantineAlarm({ store: conservation, now: () => clock.now(), host });
  const access = new ApiAccess({
    config: configCopy,
    internalToken: config.TOCSIN_INTERNAL_TOKEN,
    log: host.log,
  });
  const directory = sourcesOf(configCopy, host);
  const redriver = new Redriver({ store: quarantine, preparer, receiver, counters, directory });
  const cases = new CaseFinder(() => config.ROUTING_URL ?? host.address(), config.TOCSIN_INTERNAL_TOKEN);
  return {
    controllers: [QuarantineController, ConservationController],
    providers: [
      { provide: Access, useValue: access },
      { provide: QuarantineStore, useValue: quarantine },
      { provide: Redriver, useValue: redriver },
      { provide: ConservationStore, useValue: conservation },
      { provide: ConservationCounters, useValue: counters },
      { provide: DatabaseClock, useValue: clock },
    ],
    guards: [AccessGuard],
    routes: (http) => {
      intakeRoutes(http, { directory, preparer, receiver, counters, clock });
      eventStatusRoute(http, { store: new EventStatusStore(transactions), cases, access, directory });
    },
    loops: [configCopy, counters, new Forgetting(transactions, conservation, host.log), alarm],
    checks: [...connections.checks, configCopy.check],
    close: async () => {
      await batcher.stop();
      await connections.close();
    },
  };
}

/** Rows of one statement, rows that may wait, and milliseconds until a sender is told to come back. */
const BATCHING = { most: 500, mostWaiting: 20_000, patience: 8000 } as const;

function writerOf(
  { transactions, eventLog }: Connections,
  clock: DatabaseClock,
  writer: string,
): AcceptStore['write'] {
  const store = new AcceptStore(transactions, eventLog, clock, writer);
  return (rows, slot) => store.write(rows, slot);
}

/** The sources of the config in force: keys are looked up once per revision. */
function sourcesOf(configCopy: ConfigCopy, { log }: Host): () => Directory | undefined {
  let directory: Directory | undefined;
  configCopy.onChange((now) => {
    directory = directoryOf(now, resolveSecret, (source, reason) => {
      log.error({ revision: now.revision, source, reason }, 'key of a source cannot be used');
    });
  });
  return () => directory;
}
