// `npm test`: starts the servers the tests need once, runs the jest tiers against them and closes with one line
// `N passed, N failed, N skipped`. Called by bootstrap.mjs after install and build; see docs/testing.md.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { summaryOf, totalOf } from './testing/results.mjs';
import { runTier, stopRunningTier } from './testing/run-tier.mjs';
import { TIERS, missingFor } from './testing/tiers.mjs';

const root = join(import.meta.dirname, '..', '..');
const ci = process.env.CI === 'true';
const say = (line) => process.stderr.write(`${line}\n`);

const { values, positionals } = parseArgs({
  options: { tier: { type: 'string' }, grep: { type: 'string', short: 't' } },
  allowPositionals: true,
});
const chosen = values.tier?.split(',') ?? Object.keys(TIERS);
const unknown = chosen.filter((tier) => !(tier in TIERS));
if (unknown.length > 0) {
  say(`unknown tier ${unknown.join(', ')}; the tiers are ${Object.keys(TIERS).join(', ')}`);
  process.exit(2);
}

let servers;
let stopping;
function stopAll() {
  stopping ??= (async () => {
    await stopRunningTier();
    await servers?.stop();
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
  const needs = new Set(chosen.flatMap((tier) => TIERS[tier].servers));
  if (needs.size > 0) {
    const { startTestServers } = await import('@tocsin/test-rig/servers');
    servers = await startTestServers({ needs: [...needs], say });
    Object.assign(env, servers.env);
  }
  const results = [];
  for (const tier of chosen) {
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
