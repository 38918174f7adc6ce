// `npm run check`: everything that holds the design without a server, see docs/testing.md.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANES, runSteps } from './checking/steps.mjs';

const { values } = parseArgs({ options: { without: { type: 'string' } } });
const without = values.without?.split(',') ?? [];
const names = LANES.flatMap((lane) => Object.keys(lane));
const unknown = without.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`unknown step ${unknown.join(', ')}; the steps are ${names.join(', ')}`);
  process.exit(2);
}

const started = performance.now();
const results = await runSteps({
  root: join(import.meta.dirname, '..', '..'),
  without,
  tell: ({ name, ok, output }) => {
    if (!ok) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  },
});

console.log(`\n${'step'.padEnd(12)}${'seconds'.padStart(8)}`);
for (const { name, ok, seconds } of results)
  console.log(`${name.padEnd(12)}${seconds.toFixed(1).padStart(8)}  ${ok ? 'ok' : 'FAILED'}`);
console.log(`${'all'.padEnd(12)}${((performance.now() - started) / 1000).toFixed(1).padStart(8)}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
