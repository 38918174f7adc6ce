import { parseArgs } from 'node:util';
import { verdictLine } from '@tocsin/test-rig';
import type { Shape } from '../system/service-roles.js';
import { DRILLS } from './catalogue.js';
import type { Drill } from './drill.js';
import { runDrill } from './run-drill.js';

const MOST_WITNESSES = 20;

const say = (text: string): void => {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);
};
// Ending in order lets what was started be stopped as well.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, shape: { type: 'string' } },
});
const [wanted] = positionals;
const seed = Number(values.seed);
const drills = DRILLS.filter(
  ({ name, number, shapes }) =>
    (wanted === 'all' || wanted === name || wanted === String(number)) &&
    (values.shape === undefined || shapes.includes(values.shape as Shape)),
);
if (drills.length === 0 || !Number.isInteger(seed)) {
  const list = DRILLS.map(
    ({ number, name, what, shapes }) =>
      `${String(number).padStart(3)}  ${name.padEnd(28)}${what} (${shapes.join(', ')})`,
  );
  process.stdout.write(
    `npm run drill -- NAME|NUMBER|all [--seed N] [--shape default|cluster]\n\n${list.join('\n')}\n`,
  );
  process.exit(2);
}

let broken = 0;
for (const drill of drills) if (!(await ranWell(drill))) broken += 1;
process.exit(broken === 0 ? 0 : 1);

/** One line per drill on stdout; what is wrong follows it. A drill that could not be made is broken, not left out. */
async function ranWell(drill: Drill): Promise<boolean> {
  const shape = (values.shape as Shape | undefined) ?? drill.shapes[0];
  const title = `${drill.name}@${shape}`;
  try {
    const { verdict, file } = await runDrill(drill, { seed, shape, say });
    process.stdout.write(`${verdictLine(title, seed, verdict)}\n`);
    for (const { kind, what, lines } of verdict.witnesses.slice(0, MOST_WITNESSES))
      process.stdout.write(`  ${kind}: ${what} (lines ${lines.join(', ')} of ${file})\n`);
    return verdict.ok;
  } catch (error) {
    process.stdout.write(
      `drill=${title}  seed=${seed}  verdict=BROKEN  the drill did not reach its end\n  ${String(error)}\n`,
    );
    return false;
  }
}
