import { build } from 'hdr-histogram-js';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.js';
import { costBetween } from './cost.js';
import { eventText } from './events.js';
import { errorsOf } from './ingest.js';
import { openLoop } from './load.js';
import type { Reference } from './reference.js';
import { Sink } from './sink.js';
import type { Subject } from './subject.js';
import { costRows, percentiles, table } from './table.js';

export interface PageRun {
  readonly name: string;
  readonly rate: number;
  readonly seconds: number;
}

const PAGE_RUNS: readonly PageRun[] = [
  { name: 'P4 50/s', rate: 50, seconds: 20 },
  { name: 'P4 500/s', rate: 500, seconds: 15 },
  { name: 'P5 burst 60 in 1 s', rate: 60, seconds: 1 },
  { name: 'P3 500/s, 60 s', rate: 500, seconds: 60 },
];

/** Below it a machine counts as the one where the rates were set. */
const ABOUT_AS_FAST = 1.3;

/** The rates as they are, and what they come to at the speed of a slower machine: it cannot bear them as they are. */
export const pageRuns = ({ slower }: Reference): readonly PageRun[] =>
  slower < ABOUT_AS_FAST
    ? PAGE_RUNS
    : PAGE_RUNS.flatMap((run) =>
        run.seconds === 1
          ? [run]
          : [{ ...run, name: `${run.name} ÷ ${slower.toFixed(1)}`, rate: Math.ceil(run.rate / slower) }, run],
      );

/** How long after the last event a page may still come before it counts as missing. */
const DRAIN_S = 30;

/** Every event opens a P1 case that pages Bo: event due → page at Bo's webhook. */
export async function page(
  subject: Subject,
  runs: readonly PageRun[],
  print: (text: string) => void,
): Promise<void> {
  const rows = [
    [
      'run',
      'accepted/s',
      'errors',
      'accept p50 ms',
      'p90',
      'p99',
      'p99.9',
      'max',
      'page p50 ms',
      'p90',
      'p99',
      'p99.9',
      'max',
      'missing',
      'repeated',
      'CPU ms/event',
    ],
  ];
  const details: string[] = [];
  for (const run of [{ name: 'warm-up', rate: 200, seconds: 3 }, ...runs]) {
    const row = await oneRun(subject, run, details);
    if (run.name !== 'warm-up') rows.push(row);
    print(`${run.name}: done`);
  }
  print(`\n${table(rows)}\n\n${details.slice(1).join('\n\n')}`);
}

async function oneRun(subject: Subject, run: PageRun, details: string[]): Promise<string[]> {
  const id = Math.random().toString(36).slice(2, 10);
  const total = Math.round(run.rate * run.seconds);
  const sink = await Sink.start(id, total);
  const client = new Client(subject.target, 256);
  await client.addWebhook('bo', sink.url);
  const before = subject.cost();
  try {
    const load = await openLoop(
      client,
      (number) => eventText(number, { run: id, severity: 'critical', keys: 'distinct' }),
      run.rate,
      run.seconds,
    );
    for (
      let waited = 0;
      sink.received() - sink.repeated() < load.accepted && waited < DRAIN_S * 10;
      waited += 1
    )
      await sleep(100);
    const latency = build({ numberOfSignificantValueDigits: 3, highestTrackableValue: 120_000_000 });
    let missing = 0;
    for (const [number, due] of load.dueAt) {
      const arrived = sink.arrivedAt(number);
      if (arrived === undefined) missing += 1;
      else latency.recordValue(Math.max(1, Math.round((arrived - due) * 1_000)));
    }
    const costs = costBetween(before, subject.cost());
    const cpu = costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
    details.push(`${run.name}\n${table(costRows(costs, load.accepted))}`);
    return [
      run.name,
      (load.accepted / load.seconds).toFixed(0),
      errorsOf(load),
      ...percentiles(load.ack),
      ...percentiles(latency),
      String(missing),
      String(sink.repeated()),
      load.accepted === 0 ? '-' : ((cpu * 1_000) / load.accepted).toFixed(3),
    ];
  } finally {
    await client.removeWebhook();
    await client.close();
    await sink.stop();
  }
}
