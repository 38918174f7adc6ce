import { createHash } from 'node:crypto';
import { Config, type ConfigTree, type Instant, isoOf, RecordedInput } from '@tocsin/contracts';
import { type RecordedHistory, simulateHistory, type Simulation } from '@tocsin/rules';
import { table } from './table.js';

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
  const add = (at: Instant, name: number, input: RecordedInput['input']): void => {
    inputs.push({ id: inputs.length + 1, at, case: `C${name}`, revision: 1, input, came: {} });
  };
  for (let n = 0; n < events; n++) {
    const name = Math.floor(n / 4);
    const at = START + n * EVERY_MS;
    const event = {
      ...{
        source: 'demo',
        kind: 'ticket',
        type: 'ticket.updated',
        ticketKey: `T-${name}`,
        receivedAt: isoOf(at),
      },
      ...{ category: `c${name % 10}`, market: 'SG', affected: (name * 37 + n * 11) % 900 },
      severity: ['critical', 'warning', 'warning', 'info'][name % 4],
    };
    if (n % 4 === 0) add(at, name, { kind: 'opened', event: { ...event, type: 'ticket.created' } });
    else if (n % 4 < 3) add(at, name, { kind: 'said', event, newest: true });
    else add(at, name, { kind: 'closed', by: 'demo' });
    if (n % 4 === 1 && name % 3 === 0)
      add(at + 10_000, name, { kind: 'act', act: { type: 'Acknowledged', by: `person-${4 * (name % 10)}` } });
  }
  return inputs;
}

const hashOf = (simulation: Simulation): string =>
  createHash('sha256').update(JSON.stringify(simulation)).digest('hex').slice(0, 16);

/** The lines as ten partitions, one after the other and each turned round. */
const repartitioned = (lines: readonly RecordedInput[], run: number): RecordedInput[] =>
  Array.from({ length: 10 }, (_, n) => (n + run) % 10).flatMap((partition) =>
    lines.filter(({ id }) => id % 10 === partition).toReversed(),
  );

/** How long a replay of a hundred thousand events takes, and whether it says the same each time, in any order. */
export function simulate(print: (text: string) => void): void {
  const [config, other] = [Config.parse(treeOf('2m')), Config.parse(treeOf('1m'))];
  const text = recordingOf(EVENTS).map((line) => JSON.stringify(line));
  const read = (): RecordedInput[] => text.map((line) => RecordedInput.parse(JSON.parse(line)));
  const history = (inputs: readonly RecordedInput[]): RecordedHistory => ({
    inputs,
    changes: [],
    configs: new Map([[1, config]]),
    newest: config,
    until: START + EVENTS * EVERY_MS,
  });
  const rows = [['run', 'lines', 'read s', 'replay s', 'CPU s', 'cases', 'pages', 'hash']];
  const hashes = new Set<string>();
  for (let run = 1; run <= RUNS; run++) {
    const [begun, cpu, lines] = [performance.now(), process.cpuUsage(), read()];
    const parsed = performance.now();
    const simulation = simulateHistory(history(run === 1 ? lines : repartitioned(lines, run)), other);
    const done = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const hash = hashOf(simulation);
    hashes.add(hash);
    const pages = Object.values(simulation.after.pages).reduce((sum, { day, night }) => sum + day + night, 0);
    rows.push([
      ...[String(run), String(lines.length), seconds(parsed - begun), seconds(done - parsed)],
      seconds((user + system) / 1000),
      ...[String(simulation.cases), String(pages), hash],
    ]);
  }
  print(table(rows));
  print(
    `${EVENTS} events; ${hashes.size === 1 ? 'the same hash in every run' : `${hashes.size} DIFFERENT hashes`}`,
  );
  if (hashes.size !== 1) process.exitCode = 1;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(1);
