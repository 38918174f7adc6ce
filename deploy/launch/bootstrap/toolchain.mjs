import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { runShown } from './progress.mjs';
import { isStamped, stamp } from './stamp.mjs';

const NODE_RANGE = '24';
const NPM_RANGE = '11';
const NEEDED = [24, 11];

/** @param {string} version such as v24.21.0 */
export function isNewEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return major === NEEDED[0] && minor >= NEEDED[1];
}

/**
 * The Node and npm that everything else runs under: those of the caller when they suit, else our own in
 * `.tocsin/toolchain`. npm chooses package versions by the Node it runs under, so it must be the same one.
 * @param {string} root
 * @returns {Promise<{ node: string, npmCli: string }>}
 */
export async function ensureToolchain(root) {
  const callersNpm = await npmOfCaller();
  if (isNewEnough(process.version) && callersNpm) return { node: process.execPath, npmCli: callersNpm };
  const folder = join(root, '.tocsin', 'toolchain');
  const node = isNewEnough(process.version)
    ? process.execPath
    : await installNode(join(folder, 'node'), callersNpm);
  return { node, npmCli: await installNpm(join(folder, 'npm'), callersNpm) };
}

/** npm's command-line file when npm started us and it is version 11 or newer. */
async function npmOfCaller() {
  const cli = process.env.npm_execpath;
  if (!cli || !/npm-cli\.js$/.test(cli)) return undefined;
  try {
    const { version } = JSON.parse(await readFile(join(dirname(cli), '..', 'package.json'), 'utf8'));
    return Number(version.split('.')[0]) >= Number(NPM_RANGE) ? cli : undefined;
  } catch {
    return undefined;
  }
}

async function installNode(folder, npmCli) {
  const binary = join(
    folder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const done = join(folder, '.done');
  if (existsSync(binary) && (await isStamped(done, NODE_RANGE))) return binary;
  await install('installing Node 24 (this one is too old or too new)', folder, { node: NODE_RANGE }, npmCli);
  // The package fetches the binary of this platform in its install script, which npm 11 leaves out.
  await runShown('unpacking Node 24', process.execPath, ['installArchSpecificPackage.js'], {
    cwd: join(folder, 'node_modules', 'node'),
    env: cleanEnvironment(),
  });
  if (!existsSync(binary))
    throw new Failure(
      `There is no Node 24 for ${process.platform}-${process.arch} on npm: install Node 24 yourself and run it again.`,
    );
  await stamp(done, NODE_RANGE);
  return binary;
}

/** In a folder of its own: fetching the binary of Node removes whatever lies beside it. */
async function installNpm(folder, npmCli) {
  const cli = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const done = join(folder, '.done');
  if (existsSync(cli) && (await isStamped(done, NPM_RANGE))) return cli;
  await install('installing npm 11', folder, { npm: NPM_RANGE }, npmCli);
  await stamp(done, NPM_RANGE);
  return cli;
}

async function install(what, folder, dependencies, npmCli) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-workspaces'];
  const [command, ...first] = npmCli ? [process.execPath, npmCli] : ['npm'];
  await runShown(what, command, [...first, ...args], {
    cwd: folder,
    env: cleanEnvironment(),
    shell: process.platform === 'win32',
  });
}

/** Without what the npm that started us says about this project: it would send installs to the wrong folder. */
export function cleanEnvironment() {
  const ours =
    /^npm_(package_|lifecycle_|config_(local_prefix|prefix|global_prefix|engine_strict|omit|include|workspaces?|ignore_scripts)$|command$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
