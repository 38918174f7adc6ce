// `npm run start:cluster`: each service its own process, events over Kafka, Redis when there is one.
import { startNativeKafka } from '@tocsin/kafka/native';
import { redisServerIsThere, startNativeRedis } from '@tocsin/redis/native';
import { fixedPorts, planCluster } from './cluster-plan.js';
import { databaseUrl } from './embedded-database.js';
import { show, type Launch } from './launcher.js';
import { runLaunch } from './run-launch.js';
import { KeptServer } from './supervise/kept-server.js';

const MAX_CONNECTIONS = 300;

await runLaunch({
  ports: fixedPorts,
  start: async (launch) => {
    const [database, brokers, redis] = await all([
      databaseUrl(launch, MAX_CONNECTIONS),
      kafkaBrokers(launch),
      redisUrl(launch),
    ]);
    if (launch.signal.aborted) return;
    const plans = await planCluster(launch, {
      DATABASE_URL: database,
      EVENT_BUS: 'kafka',
      KAFKA_BROKERS: brokers,
      ...(redis === undefined ? {} : { REDIS_URL: redis }),
    });
    await launch.step(`${plans.length} service processes`, () => launch.services(plans));
  },
});

/** Like Promise.all, but a failure waits for the others, so that what they started is known when all is stopped. */
async function all<T extends readonly Promise<unknown>[]>(
  starts: readonly [...T],
): Promise<{ [I in keyof T]: Awaited<T[I]> }> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

async function kafkaBrokers(launch: Launch): Promise<string> {
  const given = process.env['KAFKA_BROKERS'];
  if (given !== undefined && given !== '') return given;
  return launch.step('Kafka (the first time Maven fetches it)', async () => {
    const { home } = launch.options;
    const kept = await KeptServer.start({
      name: 'Kafka',
      start: (port) => startNativeKafka({ home, ...(port === undefined ? {} : { port }) }),
      show,
    });
    launch.onStop(() => kept.stop());
    return kept.server.brokers;
  });
}

async function redisUrl(launch: Launch): Promise<string | undefined> {
  const given = process.env['REDIS_URL'];
  if (given !== undefined && given !== '') return given;
  if (!(await redisServerIsThere())) {
    show(
      'Redis: there is no redis-server here and no REDIS_URL; rate limits and the live feed are per process.',
    );
    return undefined;
  }
  const { home } = launch.options;
  const kept = await KeptServer.start({
    name: 'Redis',
    start: async (port) => {
      const started = await startNativeRedis({ home, ...(port === undefined ? {} : { port }) });
      if (started === undefined) throw new Error('redis-server is no longer on the PATH: install it again.');
      return started;
    },
    show,
  });
  launch.onStop(() => kept.stop());
  return kept.server.url;
}
