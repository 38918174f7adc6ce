import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from './launch-error.js';
import { beginningOf } from './process-identity.js';

interface Holder {
  readonly pid: number;
  readonly began: string;
}

export interface LauncherLock {
  /** The launcher before us was killed: what it started may still be ending. */
  readonly afterCrash: boolean;
  release(): Promise<void>;
}

/**
 * One launcher per home.
 * @throws LaunchError when another one is running, or when the folder cannot be written
 */
export async function lockHome(home: string): Promise<LauncherLock> {
  const file = join(home, 'launcher.json');
  await mkdir(home, { recursive: true }).catch((error: Error) => {
    throw new LaunchError(
      `${home} cannot be made (${error.message}): set TOCSIN_HOME to a folder that you may write.`,
    );
  });
  const holder = await read(file);
  if (holder !== undefined && holder.pid !== process.pid && (await beginningOf(holder.pid)) === holder.began)
    throw new LaunchError(
      `Tocsin already runs on ${home} (process ${holder.pid}): stop it with «kill ${holder.pid}», or set TOCSIN_HOME and TOCSIN_PORT for a second one.`,
    );
  const self: Holder = { pid: process.pid, began: (await beginningOf(process.pid)) ?? '' };
  await writeFile(file, JSON.stringify(self)).catch((error: Error) => {
    throw new LaunchError(
      `${home} cannot be written (${error.message}): set TOCSIN_HOME to a folder that you may write.`,
    );
  });
  return { afterCrash: holder !== undefined, release: () => rm(file, { force: true }) };
}

async function read(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
