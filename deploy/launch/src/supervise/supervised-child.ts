import { spawn, type ChildProcess } from 'node:child_process';
import { extname } from 'node:path';
import { LaunchError } from '../launch-error.js';
import { BackOff } from './back-off.js';
import type { ChildLog } from './child-log.js';

/** sysexits.h EX_CONFIG: what a service ends with when its configuration is at fault. */
const EXIT_CONFIG = 78;
const STOP_LIMIT_MS = 15_000;
/** A service that was never ready and ended this often will not become so. */
const HOPELESS_STARTS = 5;
/** Of the same kind as this file: compiled, or TypeScript as specs run it. */
const PRELOAD = new URL('./end-with-launcher.js', import.meta.url).href.replace(
  /\.js$/,
  extname(import.meta.url),
);

export interface ChildPlan {
  readonly name: string;
  /** JavaScript file to run. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One service process, started again with back-off whenever it ends unasked. */
export class SupervisedChild {
  /** Rejects when a restart cannot help. */
  readonly hopeless: Promise<never>;
  private giveUp!: (error: LaunchError) => void;
  private process: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private readonly backOff = new BackOff();
  private starts = 0;
  private wasReady = false;
  private stopping = false;

  constructor(
    readonly plan: ChildPlan,
    private readonly log: ChildLog,
    private readonly show: (line: string) => void,
  ) {
    this.hopeless = new Promise<never>((_, reject) => {
      this.giveUp = reject;
    });
    this.hopeless.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  start(): void {
    const began = performance.now();
    this.starts += 1;
    // Its own process group: a Ctrl-C in the terminal reaches the launcher alone, which stops things in order.
    const child = spawn(process.execPath, ['--enable-source-maps', `--import=${PRELOAD}`, this.plan.file], {
      env: { ...this.plan.env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.process = child;
    if (child.stdout) this.log.follow(child.stdout);
    if (child.stderr) this.log.follow(child.stderr);
    this.ended = new Promise((resolve) => {
      child.once('error', (error) =>
        this.giveUp(new LaunchError(`${this.plan.name} could not be started: ${error.message}`)),
      );
      child.once('close', (code, signal) => {
        resolve();
        if (!this.stopping) this.onEnd(performance.now() - began, code, signal);
      });
    });
  }

  /** From now on every end is followed by a restart. */
  markReady(): void {
    this.wasReady = true;
    this.log.takeLast();
  }

  /** SIGTERM, then after 15 s SIGKILL; resolves when the process is gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const forced = setTimeout(() => this.process?.kill('SIGKILL'), STOP_LIMIT_MS);
    this.process?.kill('SIGTERM');
    await this.ended;
    clearTimeout(forced);
    await this.log.close();
  }

  private onEnd(livedMs: number, code: number | null, signal: NodeJS.Signals | null): void {
    const { name } = this.plan;
    const how = signal ?? `code ${code}`;
    const lines = this.log.takeLast();
    if (code === EXIT_CONFIG)
      return this.giveUp(
        new LaunchError(`${name} does not start with this configuration: see the lines above.`, lines),
      );
    if (!this.wasReady && this.starts >= HOPELESS_STARTS)
      return this.giveUp(
        new LaunchError(
          `${name} ended ${this.starts} times before it was ready (${how}): its log is ${this.log.file}`,
          lines,
        ),
      );
    const wait = this.backOff.next(livedMs);
    this.show(`${name} ended (${how}); starting it again in ${wait / 1000} s`);
    this.timer = setTimeout(() => this.start(), wait);
  }
}
