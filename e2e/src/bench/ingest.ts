import { Client } from './client.js';
import { costBetween } from './cost.js';
import { eventText } from './events.js';
import { closedLoop, openLoop, type LoadResult } from './load.js';
import type { Reference } from './reference.js';
import type { Subject } from './subject.js';
import { costRows, percentiles, table } from './table.js';

export interface IngestRun {
  readonly name: string;
  readonly severity: string;
  readonly keys: 'distinct' | 'one';
  /** Events a second in the open loop, or so many requests at a time in the closed one. */
  readonly rate?: number;
  readonly workers?: number;
  readonly batch: number;
  readonly seconds: number;
  /** The release gate on the machine where it was set: accepted a second, CPU milliseconds per event. */
  readonly floor?: { readonly rate?: number; readonly cpu?: number };
}

/** The rows of the performance targets that are about accepting; every fifth event pages in the mixed ones. */
export const INGEST_RUNS: readonly IngestRun[] = [
  {
    name: 'P1 C=64',
    severity: 'info',
    keys: 'distinct',
    workers: 64,
    batch: 1,
    seconds: 8,
    floor: { rate: 2_500, cpu: 1.5 },
  },
  {
    name: 'P1 C=8',
    severity: 'info',
    keys: 'distinct',
    workers: 8,
    batch: 1,
    seconds: 8,
    floor: { rate: 1_850 },
  },
  {
    name: 'P2 batch 100, C=4',
    severity: 'info',
    keys: 'distinct',
    workers: 4,
    batch: 100,
    seconds: 8,
    floor: { rate: 8_000, cpu: 0.4 },
  },
  { name: 'P7 one key, C=64', severity: 'info', keys: 'one', workers: 64, batch: 1, seconds: 8 },
  {
    name: 'open 500/s',
    severity: 'info',
    keys: 'distinct',
    rate: 500,
    batch: 1,
    seconds: 10,
    floor: { cpu: 3 },
  },
];

export async function ingest(
  subject: Subject,
  runs: readonly IngestRun[],
  { slower }: Reference,
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
      'CPU ms/event',
      'floors here',
    ],
  ];
  const details: string[] = [];
  await warmUp(subject);
  for (const run of runs) {
    const before = subject.cost();
    const result = await oneRun(subject, run);
    await drained(subject);
    const costs = costBetween(before, subject.cost());
    const cpu = costs.reduce((sum, cost) => sum + cost.cpuSeconds, 0);
    rows.push([
      run.name,
      (result.accepted / result.seconds).toFixed(0),
      errorsOf(result),
      ...percentiles(result.ack),
      result.accepted === 0 ? '-' : ((cpu * 1_000) / result.accepted).toFixed(3),
      floorsHere(run, slower),
    ]);
    details.push(`${run.name}\n${table(costRows(costs, result.accepted))}`);
    print(`${run.name}: ${(result.accepted / result.seconds).toFixed(0)} accepted/s`);
  }
  print(`\n${table(rows)}\n\n${details.join('\n\n')}`);
}

/** The floors of a row at this machine's speed. */
function floorsHere({ floor = {} }: IngestRun, slower: number): string {
  const rate = floor.rate === undefined ? [] : [`≥ ${(floor.rate / slower).toFixed(0)}/s`];
  const cpu = floor.cpu === undefined ? [] : [`≤ ${(floor.cpu * slower).toFixed(2)} ms`];
  return [...rate, ...cpu].join(', ');
}

async function oneRun({ target }: Subject, run: IngestRun): Promise<LoadResult> {
  const client = new Client(target, run.workers ?? 256);
  const id = Math.random().toString(36).slice(2, 10);
  const event = (number: number): string =>
    eventText(number, { run: id, severity: run.severity, keys: run.keys });
  try {
    return run.rate === undefined
      ? await closedLoop(client, event, { workers: run.workers ?? 1, batch: run.batch, seconds: run.seconds })
      : await openLoop(client, event, run.rate, run.seconds);
  } finally {
    await client.close();
  }
}

const warmUp = (subject: Subject): Promise<LoadResult> =>
  oneRun(subject, { name: 'warm-up', severity: 'info', keys: 'distinct', workers: 16, batch: 1, seconds: 3 });

export const errorsOf = ({ errors }: LoadResult): string =>
  errors.size === 0
    ? '0'
    : [...errors].map(([status, count]) => `${count}×${status === 0 ? 'no answer' : status}`).join(' ');

/** Waits until the stages behind intake are quiet, so that their CPU counts for the run that caused it. */
async function drained(subject: Subject): Promise<void> {
  const QUIET_CORES = 0.1;
  const LONGEST_S = 60;
  let last = totalCpu(subject);
  for (let waited = 0; waited < LONGEST_S; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const current = totalCpu(subject);
    if (current - last < QUIET_CORES) return;
    last = current;
  }
}

const totalCpu = (subject: Subject): number =>
  [...subject.cost().values()].reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
