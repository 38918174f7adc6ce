// Compiles every workspace to its dist. Run by the bootstrap before most verbs, and by the image build.
import { resolve } from 'node:path';
import { buildWorkspaces } from './build/build-workspaces.mjs';

const started = performance.now();
try {
  const { compiled, unchanged } = await buildWorkspaces(resolve(import.meta.dirname, '../..'));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (compiled > 0 || !process.argv.includes('--quiet'))
    process.stderr.write(`built ${compiled} files (${unchanged} unchanged) in ${seconds} s\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
