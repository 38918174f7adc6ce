import { parseArgs } from 'node:util';
import { INGEST_RUNS, ingest } from './ingest.js';
import { lifecycle } from './lifecycle.js';
import { onCall } from './on-call.js';
import { page, pageRuns } from './page.js';
import { measureReference, type Reference, referenceLine } from './reference.js';
import { simulate } from './simulate.js';
import { type Subject, subject } from './subject.js';
import { timers } from './timers.js';

type Bench = (reference: Reference) => void | Promise<void>;

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    shape: { type: 'string', default: 'default' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
  },
});
const shape = values.shape === 'cluster' ? 'cluster' : 'default';
const rate = values.rate === undefined ? undefined : Number(values.rate);
const seconds = Number(values.seconds ?? 10);

const BENCHES: Readonly<Record<string, Bench>> = {
  ingest: (reference) =>
    measured((system) => {
      const one = (perSecond: number) =>
        ({ name: `open ${perSecond}/s`, severity: 'info', keys: 'distinct', batch: 1, seconds }) as const;
      return ingest(system, rate === undefined ? INGEST_RUNS : [{ ...one(rate), rate }], reference, print);
    }),
  page: (reference) =>
    measured((system) =>
      page(
        system,
        rate === undefined ? pageRuns(reference) : [{ name: `open ${rate}/s`, rate, seconds }],
        print,
      ),
    ),
  lifecycle: () => lifecycle(shape, print),
  timers: () => timers(shape, print),
  'on-call': (reference) => {
    onCall(reference, print);
  },
  simulate: () => simulate(print),
};

const USAGE = `npm run bench -- ${Object.keys(BENCHES).join('|')} [--url http://127.0.0.1:8080] [--shape default|cluster] [--rate N --seconds S]

ingest and page measure the Tocsin at --url, else one of their own, with CPU and memory of each of its processes; with
--rate one run at that constant arrival rate takes the place of the standard rows. lifecycle and timers always start
their own: what it costs when idle and how fast it is back after kill -9; and ten thousand escalations due at one
instant. on-call needs no system: it asks the rules who is on call for 10,000 schedules at an instant.
Nor does simulate: the command replays 100,000 recorded events, ten times.
`;

const [what = ''] = positionals;
const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what] : undefined;
if (bench === undefined || values.shape !== shape || Number.isNaN(rate) || Number.isNaN(seconds)) {
  print(USAGE);
  process.exit(2);
}
print(`${what}: generator and webhook included on this machine`);
const reference = await measureReference();
print(referenceLine(reference));
await bench(reference);

async function measured(run: (system: Subject) => Promise<void>): Promise<void> {
  const system = await subject({ url: values.url, shape });
  try {
    await run(system);
  } finally {
    await system.stop();
  }
}
