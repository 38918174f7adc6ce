import { parseArgs } from 'node:util';
import { verdictLine } from '@tocsin/test-rig';
import { DRILLS } from './catalogue.js';
import { runDrill } from './run-drill.js';

const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
});
const wanted = positionals[0];
const seed = Number(values.seed);
const drills = DRILLS.filter(
  ({ name, number }) => wanted === 'all' || wanted === name || wanted === String(number),
);
if (drills.length === 0 || !Number.isInteger(seed)) {
  process.stdout.write(
    `npm run drill -- NAME|NUMBER|all [--seed N]\n\n${DRILLS.map((d) => `${String(d.number).padStart(3)}  ${d.name.padEnd(28)}${d.what}`).join('\n')}\n`,
  );
  process.exit(2);
}

let broken = 0;
for (const drill of drills) {
  const { verdict, file } = await runDrill(drill, seed, say);
  process.stdout.write(`${verdictLine(drill.name, seed, verdict)}\n`);
  for (const { kind, what, lines } of verdict.witnesses.slice(0, 20))
    process.stdout.write(`  ${kind}: ${what} (lines ${lines.join(', ')} of ${file})\n`);
  if (!verdict.ok) broken += 1;
}
process.exit(broken === 0 ? 0 : 1);
