import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { keptSecret } from '@tocsin/postgres/embedded';
import { mustBeExample } from './known-example.js';
import { LaunchError } from './launch-error.js';
import { readOptions, type LaunchOptions } from './launch-options.js';
import { lockHome } from './launcher-lock.js';
import { ChildLog } from './supervise/child-log.js';
import { SupervisedChild, type ChildPlan } from './supervise/supervised-child.js';
import { mustBeFree } from './port-check.js';
import { untilReady } from './readiness.js';
import { terminalLanguage, welcome } from './welcome.js';

/** Time that services of a killed launcher may take to notice and to stop. */
const ENDING_MS = 15_000;
export const ROOT = resolve(import.meta.dirname, '../../..');
export const show = (line: string): void => void process.stderr.write(`${line}\n`);

/** What one launch holds: the options, the lock, and what must be stopped, last started first. */
export class Launch {
  private readonly stops: (() => Promise<void>)[] = [];
  private readonly began = performance.now();
  private stopped: Promise<void> | undefined;

  private constructor(
    readonly options: LaunchOptions,
    readonly internalToken: string,
    readonly operatorToken: string | undefined,
    readonly signal: AbortSignal,
  ) {}

  /** Takes the home and checks that the ports are free, before anything starts. */
  static async open(
    signal: AbortSignal,
    portsOf: (options: LaunchOptions) => readonly number[],
  ): Promise<Launch> {
    const options = readOptions(process.argv.slice(2), process.env, ROOT, process.getuid?.() === 0);
    mustBeExample(options.example, process.env['TOCSIN_EXAMPLES'] ?? join(ROOT, 'examples'));
    const lock = await lockHome(options.home);
    try {
      for (const port of portsOf(options))
        await mustBeFree(port, options.host, lock.afterCrash ? ENDING_MS : 0);
      // The service user of PostgreSQL must pass through; each secret is closed by itself.
      await chmod(options.home, 0o755);
      const secret = (name: string): Promise<string> => keptSecret(join(options.home, name));
      const operatorToken = options.example === undefined ? await secret('operator-token') : undefined;
      const launch = new Launch(options, await secret('internal-token'), operatorToken, signal);
      launch.onStop(() => lock.release());
      return launch;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  onStop(stop: () => Promise<void>): void {
    this.stops.push(stop);
  }

  /** Starts one part with a line that says how long it took. */
  async step<T>(what: string, start: () => Promise<T>): Promise<T> {
    const began = performance.now();
    show(`starting ${what} …`);
    const started = await start();
    show(`${what}: ready in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return started;
  }

  /** Starts service processes and waits until each answers ready; a process that cannot become so ends the launch. */
  async services(plans: readonly (ChildPlan & { readonly port: number })[]): Promise<void> {
    const children = await Promise.all(
      plans.map(async (plan) => {
        const log = await ChildLog.open(plan.name, join(this.options.home, 'logs', `${plan.name}.log`), show);
        return { plan, child: new SupervisedChild(plan, log, show) };
      }),
    );
    this.onStop(async () => void (await Promise.all(children.map(({ child }) => child.stop()))));
    const hopeless = Promise.race(children.map(({ child }) => child.hopeless));
    hopeless.catch(() => undefined);
    for (const { child } of children) child.start();
    const ready = Promise.all(
      children.map(async ({ plan, child }) => {
        if (await untilReady(`http://${reachable(this.options.host)}:${plan.port}/readyz`, this.signal))
          child.markReady();
      }),
    );
    await Promise.race([ready, hopeless]);
    void hopeless.catch((error: unknown) => endWith(this, error));
  }

  welcome(): void {
    if (this.signal.aborted) return;
    show(`everything is up after ${((performance.now() - this.began) / 1000).toFixed(1)} s`);
    process.stdout.write(`${welcome(this.options, terminalLanguage(process.env))}\n`);
  }

  /** Stops what was started, in reverse order; once. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      for (const stop of this.stops.toReversed()) await stop().catch((error: Error) => show(error.message));
    })();
    return this.stopped;
  }
}

const reachable = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

/** Shows why a launch ends, stops what it started, and ends with 1. */
export async function endWith(launch: Launch | undefined, error: unknown): Promise<never> {
  if (error instanceof LaunchError) {
    for (const line of error.details) show(`  ${line}`);
    show(`tocsin: ${error.message}`);
  } else show(`tocsin: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  await launch?.stop();
  process.exit(1);
}
