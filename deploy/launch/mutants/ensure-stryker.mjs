import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runShown } from '../bootstrap/progress.mjs';
import { hashOf, isStamped, stamp } from '../bootstrap/stamp.mjs';
import { cleanEnvironment, ensureToolchain } from '../bootstrap/toolchain.mjs';

/** Stryker from its own lockfile, in a folder of its own: nobody else should wait for its packages. Gives that folder. */
export async function ensureStryker(root) {
  const folder = join(root, '.tocsin', 'toolchain', 'stryker');
  const lockfile = join(import.meta.dirname, 'package-lock.json');
  const [done, mark] = [join(folder, '.done'), await hashOf([lockfile])];
  if (await isStamped(done, mark)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    await cp(join(import.meta.dirname, file), join(folder, file));
  const { node, npmCli } = await ensureToolchain(root);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-workspaces', '--loglevel=error'];
  await runShown('installing Stryker', node, [npmCli, ...args], { cwd: folder, env: cleanEnvironment() });
  await stamp(done, mark);
  return folder;
}
