import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FAST_STOP_MS = 20_000;
const FORCED_STOP_MS = 5_000;

/** Stops the server that a killed launcher left on this data; returns whether there was one. */
export async function stopLeftOverServer(dataDirectory: string): Promise<boolean> {
  const pidFile = join(dataDirectory, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return false;
  if (!(await servesDirectory(pid, dataDirectory))) {
    // After a reboot the number may belong to anything; PostgreSQL itself would refuse to start beside it.
    await rm(pidFile, { force: true });
    return false;
  }
  await stopServer(pid);
  return true;
}

/** Fast stop (SIGINT: sessions are ended, a checkpoint is written), then immediate (SIGQUIT), then SIGKILL. */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, limit] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', FORCED_STOP_MS],
    ['SIGKILL', FORCED_STOP_MS],
  ] as const) {
    if (!send(pid, signal)) return;
    if (await gone(pid, limit)) return;
  }
}

async function servesDirectory(pid: number, dataDirectory: string): Promise<boolean> {
  const directory = await realpath(dataDirectory);
  try {
    // The postmaster works inside its data directory; its session processes do too, but are not in the pid file.
    return (await readlink(`/proc/${pid}/cwd`)) === directory;
  } catch {
    const command = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return command.stdout.includes(directory) || command.stdout.includes(dataDirectory);
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function gone(pid: number, limitMs: number): Promise<boolean> {
  const until = performance.now() + limitMs;
  while (performance.now() < until) {
    if (!send(pid, 0) || (await isZombie(pid))) return true;
    await delay(20);
  }
  return false;
}

// An orphan in a container without an init process stays listed for ever after its end.
const isZombie = async (pid: number): Promise<boolean> =>
  /^State:\s+Z/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''));
