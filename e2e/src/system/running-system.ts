import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, until } from '@tocsin/test-rig';
import { processTree, roleOf, type SeenProcess } from './process-tree.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const LAUNCHERS = { default: 'deploy/launch/dist/start.js', cluster: 'deploy/launch/dist/start-cluster.js' };

export interface SystemOptions {
  readonly shape?: keyof typeof LAUNCHERS;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Seconds until it must be ready; a cluster starts a JVM first. */
  readonly within?: number;
}

/** A whole Tocsin, started as a user starts it, with a home of its own that goes when it stops. */
export class RunningSystem {
  private constructor(
    readonly url: string,
    readonly home: string,
    private readonly launcher: ChildProcess,
    private readonly output: () => string,
  ) {}

  static async start({
    shape = 'default',
    env = {},
    args = [],
    within = 120,
  }: SystemOptions = {}): Promise<RunningSystem> {
    const home = mkdtempSync(path.join(tmpdir(), 'tocsin-home-'));
    const port = await freePort();
    let output = '';
    const log = createWriteStream(path.join(home, 'launcher.log'));
    const launcher = spawn(process.execPath, [path.join(ROOT, LAUNCHERS[shape]), ...args], {
      cwd: ROOT,
      env: { ...process.env, TOCSIN_HOME: home, TOCSIN_PORT: String(port), LOG_LEVEL: 'info', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [launcher.stdout, launcher.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        log.write(chunk);
      });
    const system = new RunningSystem(`http://127.0.0.1:${port}`, home, launcher, () => output);
    try {
      await until(() => output.includes('tocsin is ready') || launcher.exitCode !== null, {
        within: `${within}s`,
      });
      if (launcher.exitCode !== null) throw new Error(`the launcher ended with ${launcher.exitCode}`);
    } catch (error) {
      await system.stop();
      throw new Error(`Tocsin did not start:\n${output}`, { cause: error });
    }
    return system;
  }

  /** What the launcher printed. */
  printed(): string {
    return this.output();
  }

  /** Of the embedded server, from what the launcher keeps in the home. */
  databaseUrl(): string {
    const kept = (name: string): string =>
      readFileSync(path.join(this.home, 'postgres', name), 'utf8').trim();
    return `postgres://tocsin:${kept('password')}@127.0.0.1:${kept('port')}/tocsin`;
  }

  processes(): SeenProcess[] {
    return this.launcher.pid === undefined ? [] : processTree(this.launcher.pid);
  }

  /** The processes of one role: a service's name, `single-node`, `postgres`, `kafka`. */
  of(role: string): SeenProcess[] {
    return this.processes().filter((seen) => roleOf(seen) === role);
  }

  /**
   * Sends a signal to the (first) process of a role; for Postgres that is the postmaster.
   * @throws Error when no such process runs
   */
  signal(role: string, signal: NodeJS.Signals): number {
    const own = this.of(role);
    const target = own.find(({ parent }) => !own.some(({ pid }) => pid === parent));
    if (target === undefined)
      throw new Error(`no process «${role}» among ${this.processes().map(roleOf).join(', ')}`);
    process.kill(target.pid, signal);
    return target.pid;
  }

  /** As Ctrl-C; afterwards nothing that it started may be left. */
  async stop(): Promise<SeenProcess[]> {
    const before = this.processes();
    if (this.launcher.exitCode === null && this.launcher.signalCode === null) {
      this.launcher.kill('SIGINT');
      await until(() => this.launcher.exitCode !== null || this.launcher.signalCode !== null, {
        within: '30s',
      }).catch(() => {
        this.launcher.kill('SIGKILL');
      });
    }
    const left = before.filter(({ pid }) => pid !== this.launcher.pid && isAlive(pid));
    rmSync(this.home, { recursive: true, force: true });
    return left;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
