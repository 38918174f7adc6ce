import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bannedNames } from './banned-names.mjs';

/** The rule of Nx skips itself with exit 0 when it finds no project graph; that must never look like a pass. */
const SKIPPED_RULE = 'The rule will be skipped';

/**
 * The steps of `npm run check`, in two lanes that run side by side (one for each of two cores).
 * @type {Record<string, (root: string) => Promise<{ ok: boolean, output: string }>>[]}
 */
export const LANES = [
  {
    lint: async (root) => {
      const graph = await node(root, 'nx/dist/bin/nx.js', 'graph', '--file=.nx/graph.json');
      if (!graph.ok) return graph;
      const lint = await lintAgain(
        root,
        await eslint(root, '--cache', '--cache-location', '.nx/eslint/', '.'),
      );
      if (!lint.output.includes(SKIPPED_RULE)) return lint;
      return {
        ok: false,
        output: 'The layers were not checked: Nx has no project graph. Run `npx nx reset` and try again.',
      };
    },
    boundaries: (root) =>
      node(
        root,
        'dependency-cruiser/bin/dependency-cruiser.mjs',
        '--config',
        '.dependency-cruiser.mjs',
        'libs',
        'services',
        'cli',
        'e2e',
        'deploy/launch/src',
      ),
    unused: (root) => node(root, 'knip/bin/knip.js', '--no-progress'),
    names: (root) => {
      const banned = bannedNames(root);
      const output = banned
        .map((path) => `${path} says nothing of its content: name it by what it does`)
        .join('\n');
      return Promise.resolve({ ok: banned.length === 0, output });
    },
  },
  {
    format: (root) => node(root, '@biomejs/biome/bin/biome', 'format', '.'),
    types: (root) =>
      node(
        root,
        'typescript7/bin/tsc',
        '-p',
        '.',
        '--incremental',
        '--tsBuildInfoFile',
        '.nx/types.tsbuildinfo',
      ),
    // Of the random worlds a tenth: `npm test` tries them all.
    unit: (root) =>
      run(root, [join(root, 'deploy/launch/test.mjs'), '--tier', 'unit'], { TOCSIN_TEST_SHARE: '0.1' }),
  },
];

/**
 * Runs the steps but those of `without`; tells each as it ends.
 * @param {{ root: string, without?: string[], tell: (result: { name: string, ok: boolean, seconds: number, output: string }) => void }} options
 */
export async function runSteps({ root, without = [], tell }) {
  const results = [];
  const lanes = LANES.map(async (lane) => {
    for (const [name, step] of Object.entries(lane)) {
      if (without.includes(name)) continue;
      const started = performance.now();
      const { ok, output } = await step(root);
      const result = { name, ok, output, seconds: (performance.now() - started) / 1000 };
      results.push(result);
      tell(result);
    }
  });
  await Promise.all(lanes);
  return results;
}

const eslint = (root, ...args) => node(root, 'eslint/bin/eslint.js', ...args);

/**
 * The cache knows a file by its own time and size, but a finding may come from the types of another file, mended since:
 * what fails is looked at once more without it. Continuous integration has no cache to begin with.
 */
function lintAgain(root, lint) {
  const failed = lint.output.split('\n').filter((line) => line.startsWith(root) && line.endsWith('.ts'));
  return lint.ok || failed.length === 0 ? lint : eslint(root, ...failed);
}

const node = (root, tool, ...args) => run(root, [join(root, 'node_modules', tool), ...args]);

function run(root, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0', ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}
