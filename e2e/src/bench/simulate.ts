import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ConfigTree, type Instant, isoOf, type RecordedInput, type Recording } from '@tocsin/contracts';
import { table } from './table.js';

const COMMAND = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const PAGE = 2000;
const EVENTS = 100_000;
/** One event every this many milliseconds: a hundred thousand are 30 days. */
const EVERY_MS = 25_920;
const START = Date.parse('2026-10-26T00:00:00Z');
const RUNS = 10;

const because = (text: string) => ({ en: text, 'zh-CN': text });

/** Forty people in ten teams with a schedule, a policy, a service and a promise each, and ten rules. */
function treeOf(wait: string): ConfigTree {
  const teams = Array.from({ length: 10 }, (_, n) => `team-${n}`);
  const people = Array.from({ length: 40 }, (_, n) => `person-${n}`);
  const named = <T>(names: readonly string[], of: (name: string, n: number) => T): Record<string, T> =>
    Object.fromEntries(names.map((name, n) => [name, of(name, n)]));
  const membersOf = (n: number): string[] => people.slice(4 * n, 4 * n + 4);
  return {
    people: named(people, () => ({
      name: 'Somebody',
      timeZone: 'Asia/Singapore',
      contact: { desk: { sandbox: true as const } },
    })),
    teams: named(teams, (_, n) => ({
      members: membersOf(n),
      ladder: { tier2: `person person-${4 * n + 1}`, manager: `person person-${4 * n + 3}` },
    })),
    schedules: named(teams, (_, n) => ({
      timeZone: 'Asia/Singapore',
      layers: [{ people: membersOf(n).slice(0, 3), every: '1d', handover: '09:00', from: '2026-01-05' }],
    })),
    policies: named(teams, (team) => ({
      steps: [
        { name: 'on-call', page: `schedule ${team}`, wait },
        { name: 'owner', page: 'tier2 of the service', wait: '5m', repeat: { from: 'on-call', times: 1 } },
      ],
      fallback: { page: 'manager of the service' },
    })),
    services: named(teams, (team, n) => ({ team, policy: team, handles: [`c${n}`] })),
    taxonomy: Object.fromEntries(teams.map((_, n) => [`c${n}`, { label: because(`category ${n}`) }])),
    priority: {
      rules: teams.map((_, n) => ({
        name: `rule ${n}`,
        when: `event.category == "c${n}" && event.affected >= ${200 + 50 * n}`,
        set: n % 2 === 0 ? ('P1' as const) : ('P2' as const),
        because: because('{affected} people'),
      })),
      recalculate: { lower: 'after 30m stable' },
    },
    sla: [
      {
        name: 'all',
        when: 'true',
        calendar: '24x7',
        targets: { acknowledge: { P1: '5m', P2: '15m' }, resolve: { P1: '4h', P2: '8h' } },
      },
    ],
    sources: { demo: { kind: 'generic', severity: { critical: 'P2', warning: 'P3', info: 'P5' } } },
  };
}

/** A recording of the outside alone: of four events one opens a case, two tell more of it, one ends it. */
function recordingOf(events: number): RecordedInput[] {
  const inputs: RecordedInput[] = [];
  const add = (
    at: Instant,
    name: number,
    input: RecordedInput['input'],
    came: RecordedInput['came'] = {},
  ): void => {
    inputs.push({ id: inputs.length + 1, at, case: `C${name}`, revision: 1, input, came });
  };
  for (let n = 0; n < events; n++) {
    const name = Math.floor(n / 4);
    const at = START + n * EVERY_MS;
    const event = {
      ...{
        source: 'demo',
        kind: 'ticket',
        type: ['ticket.created', 'ticket.updated', 'ticket.updated', 'ticket.resolved'][n % 4],
        ticketKey: `T-${name}`,
        version: { by: 'sender', at: n, tie: '' },
        receivedAt: isoOf(at),
      },
      ...{ category: `c${name % 10}`, market: 'SG', affected: (name * 37 + n * 11) % 900 },
      severity: ['critical', 'warning', 'warning', 'info'][name % 4],
    };
    add(at, name, { kind: 'event', event }, { went: n % 4 === 0 ? 'open' : 'apply' });
    if (n % 4 === 1 && name % 3 === 0)
      add(at + 10_000, name, { kind: 'act', act: { type: 'Acknowledged', by: `person-${4 * (name % 10)}` } });
  }
  return inputs;
}

/** The lines as ten partitions, one after the other and each turned round. */
const repartitioned = (lines: readonly RecordedInput[], run: number): RecordedInput[] =>
  Array.from({ length: 10 }, (_, n) => (n + run) % 10).flatMap((partition) =>
    lines.filter(({ id }) => id % 10 === partition).toReversed(),
  );

/** A server that has this recording, and nothing else: whatever the command would send has nowhere to go. */
async function serving(lines: () => readonly RecordedInput[]): Promise<Server> {
  const head: Recording = {
    ...{ from: isoOf(START), until: isoOf(START + EVENTS * EVERY_MS), inputs: lines().length },
    ...{ revisions: [{ revision: 1, tree: treeOf('2m') }], changes: [], windows: [] },
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://here');
    const after = Number(searchParams.get('after'));
    const inputs = lines().slice(after, after + PAGE);
    const next = after + PAGE < lines().length ? { next: after + PAGE } : {};
    const answers: Readonly<Record<string, object>> = {
      '/v1/simulations/recording': head,
      '/v1/simulations/inputs': { inputs, ...next },
    };
    const answer = request.method === 'GET' ? answers[pathname] : undefined;
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** How long `tocsin simulate` takes for a hundred thousand events, and whether it says the same each time, in any order. */
export async function simulate(print: (text: string) => void): Promise<void> {
  const recorded = recordingOf(EVENTS);
  let lines = recorded;
  const server = await serving(() => lines);
  const { port } = server.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), 'tocsin-simulate-'));
  try {
    const config = join(folder, 'new.yaml');
    await writeFile(config, JSON.stringify(treeOf('1m')));
    const hashes = new Set<string>();
    const rows = [['run', 'lines', 'seconds', 'hash']];
    for (let run = 1; run <= RUNS; run++) {
      if (run > 1) lines = repartitioned(recorded, run);
      const begun = performance.now();
      const { stdout } = await promisify(execFile)(process.execPath, [
        ...[COMMAND, 'simulate', '--config', config, '--from', isoOf(START)],
        ...['--url', `http://127.0.0.1:${port}`],
      ]);
      const hash = /[0-9a-f]{64}/.exec(stdout)?.[0] ?? 'no hash';
      hashes.add(hash);
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      rows.push([String(run), String(lines.length), seconds, hash.slice(0, 16)]);
    }
    print(table(rows));
    const same = hashes.size === 1 && !hashes.has('no hash');
    print(`${EVENTS} events; ${same ? 'the same hash in every run' : `${hashes.size} DIFFERENT hashes`}`);
    if (!same) process.exitCode = 1;
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}
