import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { transformFile } from '@swc/core';

/** Specs, and what stands only for specs: it must not travel with the product. */
const TESTS = /\.(spec|int-spec|story-spec|browser-spec|rig|contract|given)\.ts$/;
const STAMP = '.built.json';
/** What a build beside this one is writing. */
const DRAFT = /\.\d+$/;

/**
 * Compiles what changed in every workspace; removes the output of sources that went away.
 * @param {string} root folder of the top package.json
 * @returns {Promise<{ compiled: number, unchanged: number }>} number of files
 * @throws {Error} naming every file that does not compile; the others are built all the same
 */
export async function buildWorkspaces(root) {
  const swcrc = await readFile(join(root, '.swcrc'), 'utf8');
  const { version } = createRequire(import.meta.url)('@swc/core/package.json');
  const options = { ...JSON.parse(swcrc), swcrc: false };
  delete options.$schema;
  const compiler = { options, id: createHash('sha256').update(`${version}\n${swcrc}`).digest('hex') };
  const results = await Promise.all(
    (await workspaceFolders(root)).map((folder) => buildWorkspace(folder, compiler)),
  );
  const faults = results.flatMap((result) => result.faults);
  if (faults.length > 0) throw new Error(faults.join('\n\n'));
  return {
    compiled: results.reduce((sum, { compiled }) => sum + compiled, 0),
    unchanged: results.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}

async function workspaceFolders(root) {
  const { workspaces } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const folders = await Promise.all(
    workspaces.map(async (pattern) => {
      if (!pattern.endsWith('/*')) return [join(root, pattern)];
      const parent = join(root, pattern.slice(0, -2));
      return (await readdir(parent)).map((name) => join(parent, name));
    }),
  );
  return folders.flat().filter((folder) => existsSync(join(folder, 'package.json')));
}

async function buildWorkspace(folder, compiler) {
  const dist = join(folder, 'dist');
  const src = join(folder, 'src');
  const before = await readStamp(join(dist, STAMP), compiler.id);
  const after = {};
  const faults = [];
  let compiled = 0;
  const sources = existsSync(src) ? await filesUnder(src) : [];
  await Promise.all(
    sources.map(async (file) => {
      const name = relative(src, file);
      const target = targetOf(dist, name);
      const { mtimeMs, size } = await stat(file);
      const mark = `${mtimeMs}:${size}`;
      if (before[name] !== mark || !existsSync(target)) {
        const fault = await produce(file, target, compiler.options).catch((error) => error);
        if (fault) return faults.push(readable(file, fault));
        compiled += 1;
      }
      after[name] = mark;
    }),
  );
  const removed = await removeStale(
    dist,
    sources.map((file) => targetOf(dist, relative(src, file))),
  );
  if (compiled > 0 || removed > 0) await writeStamp(join(dist, STAMP), { id: compiler.id, files: after });
  return { compiled, faults, unchanged: sources.length - compiled };
}

const targetOf = (dist, name) => join(dist, name.replace(/\.ts$/, '.js'));

/** Looks at what lies there, not at the stamp: a stamp of another compiler no longer knows what it made. */
async function removeStale(dist, targets) {
  const kept = new Set([...targets, join(dist, STAMP)]);
  const found = existsSync(dist) ? await filesUnder(dist) : [];
  const stale = found.filter((file) => !kept.has(file) && !DRAFT.test(file));
  await Promise.all(stale.map((file) => rm(file, { force: true })));
  return stale.length;
}

/** swc ends its message with a backtrace of its own insides. */
const readable = (file, fault) => `${file}\n${fault.message.split(/\n\s*\n\s*Caused by:/)[0]}`;

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = resolve(folder, entry.name);
      if (entry.isDirectory()) return filesUnder(path);
      return TESTS.test(entry.name) || entry.name.endsWith('.d.ts') ? [] : [path];
    }),
  );
  return found.flat();
}

/** Compiled and written beside, then renamed: two builds at once never show half a file. */
async function produce(source, target, options) {
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  if (source.endsWith('.ts')) {
    const { code } = await transformFile(source, { ...options, filename: source });
    await writeFile(draft, code);
  } else await copyFile(source, draft);
  await rename(draft, target);
}

async function readStamp(file, id) {
  try {
    const stamp = JSON.parse(await readFile(file, 'utf8'));
    return stamp.id === id ? stamp.files : {};
  } catch {
    return {};
  }
}

async function writeStamp(file, stamp) {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(stamp));
  await rename(draft, file);
}
