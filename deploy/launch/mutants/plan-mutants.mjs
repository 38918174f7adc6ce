import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** All mutants that Stryker would plant in the sources under `folder`, without planting them. */
export async function mutantsIn(folder, modules) {
  const { Instrumenter } = await import(pathToFileURL(join(modules, 'instrumenter/dist/src/index.js')).href);
  const silent = { info() {}, debug() {}, warn() {}, isDebugEnabled: () => false };
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !/\.(spec|given)\.ts$/.test(name))
    .map((name) => join(folder, name))
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  return (await new Instrumenter(silent).instrument(files, options)).mutants;
}
