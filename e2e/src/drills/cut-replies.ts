import { setTimeout as sleep } from 'node:timers/promises';
import { TcpProxy, testDatabase } from '@tocsin/test-rig';
import type { DrillScene, Surroundings } from './drill.js';

/** Chance that a reply is lost and its connection with it. */
const CHANCE = 0.01;
const LASTS_MS = 20_000;

/** A PostgreSQL of the drill's own behind a proxy that can lose its replies. */
export async function databaseBehindProxy(): Promise<Surroundings> {
  // Brings the whole of Testcontainers along, which no other drill needs.
  const { startTestServers } = await import('@tocsin/test-rig/servers');
  const servers = await startTestServers({ needs: ['database'], say: () => undefined, native: true });
  const failure = servers.failures.database;
  if (failure !== undefined) throw new Error(`no PostgreSQL for the drill: ${failure}`);
  const database = await testDatabase(servers.env['TOCSIN_TEST_DATABASE_URL']);
  const direct = new URL(database.url);
  const proxy = await TcpProxy.open({ host: direct.hostname, port: Number(direct.port || 5432) });
  const throughProxy = new URL(direct);
  throughProxy.host = `127.0.0.1:${proxy.port}`;
  return {
    env: { DATABASE_URL: throughProxy.href },
    databaseUrl: direct.href,
    proxy,
    close: async () => {
      await proxy.close();
      await database.drop();
      await servers.stop();
    },
  };
}

/** Statements and commits take effect, and whoever asked never learns it. */
export const cutReplies = (scene: DrillScene): Promise<void> =>
  scene.fault('cut replies of PostgreSQL', async () => {
    const proxy = scene.surroundings?.proxy;
    if (proxy === undefined) throw new Error('this drill needs its proxy');
    proxy.replies(() => (scene.random() < CHANCE ? 'cut' : 'pass'));
    await sleep(LASTS_MS);
    proxy.replies(() => 'pass');
    if (proxy.cuts === 0) throw new Error('not one reply was cut: the drill proves nothing');
    await scene.ready();
  });
