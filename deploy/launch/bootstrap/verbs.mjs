/**
 * What each verb of package.json runs, relative to the top folder. Arguments are handed on.
 * `build`: whether the workspaces must be compiled before.
 * @type {Record<string, { file: string, first?: string[], build: boolean }>}
 */
export const VERBS = {
  start: { file: 'deploy/launch/dist/start.js', build: true },
  'start:cluster': { file: 'deploy/launch/dist/start-cluster.js', build: true },
  build: { file: 'deploy/launch/build.mjs', build: false },
  test: { file: 'deploy/launch/test.mjs', build: true },
  check: { file: 'deploy/launch/check.mjs', build: false },
  format: { file: 'node_modules/@biomejs/biome/bin/biome', first: ['format', '--write', '.'], build: false },
  drill: { file: 'e2e/dist/drills/main.js', build: true },
  bench: { file: 'e2e/dist/bench/main.js', build: true },
  mutants: { file: 'deploy/launch/mutants.mjs', build: false },
  tocsin: { file: 'cli/dist/main.js', build: true },
};
