// `npm run mutants`: plants small faults in libs/rules, one at a time, and counts those that its specs notice.
// See docs/testing.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureStryker } from './mutants/ensure-stryker.mjs';
import { mutantsIn } from './mutants/plan-mutants.mjs';
import { intervalOf, isInSample, keyOf, sampleOf } from './mutants/sample.mjs';

const root = join(import.meta.dirname, '..', '..');
const RULES = 'libs/rules/src';
const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage', 'RuntimeError'];
/** Where other specs tell of a folder too: reading a config gives faults and warnings; a service repeats its record. */
const TOLD_ELSEWHERE = {
  config: [`${RULES}/lint`],
  lint: [`${RULES}/config`],
  simulate: ['services/escalation-routing/src/record-inputs'],
};
const say = (line) => process.stdout.write(`${line}\n`);

const all = readdirSync(join(root, RULES), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const { folders, size, seed } = readArguments(process.argv.slice(2));

process.chdir(root);
process.env.TOCSIN_TEST_SHARE ??= '0.05';
const modules = join(await ensureStryker(root), 'node_modules', '@stryker-mutator');
const { Stryker } = await import(pathToFileURL(join(modules, 'core/dist/src/index.js')).href);

const planted = new Map();
for (const folder of folders)
  planted.set(
    folder,
    (await mutantsIn(join(root, RULES, folder), modules)).map((mutant) => keyOf(mutant, root)),
  );
const sample = sampleOf([...planted.values()].flat(), size, seed);

const rows = [];
for (const [folder, keys] of planted) {
  const chosen = keys.filter((key) => isInSample(key, sample)).length;
  if (chosen === 0) continue;
  say(`\n── ${folder}: ${chosen} of ${keys.length} mutants ──`);
  const tried = (await tryMutants(folder)).filter(({ status }) => COUNTED.includes(status));
  const missed = tried.filter(({ status }) => !NOTICED.includes(status));
  for (const mutant of missed) say(survivor(mutant));
  rows.push(rowOf(folder, keys.length, tried.length, tried.length - missed.length));
}
if (rows.length > 1) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  rows.push(rowOf('all', [...planted.values()].flat().length, sum('tried'), sum('noticed')));
}
say('');
console.table(Object.fromEntries(rows.map(({ folder, ...row }) => [folder, row])));
if (size < Number.POSITIVE_INFINITY)
  say(
    `a sample of ${size} mutants with seed ${seed}, properties with ${process.env.TOCSIN_TEST_SHARE} of their worlds; «whole» is where the score of all mutants lies, with 95 %`,
  );

function readArguments(args) {
  const options = { sample: { type: 'string' }, seed: { type: 'string', default: '1' } };
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0) fail(`no folder ${unknown.join(', ')} in ${RULES}: there are ${all.join(', ')}`);
  const size = values.sample === undefined ? Number.POSITIVE_INFINITY : Number(values.sample);
  if (!(size >= 1)) fail(`--sample takes how many mutants to try, such as 300, and not «${values.sample}»`);
  return { folders: positionals.length > 0 ? positionals : all, size, seed: values.seed };
}

function fail(why) {
  say(why);
  process.exit(2);
}

async function tryMutants(folder) {
  process.env.TOCSIN_MUTANTS_SPECS = JSON.stringify([
    `${RULES}/${folder}`,
    ...(TOLD_ELSEWHERE[folder] ?? []),
  ]);
  process.env.TOCSIN_MUTANTS_SAMPLE = JSON.stringify({ ...sample, root });
  const plugin = (name) => new URL(`./mutants/${name}.mjs`, import.meta.url).href;
  const stryker = new Stryker({
    mutate: [`${RULES}/${folder}/**/*.ts`, '!**/*.{spec,given}.ts'],
    plugins: [plugin('spec-runner'), plugin('sample-checker')],
    testRunner: 'specs',
    testRunnerNodeArgs: ['--conditions=tocsin-source'],
    checkers: ['sample'],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // Each try in new modules leaves the old ones behind.
    maxTestRunnerReuse: 200,
    timeoutMS: 10_000,
    disableTypeChecks: false,
    tsconfigFile: 'none',
    tempDirName: '.tocsin/mutants/work',
    ignorePatterns: ['/.tocsin', '/.nx', '/cli', '/e2e', 'dist'],
    reporters: ['progress-append-only', 'json'],
    jsonReporter: { fileName: `.tocsin/mutants/${folder}.json` },
  });
  return stryker.runMutationTest();
}

function rowOf(folder, mutants, tried, noticed) {
  const percent = (share) => (100 * share).toFixed(1);
  const [low, high] = intervalOf(noticed, tried, mutants);
  const whole = tried < mutants ? `${percent(low)} to ${percent(high)} %` : '';
  return { folder, mutants, tried, noticed, score: `${percent(noticed / Math.max(1, tried))} %`, whole };
}

function survivor({ fileName, location: { start, end }, mutatorName, replacement }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line);
  lines.push(lines.pop().slice(0, end.column - 1));
  lines[0] = lines[0].slice(start.column - 1);
  const short = (text) => text.replaceAll(/\s+/g, ' ').slice(0, 100);
  return `${relative(root, fileName)}:${start.line}  ${mutatorName}: ${short(lines.join('\n'))} → ${short(replacement)}`;
}
