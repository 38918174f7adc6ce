import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@tocsin/postgres/embedded';
import type { Starters } from './test-server.js';

const CONNECTIONS_OF_ALL_SPECS = 300;

/** The servers as processes of this machine, each in a folder that goes with it. */
export const onThisMachine: Starters = {
  database: async () => {
    const home = await enterableFolder('tocsin-test-postgres-');
    const server = await startEmbeddedPostgres({ home, maxConnections: CONNECTIONS_OF_ALL_SPECS });
    return {
      address: server.url,
      stop: async () => {
        await server.stop();
        await rm(home, { recursive: true, force: true });
      },
    };
  },
  kafka: () => Promise.reject(new Error('set TOCSIN_TEST_KAFKA_BROKERS or start Docker')),
  redis: () => Promise.reject(new Error('set TOCSIN_TEST_REDIS_URL or start Docker')),
};

/** Started by root, PostgreSQL runs as another user, who must be able to enter the folder. */
async function enterableFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'logs'));
  return folder;
}
