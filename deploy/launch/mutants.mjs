// `npm run mutants`: plants small faults in libs/rules, one at a time, and counts those that its specs notice.
// See docs/testing.md.
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureStryker } from './mutants/ensure-stryker.mjs';

const root = join(import.meta.dirname, '..', '..');
const RULES = 'libs/rules/src';
const say = (line) => process.stdout.write(`${line}\n`);

const all = readdirSync(join(root, RULES), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  say(`no folder ${unknown.join(', ')} in ${RULES}: there are ${all.join(', ')}`);
  process.exit(2);
}

process.chdir(root);
process.env.TOCSIN_TEST_SHARE ??= '0.05';
const modules = join(await ensureStryker(root), 'node_modules', '@stryker-mutator');
const { Stryker } = await import(pathToFileURL(join(modules, 'core/dist/src/index.js')).href);

const rows = [];
for (const folder of asked.length > 0 ? asked : all) {
  say(`\n── ${folder} ──`);
  const mutants = await mutantsOf(folder);
  for (const mutant of mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage'))
    say(survivor(mutant));
  rows.push({ folder, ...countOf(mutants) });
}
if (rows.length > 1) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  const [noticed, survived] = [sum('noticed'), sum('survived')];
  rows.push({ folder: 'all', noticed, survived, score: scoreOf(noticed, survived) });
}
say('');
console.table(Object.fromEntries(rows.map(({ folder, ...row }) => [folder, row])));

async function mutantsOf(folder) {
  process.env.TOCSIN_MUTANTS_OF = `${RULES}/${folder}`;
  const stryker = new Stryker({
    mutate: [`${RULES}/${folder}/**/*.ts`, '!**/*.{spec,given}.ts'],
    plugins: [pathToFileURL(join(modules, 'jest-runner/dist/src/index.js')).href],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: { configFile: 'deploy/launch/mutants/jest.config.mjs' },
    coverageAnalysis: 'perTest',
    // What runs once at import cannot be switched per test: each such mutant would run everything again.
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 20_000,
    disableTypeChecks: false,
    tsconfigFile: 'none',
    tempDirName: '.tocsin/mutants/work',
    ignorePatterns: ['/.tocsin', '/.nx', 'dist'],
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: `.tocsin/mutants/${folder}.json` },
  });
  return stryker.runMutationTest();
}

function countOf(mutants) {
  const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
  const [noticed, survived] = [count('Killed', 'Timeout'), count('Survived', 'NoCoverage')];
  return { noticed, survived, score: scoreOf(noticed, survived) };
}

function scoreOf(noticed, survived) {
  return `${((100 * noticed) / Math.max(1, noticed + survived)).toFixed(1)} %`;
}

function survivor({ fileName, location, mutatorName, replacement }) {
  const line = location.start.line;
  return `${relative(root, fileName)}:${line}  ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`;
}
