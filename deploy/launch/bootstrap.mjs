// From a fresh clone and any Node from 20 to a running verb: no dependency may be needed before it has installed them.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './bootstrap/failure.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { ensurePackages, environmentOf } from './bootstrap/packages.mjs';
import { ensureToolchain } from './bootstrap/toolchain.mjs';
import { VERBS } from './bootstrap/verbs.mjs';

const root = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');

async function main([name = '', ...args]) {
  if (!Object.hasOwn(VERBS, name))
    throw new Failure(`There is no verb «${name}»: use one of ${Object.keys(VERBS).join(', ')}.`);
  const verb = VERBS[name];
  const toolchain = await ensureToolchain(root);
  await ensurePackages(root, toolchain);
  const options = { cwd: root, env: environmentOf(toolchain) };
  if (verb.build) {
    const code = await handOver(toolchain.node, ['deploy/launch/build.mjs', '--quiet'], options);
    if (code !== 0)
      throw new Failure(
        'The build failed: see the lines above; «git status» shows what differs from the release.',
      );
  }
  if (!existsSync(join(root, verb.file)))
    throw new Failure(`«${name}» needs ${verb.file}, which is not there: check that the clone is complete.`);
  return handOver(toolchain.node, [join(root, verb.file), ...(verb.first ?? []), ...args], options);
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    for (const line of error.details ?? []) process.stderr.write(`  ${line}\n`);
    process.stderr.write(`tocsin: ${error instanceof Failure ? error.message : error.stack}\n`);
    process.exit(1);
  },
);
