import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';

const READY_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5_000;

export interface NativeRedis {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the server has ended, however it ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts `redis-server` on a free port of 127.0.0.1, in memory alone (Tocsin keeps nothing in Redis that it needs).
 * @returns undefined when there is no `redis-server` on the PATH
 */
export async function startNativeRedis({
  home,
}: {
  readonly home: string;
}): Promise<NativeRedis | undefined> {
  const folder = join(home, 'redis');
  const logs = join(home, 'logs');
  for (const path of [folder, logs]) await mkdir(path, { recursive: true });
  const pidFile = join(folder, 'pid');
  await endLeftOver(pidFile);
  const port = await freePort();
  const log = await open(join(logs, 'redis.log'), 'a', 0o600);
  const server = spawn(
    'redis-server',
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
      ...['--dir', folder, '--pidfile', pidFile],
    ],
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  const spawned = await new Promise<boolean>((resolve) =>
    server.once('spawn', () => resolve(true)).once('error', () => resolve(false)),
  );
  await log.close();
  if (!spawned || server.pid === undefined) return undefined;
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const { pid } = server;
  const url = `redis://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    server.kill('SIGTERM');
    await Promise.race([ended, delay(STOP_LIMIT_MS, undefined, { ref: false })]);
    server.kill('SIGKILL');
    await ended;
  };
  if (await Promise.race([ended.then(() => false), untilAnswering(url)])) return { url, pid, ended, stop };
  await stop();
  throw new Error(
    `redis-server ended before it was ready: its log is ${join(logs, 'redis.log')}; or give one with REDIS_URL.`,
  );
}

async function untilAnswering(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined);
  try {
    return await Promise.race([client.ping().then(() => true), delay(READY_LIMIT_MS, false, { ref: false })]);
  } finally {
    client.disconnect();
  }
}

/** A server left by a killed launcher: it holds nothing, so it is ended and not adopted. */
async function endLeftOver(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  if (!(pid > 1)) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (command.startsWith('redis-server')) process.kill(pid, 'SIGKILL');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
