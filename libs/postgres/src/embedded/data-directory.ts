import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServiceUser } from './service-user.js';

const run = promisify(execFile);
export const SUPERUSER = 'tocsin';
const MAJOR = '18';

interface Initial {
  readonly binaries: string;
  /** Folder that will hold `data`; belongs to the service user. */
  readonly folder: string;
  readonly password: string;
  readonly user: ServiceUser | undefined;
}

/** Makes `folder/data` unless it is there, and refuses one that this PostgreSQL cannot open. */
export async function ensureDataDirectory(initial: Initial): Promise<string> {
  const data = join(initial.folder, 'data');
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(
    (error: NodeJS.ErrnoException) => error,
  );
  if (typeof version === 'string') {
    if (version.trim() !== MAJOR)
      throw brokenData(
        data,
        `it was written by PostgreSQL ${version.trim() || '(unknown)'}, this is ${MAJOR}`,
      );
    return data;
  }
  if (version.code !== 'ENOENT') throw brokenData(data, version.message);
  await makeDataDirectory(initial, data);
  return data;
}

/** One line that says why the data cannot be used, and the cure. */
export function brokenData(
  data: string,
  reason: string,
  serverLog: readonly string[] = [],
): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The PostgreSQL data in ${data} cannot be used: ${reason}. ` +
      `Restore it from a backup, or start empty after: mv ${data} ${data}.broken`,
    serverLog,
  );
}

async function makeDataDirectory({ binaries, folder, password, user }: Initial, data: string): Promise<void> {
  // Built beside and renamed: a start killed in the middle of initdb leaves nothing that looks like a database.
  const draft = `${data}.new`;
  const passwordFile = join(folder, 'initial-password');
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [draft, passwordFile]) await chown(path, user.uid, user.gid);
  try {
    await run(
      join(binaries, 'bin/initdb'),
      [
        ...[
          '-D',
          draft,
          '-U',
          SUPERUSER,
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
          '--no-instructions',
        ],
        // The builtin C.UTF-8 sorts and folds case alike on every operating system.
        ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      { cwd: folder, env: { LC_ALL: 'C', PATH: process.env['PATH'] }, ...(user ?? {}) },
    );
    await rename(draft, data);
  } catch (error) {
    throw initFailed(data, error);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function initFailed(data: string, error: unknown): EmbeddedPostgresError {
  const { stderr = '', message } = error as Error & { stderr?: string };
  const lines = stderr.split('\n').filter(Boolean);
  if (data !== '' && (error as NodeJS.ErrnoException).code === 'ENOTEMPTY')
    return brokenData(data, 'it is not empty but holds no database');
  const full = /No space left/.test(stderr) ? ': the disk is full, free some space' : '';
  return new EmbeddedPostgresError(
    `PostgreSQL could not make its data directory ${data}${full || `: ${lines.at(-1) ?? message}`}`,
    lines.slice(-10),
    { cause: error },
  );
}
