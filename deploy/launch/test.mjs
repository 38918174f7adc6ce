// `npm test`: starts the servers the tests need once, runs the jest tiers against them and closes with one line
// `N passed, N failed, N skipped`. Called by bootstrap.mjs after install and build; see docs/testing.md.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSteps } from './checking/steps.mjs';
import { summaryOf, totalOf } from './testing/results.mjs';
import { runTier, stopRunningTier } from './testing/run-tier.mjs';
import { TIERS, missingFor } from './testing/tiers.mjs';

const root = join(import.meta.dirname, '..', '..');
const ci = process.env.CI === 'true';
const say = (line) => process.stderr.write(`${line}\n`);

const { values, positionals } = parseArgs({
  options: { tier: { type: 'string' }, check: { type: 'boolean' }, grep: { type: 'string', short: 't' } },
  allowPositionals: true,
});
const chosen = values.tier?.split(',') ?? Object.keys(TIERS);
const unknown = chosen.filter((tier) => !(tier in TIERS));
if (unknown.length > 0) {
  say(`unknown tier ${unknown.join(', ')}; the tiers are ${Object.keys(TIERS).join(', ')}`);
  process.exit(2);
}

let starting;
let stopping;
function stopAll() {
  stopping ??= (async () => {
    await stopRunningTier();
    // Interrupted while they start: what has been started by then must still be stopped.
    await (await starting)?.stop();
  })();
  return stopping;
}
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(signal, () => void stopAll().finally(() => process.exit(code)));
}

process.exitCode = await run().finally(stopAll);

async function run() {
  const env = { ...process.env, ...testDataEnv() };
  let servers;
  const needs = new Set(chosen.flatMap((tier) => TIERS[tier].servers));
  if (needs.size > 0) {
    const { startTestServers } = await import('@tocsin/test-rig/servers');
    starting = startTestServers({ needs: [...needs], say });
    servers = await starting;
    Object.assign(env, servers.env);
  }
  const results = values.check === true ? [await runChecks()] : [];
  for (const tier of chosen) {
    if (stopping !== undefined) break;
    const missing = missingFor(tier, { env, failures: servers?.failures ?? {} });
    for (const { what, cure } of missing) say(`${tier}: ${what} is not there: ${cure}`);
    if (ci && missing.length > 0) results.push({ passed: 0, failed: missing.length, skipped: 0 });
    else
      results.push(
        await runTier({
          root,
          tier,
          env,
          paths: positionals,
          grep: values.grep,
          skipAll: missing.some((m) => m.wholeTier),
        }),
      );
  }
  await stopAll();
  const total = totalOf(results);
  console.log(summaryOf(total));
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** The steps of `npm run check` but the unit tests, which are a tier here; each step counts as one test. */
async function runChecks() {
  const steps = await runSteps({
    root,
    without: ['unit'],
    tell: ({ name, ok, seconds, output }) =>
      say(
        `${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)${ok ? '' : `\n${output.trimEnd()}`}`,
      ),
  });
  const failed = steps.filter(({ ok }) => !ok).length;
  return { passed: steps.length - failed, failed, skipped: 0 };
}

/** Optional wire samples and bad inputs: TOCSIN_TEST_DATA, else a folder `shared` beside the checkout. */
function testDataEnv() {
  const beside = join(root, '..', 'shared');
  const folder = process.env.TOCSIN_TEST_DATA ?? (existsSync(join(beside, 'wire')) ? beside : undefined);
  if (folder !== undefined && existsSync(folder)) return { TOCSIN_TEST_DATA: folder };
  say(
    'optional test data: none (TOCSIN_TEST_DATA names no folder); the specs that need it are counted as skipped',
  );
  return { TOCSIN_TEST_DATA: '' };
}
