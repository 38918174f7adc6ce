import { execFile } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

const run = promisify(execFile);
const NAME = 'tocsin';

export interface ServiceUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user that PostgreSQL runs as: ourselves (undefined), or, when we are root (which PostgreSQL refuses to be),
 * the unprivileged system user `tocsin`, made at need.
 */
export async function serviceUser(): Promise<ServiceUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await find()) ?? (await make());
}

async function find(): Promise<ServiceUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', NAME]), run('id', ['-g', NAME])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

// Debian and Red Hat families have useradd, Alpine has BusyBox' adduser.
const MAKERS: readonly (readonly [string, readonly string[]])[] = [
  [
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/var/lib/tocsin',
      '--shell',
      '/bin/false',
      NAME,
    ],
  ],
  ['adduser', ['-S', '-D', '-H', '-h', '/var/lib/tocsin', '-s', '/bin/false', NAME]],
];

async function make(): Promise<ServiceUser> {
  const reasons: string[] = [];
  for (const [tool, args] of MAKERS) {
    try {
      await run(tool, [...args]);
    } catch (error) {
      reasons.push(reasonOf(tool, error));
      continue;
    }
    const made = await find();
    if (made !== undefined) return made;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root and the user «${NAME}» could not be made (${reasons.join('; ')}): ` +
      `start Tocsin as an ordinary user, or make a system user named «${NAME}».`,
  );
}

function reasonOf(tool: string, error: unknown): string {
  const { code, message, stderr = '' } = error as NodeJS.ErrnoException & { stderr?: string };
  if (code === 'ENOENT') return `no ${tool}`;
  return `${tool}: ${stderr.trim() === '' ? message : stderr.trim()}`;
}

/** Refuses a folder that the service user cannot enter, such as one under a private home. */
export async function mustBeEnterable(folder: string): Promise<void> {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const { mode } = await stat(at);
    if ((mode & constants.S_IXOTH) === 0)
      throw new EmbeddedPostgresError(
        `The user «${NAME}» cannot enter ${at}, which ${folder} lies under: ` +
          'set TOCSIN_HOME to a folder that others may enter, such as /var/lib/tocsin.',
      );
  }
  await access(folder, constants.W_OK);
}
