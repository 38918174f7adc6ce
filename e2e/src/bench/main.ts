import { parseArgs } from 'node:util';
import { INGEST_RUNS, ingest } from './ingest.js';
import { lifecycle } from './lifecycle.js';
import { page, pageRuns } from './page.js';
import { measureReference, type Reference, referenceLine } from './reference.js';
import { simulate } from './simulate.js';
import { subject } from './subject.js';

const USAGE = `npm run bench -- ingest|page|lifecycle|simulate [--url http://127.0.0.1:8080] [--shape default|cluster] [--rate N --seconds S]

Without --url a Tocsin of its own is started, and CPU and memory of each of its processes are measured as well.
simulate starts no Tocsin: the command replays 100,000 recorded events, ten times.
lifecycle always starts its own: what it costs when idle, and how fast it is back after kill -9.
With --rate one run at that constant arrival rate takes the place of the standard rows.
`;

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
const [what] = positionals;
const { shape } = values;
const rate = values.rate === undefined ? undefined : Number(values.rate);
const seconds = Number(values.seconds ?? 10);
if (
  (what !== 'ingest' && what !== 'page' && what !== 'lifecycle' && what !== 'simulate') ||
  (shape !== 'default' && shape !== 'cluster') ||
  Number.isNaN(rate) ||
  Number.isNaN(seconds)
) {
  print(USAGE);
  process.exit(2);
}

if (what === 'simulate') await simulate(print);
else await measured(what);

async function measured(what: 'ingest' | 'page' | 'lifecycle'): Promise<void> {
  print(
    `${what}: ${values.url ?? `a ${shape} system of its own`} (generator and webhook included on this machine)`,
  );
  const reference = await measureReference();
  print(referenceLine(reference));
  if (what === 'lifecycle') await lifecycle(shape === 'cluster' ? 'cluster' : 'default', print);
  else await underLoad(what, reference);
}

async function underLoad(rows: 'ingest' | 'page', reference: Reference): Promise<void> {
  const found = await subject({ url: values.url, shape: shape === 'cluster' ? 'cluster' : 'default' });
  try {
    if (rows === 'ingest') {
      const own =
        rate === undefined
          ? INGEST_RUNS
          : [
              {
                name: `open ${rate}/s`,
                severity: 'info',
                keys: 'distinct' as const,
                rate,
                batch: 1,
                seconds,
              },
            ];
      await ingest(found, own, reference, print);
    } else {
      const own = rate === undefined ? pageRuns(reference) : [{ name: `open ${rate}/s`, rate, seconds }];
      await page(found, own, print);
    }
  } finally {
    await found.stop();
  }
}
