import { setTimeout as sleep } from 'node:timers/promises';
import { RunningSystem } from '../system/running-system.js';
import { processStartedAt } from '../system/process-tree.js';
import { Client } from './client.js';
import { costBetween, costByRole } from './cost.js';
import { eventText } from './events.js';
import { now } from './load.js';
import { Sink } from './sink.js';
import { table } from './table.js';

const SETTLE_S = 10;
const IDLE_S = 20;
const KILLS = 3;
const POLL_MS = 10;
const GIVEN_UP_MS = 60_000;

/** P12 to P15: what an idle system costs, and how fast one is there again that was killed. It loses nothing: see the drills. */
export async function lifecycle(shape: 'default' | 'cluster', print: (text: string) => void): Promise<void> {
  const system = await RunningSystem.start({ shape, env: { LOG_LEVEL: 'warn' } });
  try {
    print(await idle(system));
    print(await kills(system));
  } finally {
    await system.stop();
  }
}

async function idle(system: RunningSystem): Promise<string> {
  await sleep(SETTLE_S * 1_000);
  const before = costByRole(system.processes());
  await sleep(IDLE_S * 1_000);
  const costs = costBetween(before, costByRole(system.processes()));
  return table([
    ['P15 idle', '% of a core', 'PSS MB'],
    ...costs.map(({ role, cpuSeconds, pssMb }) => [
      role,
      ((100 * cpuSeconds) / IDLE_S).toFixed(1),
      pssMb.toFixed(0),
    ]),
  ]);
}

const KILLED = [
  { row: 'P12 intake', role: 'ticket-intake' },
  { row: 'P12 routing', role: 'escalation-routing' },
  { row: 'P12 notification', role: 'notification' },
  { row: 'P13 postgres', role: 'postgres' },
] as const;

async function kills(system: RunningSystem): Promise<string> {
  const rows = [['killed with -9', 'accepting again s', 'page of that event s', 'P14 start to accepted s']];
  // On one node the three services are one process: killing it once under one name says it all.
  const seen = new Set<number>();
  for (const { row, role } of KILLED) {
    const [target] = system.of(role);
    if (target === undefined || seen.has(target.pid)) continue;
    for (let n = 0; n < KILLS; n += 1) {
      const { accepted, paged, started } = await killed(system, role, `${role}-${n}-${Date.now()}`);
      rows.push([
        `${row} ${n + 1}`,
        seconds(accepted),
        seconds(paged),
        role === 'postgres' ? '' : seconds(started),
      ]);
    }
    for (const { pid } of system.of(role)) seen.add(pid);
  }
  return table(rows);
}

const seconds = (ms: number | undefined): string => (ms === undefined ? 'never' : (ms / 1_000).toFixed(2));

interface Recovery {
  /** Milliseconds from the kill to the first 202, and to the page of that event. */
  readonly accepted: number | undefined;
  readonly paged: number | undefined;
  /** Milliseconds from the start of the new process to the first 202. */
  readonly started: number | undefined;
}

async function killed(system: RunningSystem, role: string, run: string): Promise<Recovery> {
  const marker = run.replaceAll(/[^a-z0-9]/g, '');
  const sink = await Sink.start(marker, 1);
  const client = new Client(
    {
      url: system.url,
      sourceKey: 'tocsin-demo-source-key',
      operatorToken: 'tocsin-demo-operator-token',
    },
    4,
  );
  await client.addWebhook('bo', sink.url);
  try {
    const at = now();
    system.signal(role, 'SIGKILL');
    const event = eventText(0, { run: marker, severity: 'critical', keys: 'distinct' });
    const accepted = await firstTime(at, async () => (await client.post([event])).accepted > 0);
    const paged = await firstTime(at, () => Promise.resolve(sink.arrivedAt(0) !== undefined));
    const [restarted] = system.of(role);
    const began = restarted === undefined ? undefined : processStartedAt(restarted.pid);
    const started = accepted === undefined || began === undefined ? undefined : at + accepted - began;
    return { accepted, paged, started };
  } finally {
    await client.removeWebhook();
    await client.close();
    await sink.stop();
  }
}

/** Milliseconds since `at` when it first holds. */
async function firstTime(at: number, holds: () => Promise<boolean>): Promise<number | undefined> {
  while (now() - at < GIVEN_UP_MS) {
    if (await holds()) return now() - at;
    await sleep(POLL_MS);
  }
  return undefined;
}
