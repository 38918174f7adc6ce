// Loads TypeScript modules into this process as often as asked: those under the working folder are new ones after
// `renewModules()`. To every spec '@tocsin/rules' is the one there, in which the mutants are.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const workspace = createRequire(join(process.cwd(), 'package.json'));
const { transformSync } = workspace('@swc/core');
const globals = new URL('./spec-globals.mjs', import.meta.url).href;
const here = `${pathToFileURL(process.cwd()).href}/`;

const standIns = { '@jest/globals': globals, '@tocsin/rules': `${here}libs/rules/src/index.ts` };

const compiled = new Map();
let round = 0;

registerHooks({
  resolve(specifier, context, next) {
    const source = standIns[specifier] ?? sourceOf(specifier, context.parentURL) ?? specifier;
    const { url, ...found } = next(source, context);
    return { ...found, url: url.startsWith(here) && url.endsWith('.ts') ? `${url}?round=${round}` : url };
  },
  load(url, context, next) {
    const file = url.startsWith('file:') ? fileURLToPath(url.split('?')[0]) : '';
    if (!file.endsWith('.ts')) return next(url, context);
    if (!compiled.has(file)) compiled.set(file, compile(file));
    return { format: 'module', source: compiled.get(file), shortCircuit: true };
  },
});

/** From now on a module under the working folder is evaluated anew, with all that it keeps. */
export function renewModules() {
  round += 1;
}

function sourceOf(specifier, parent) {
  if (!specifier.startsWith('.') || !specifier.endsWith('.js') || !parent?.startsWith('file:'))
    return undefined;
  const source = new URL(specifier.replace(/\.js$/, '.ts'), parent);
  source.search = '';
  return existsSync(source) ? source.href : undefined;
}

function compile(file) {
  return transformSync(readFileSync(file, 'utf8'), { filename: file, sourceMaps: false, root: process.cwd() })
    .code;
}
