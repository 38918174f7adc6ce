import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When the process began, as text; undefined when there is none. A number alone does not name a process:
 * the system gives it to another one later.
 */
export async function beginningOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // Fields after the command name, which may itself hold spaces and brackets: state is the first, start the 20th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    const shown = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
    const beginning = shown?.stdout.trim() ?? '';
    return beginning === '' ? undefined : beginning;
  }
}
