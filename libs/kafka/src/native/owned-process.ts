import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether `pid` runs with `mark` (a path of ours) among its arguments: a number alone may belong to anything by now. */
export async function isOurs(pid: number, mark: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() =>
    run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    ),
  );
  return command.includes(mark);
}

/** SIGTERM, and SIGKILL after the limit; resolves when the process is gone. */
export async function endProcess(pid: number, mark: string, limitMs: number): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!(await isOurs(pid, mark))) return;
    process.kill(pid, signal);
    const until = performance.now() + limitMs;
    while (performance.now() < until) {
      if (!(await isOurs(pid, mark))) return;
      await delay(50);
    }
  }
}
