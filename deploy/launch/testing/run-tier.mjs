import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResults } from './results.mjs';
import { TIERS } from './tiers.mjs';

/** Jest's own pattern language: no test title matches this, so every test is loaded, skipped and counted. */
const NO_TEST = '$^';

let running;

/** Runs one jest project and gives its counts. A run that dies without results counts as one failure. */
export async function runTier({ root, tier, env, paths, grep, skipAll }) {
  process.stderr.write(`\n── ${tier} ──\n`);
  const out = mkdtempSync(join(tmpdir(), 'tocsin-test-'));
  const outputFile = join(out, 'results.json');
  try {
    const pattern = skipAll ? NO_TEST : grep;
    running = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        join(root, 'node_modules/jest/bin/jest.js'),
        '--selectProjects',
        tier,
        '--passWithNoTests',
        '--json',
        `--outputFile=${outputFile}`,
        `--testTimeout=${TIERS[tier].timeoutMs}`,
        ...(TIERS[tier].workers === 1 ? ['--runInBand'] : [`--maxWorkers=${TIERS[tier].workers}`]),
        ...(pattern === undefined ? [] : [`--testNamePattern=${pattern}`]),
        ...(paths.length === 0 ? [] : ['--testPathPatterns', ...paths]),
      ],
      // With --json jest sends its readable report to stderr and the JSON to stdout, which we read from the file.
      { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const [code, signal] = await once(running, 'close');
    return readResults(outputFile, code ?? signal);
  } finally {
    running = undefined;
    rmSync(out, { recursive: true, force: true });
  }
}

export async function stopRunningTier() {
  if (running === undefined || running.exitCode !== null) return;
  const closed = once(running, 'close');
  running.kill('SIGTERM');
  await closed;
}
