import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { brokenData } from './data-directory.js';
import { EmbeddedPostgresError, PortTaken } from './embedded-postgres-error.js';
import { lastLines, rotateLog } from './server-log.js';
import { serverArguments, type ServerAddress } from './server-settings.js';
import type { ServiceUser } from './service-user.js';

// Replay of the log after a crash counts into it.
const READY_LIMIT_MS = 120_000;

export interface ServerStart {
  readonly binaries: string;
  readonly dataDirectory: string;
  readonly address: ServerAddress;
  readonly logFile: string;
  readonly user: ServiceUser | undefined;
  /** URL of the maintenance database, asked until it answers. */
  readonly url: string;
}

/** Starts `postgres` and waits until it answers. Its own process group: a Ctrl-C in the terminal must reach us first. */
export async function startServer(start: ServerStart): Promise<ChildProcess & { readonly pid: number }> {
  await rotateLog(start.logFile);
  const log = await open(start.logFile, 'a', 0o600);
  const logged = (await stat(start.logFile)).size;
  const server = spawn(
    join(start.binaries, 'bin/postgres'),
    serverArguments(start.dataDirectory, start.address),
    {
      cwd: start.dataDirectory,
      detached: true,
      env: { LC_ALL: 'C' },
      stdio: ['ignore', log.fd, log.fd],
      ...(start.user ?? {}),
    },
  );
  const asking = new AbortController();
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(error.message));
    server.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `code ${code}`}`));
  });
  try {
    const verdict = await Promise.race([ended, untilAnswering(start, server.pid, asking.signal)]);
    if (verdict === 'answers' && server.pid !== undefined)
      return server as ChildProcess & { readonly pid: number };
    server.kill('SIGQUIT');
    throw await startFailed(start, verdict, logged);
  } finally {
    asking.abort();
    await log.close();
  }
}

async function untilAnswering(
  { url, dataDirectory }: ServerStart,
  pid: number | undefined,
  signal: AbortSignal,
): Promise<string> {
  const until = performance.now() + READY_LIMIT_MS;
  let last = 'no answer';
  while (performance.now() < until && !signal.aborted) {
    if (!(await saysReady(dataDirectory, pid))) {
      await delay(30);
      continue;
    }
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return 'answers';
    } catch (error) {
      last = (error as Error).message;
      // Another password than the one that the data was made with: waiting will not help.
      if ((error as { code?: string }).code === '28P01') return last;
      await delay(30);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return `no answer within ${READY_LIMIT_MS / 1000} s (${last})`;
}

/**
 * Whether *our* server has opened its port: another one may have been faster at it, and would answer in its place.
 * Format of postmaster.pid: https://www.postgresql.org/docs/18/storage-file-layout.html (process first, state last).
 */
async function saysReady(dataDirectory: string, pid: number | undefined): Promise<boolean> {
  const lines = (await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return Number(lines[0]) === pid && lines.some((line) => line.trim() === 'ready');
}

async function startFailed(
  start: ServerStart,
  verdict: string,
  logged: number,
): Promise<EmbeddedPostgresError> {
  const lines = await lastLines(start.logFile, 10, logged);
  const fatal = lines
    .findLast((line) => /\b(FATAL|PANIC):/.test(line))
    ?.replace(/^.*?\b(?:FATAL|PANIC):\s*/, '');
  if (/could not bind .*Address already in use/.test(lines.join('\n')))
    return new PortTaken(start.address.port, lines);
  if (/No space left/.test(lines.join('\n')))
    return new EmbeddedPostgresError(
      `PostgreSQL stopped because the disk of ${start.dataDirectory} is full: free some space and start again.`,
      lines,
    );
  return brokenData(start.dataDirectory, `${fatal ?? verdict} (log: ${start.logFile})`, lines);
}
