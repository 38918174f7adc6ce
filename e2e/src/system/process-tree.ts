import { readdirSync, readFileSync } from 'node:fs';

/** Kernel clock ticks per second of /proc/<pid>/stat (USER_HZ: 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100;

export interface SeenProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process below `root`, itself included. Linux only: reads /proc. */
export function processTree(root: number): SeenProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)));
  const below = new Set([root]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { pid, parent } of all)
      if (below.has(parent) && !below.has(pid)) {
        below.add(pid);
        grown = true;
      }
  }
  return all.filter(({ pid }) => below.has(pid));
}

function readProcess(pid: number): SeenProcess[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid, parent: Number(statFields(pid)[1]), command }];
  } catch {
    return []; // it has ended meanwhile
  }
}

/** Fields of /proc/<pid>/stat after the command's closing parenthesis: state, parent, … */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** CPU seconds that these processes have used, and their memory now (PSS: shared pages counted once), in MB. */
export function costOf(processes: readonly SeenProcess[]): { cpuSeconds: number; pssMb: number } {
  let cpuSeconds = 0;
  let pssMb = 0;
  for (const { pid } of processes)
    try {
      const fields = statFields(pid);
      cpuSeconds += (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
      const pss = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
      pssMb += Number(pss ?? 0) / 1_024;
    } catch {
      // ended meanwhile, or another user's: its CPU counts as nothing
    }
  return { cpuSeconds, pssMb };
}

/** When a process began, in milliseconds since the epoch; a tick of 10 ms is the best that the kernel tells. */
export function processStartedAt(pid: number): number {
  const uptimeMs = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1_000;
  const sinceBootMs = (Number(statFields(pid)[19]) / TICKS_PER_SECOND) * 1_000;
  return performance.timeOrigin + performance.now() - uptimeMs + sinceBootMs;
}

/** What a process of ours is called in a table. */
export function roleOf({ command }: SeenProcess): string {
  const service = /services\/([a-z-]+)\/dist\/main\.js/.exec(command)?.[1];
  if (service !== undefined) return service;
  if (/kafka\.Kafka/.test(command)) return 'kafka';
  if (/redis-server/.test(command)) return 'redis';
  if (/^postgres:|\/postgres(\s|$)/.test(command)) return 'postgres';
  return 'launcher';
}
