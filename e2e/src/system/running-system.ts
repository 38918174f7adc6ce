import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { until } from '@tocsin/test-rig';
import { processTree, roleOf, type SeenProcess } from './process-tree.js';
import { gatewayPort, roleIn, serviceUrls, type Shape } from './service-roles.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const LAUNCHERS = { default: 'deploy/launch/dist/start.js', cluster: 'deploy/launch/dist/start-cluster.js' };

export interface SystemOptions {
  readonly shape?: Shape;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Seconds until it must be ready; a cluster starts a JVM first. */
  readonly within?: number;
}

/** What `/readyz?verbose` says. */
export interface Readiness {
  readonly ready: boolean;
  /** `ready`, `degraded` when a part that is not required is away, else why it is not ready. */
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

/** A whole Tocsin, started as a user starts it, with a home of its own that goes when it stops. */
export class RunningSystem {
  private constructor(
    readonly shape: Shape,
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
    const port = await gatewayPort(shape);
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
    const orphaned = (): unknown => launcher.kill('SIGINT');
    process.once('exit', orphaned);
    launcher.once('exit', () => process.off('exit', orphaned));
    const system = new RunningSystem(shape, `http://127.0.0.1:${port}`, home, launcher, () => output);
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

  /**
   * The processes of one role without their own children: a service's name (on one node the process that does its work),
   * `postgres` (the postmaster), `kafka`, `redis`.
   */
  of(role: string): SeenProcess[] {
    const own = this.processes().filter((seen) => roleOf(seen) === roleIn(this.shape, role));
    return own.filter(({ parent }) => !own.some(({ pid }) => pid === parent));
  }

  /** Where a service answers for itself, without the gateway; of several replicas the first. */
  urlOf(service: string): string {
    const url = serviceUrls(this.shape, Number(new URL(this.url).port)).get(service);
    if (url === undefined) throw new Error(`there is no service «${service}»`);
    return url;
  }

  /** Readiness as each service tells it. */
  async readiness(): Promise<Readiness[]> {
    const urls = new Set(serviceUrls(this.shape, Number(new URL(this.url).port)).values());
    return Promise.all(
      [...urls].map(async (url) => {
        const answer = await fetch(`${url}/readyz?verbose`, { signal: AbortSignal.timeout(5_000) });
        return { ready: answer.ok, ...((await answer.json()) as Omit<Readiness, 'ready'>) };
      }),
    );
  }

  /** Waits until every service goes by a revision of the config; of several replicas the first is asked. */
  async goesBy(revision: number): Promise<void> {
    await until(
      async () =>
        (await this.readiness())
          .flatMap(({ checks }) => checks)
          .filter(({ name }) => name.endsWith(': config'))
          .every(({ detail }) => detail === `revision ${revision}`),
      { within: '30s', for: `every service to go by revision ${revision}` },
    );
  }

  /**
   * Sends a signal to the (first) process of a role; for Postgres that is the postmaster.
   * @throws Error when no such process runs
   */
  signal(role: string, signal: NodeJS.Signals): number {
    const [target] = this.of(role);
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
