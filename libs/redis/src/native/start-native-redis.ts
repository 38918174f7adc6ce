import { execFile, spawn } from 'node:child_process';
import { mkdir, open, readFile, readlink, realpath } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';

const READY_LIMIT_MS = 10_000;
const STOP_LIMIT_MS = 5_000;

export interface NativeRedisOptions {
  /** The server keeps to `redis/` and `logs/` in it. */
  readonly home: string;
  /** Port on 127.0.0.1; default: a free one. */
  readonly port?: number;
}

export interface NativeRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, however it ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Whether there is a `redis-server` on the PATH. */
export const redisServerIsThere = (): Promise<boolean> =>
  promisify(execFile)('redis-server', ['--version']).then(
    () => true,
    () => false,
  );

/**
 * Starts `redis-server` on 127.0.0.1, in memory alone (Tocsin keeps nothing in Redis that it needs); one left by a
 * killed launcher is ended first.
 * @returns undefined when there is no `redis-server` on the PATH
 * @throws Error whose message is one line that names the log
 */
export async function startNativeRedis(options: NativeRedisOptions): Promise<NativeRedis | undefined> {
  const { home } = options;
  const folder = join(home, 'redis');
  const logs = join(home, 'logs');
  for (const path of [folder, logs]) await mkdir(path, { recursive: true });
  const pidFile = join(folder, 'pid');
  await endLeftOver(pidFile, folder);
  const port = options.port ?? (await freePort());
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
  if (await Promise.race([ended.then(() => false), untilAnswering(url)]))
    return { url, port, pid, ended, stop };
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

/**
 * A server left by a killed launcher holds nothing, so it is ended and not adopted. Its number may belong to anything
 * by now: ours works inside its own folder.
 */
async function endLeftOver(pidFile: string, folder: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => '0'));
  if (!(pid > 1)) return;
  const worksIn = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (worksIn !== undefined && worksIn === (await realpath(folder))) process.kill(pid, 'SIGKILL');
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
