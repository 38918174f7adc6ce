import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNativeKafka } from '@tocsin/kafka/native';
import { startEmbeddedPostgres } from '@tocsin/postgres/embedded';
import { startNativeRedis } from '@tocsin/redis/native';
import type { Starters, TestServer } from './test-server.js';

const CONNECTIONS_OF_ALL_SPECS = 300;

/** The servers as processes of this machine, each in a folder that goes with it. */
export const onThisMachine: Starters = {
  database: () =>
    inFolder(async (home) => {
      const server = await startEmbeddedPostgres({ home, maxConnections: CONNECTIONS_OF_ALL_SPECS });
      return { address: server.url, stop: () => server.stop() };
    }),
  kafka: () =>
    inFolder(async (home) => {
      const server = await startNativeKafka({ home });
      return { address: server.brokers, stop: () => server.stop() };
    }),
  redis: () =>
    inFolder(async (home) => {
      const server = await startNativeRedis({ home });
      if (server === undefined)
        throw new Error('install redis-server, or give the URL of one in TOCSIN_TEST_REDIS_URL');
      return { address: server.url, stop: () => server.stop() };
    }),
};

/** Started by root, PostgreSQL runs as another user, who must be able to enter the folder. */
async function inFolder(start: (home: string) => Promise<TestServer>): Promise<TestServer> {
  const home = await mkdtemp(join(tmpdir(), 'tocsin-test-server-'));
  await chmod(home, 0o755);
  const clear = (): Promise<void> => rm(home, { recursive: true, force: true });
  try {
    const { address, stop } = await start(home);
    return { address, stop: () => stop().finally(clear) };
  } catch (error) {
    await clear();
    throw error;
  }
}
