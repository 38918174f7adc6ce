import { setTimeout as delay } from 'node:timers/promises';
import { LaunchError } from '../launch-error.js';
import { BackOff } from './back-off.js';

/** A server that its starter can stop, and that tells when it has ended. */
interface Server {
  readonly port: number;
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface ServerPlan<S extends Server> {
  readonly name: string;
  /** Starts it, on the port of before when one is given; what it throws has a message for people. */
  start(port?: number): Promise<S>;
  readonly show: (line: string) => void;
}

/** A server (PostgreSQL, Kafka, Redis) that is started again with back-off whenever it ends unasked. */
export class KeptServer<S extends Server> {
  private readonly stopping = new AbortController();
  private readonly keeper: Promise<void>;

  private constructor(
    private current: S,
    private readonly plan: ServerPlan<S>,
  ) {
    this.keeper = this.keep();
  }

  /** @throws LaunchError when the first start fails */
  static async start<S extends Server>(plan: ServerPlan<S>): Promise<KeptServer<S>> {
    try {
      return new KeptServer(await plan.start(), plan);
    } catch (error) {
      const { message, serverLog, log } = error as Error & {
        serverLog?: readonly string[];
        log?: readonly string[];
      };
      throw new LaunchError(message, serverLog ?? log ?? []);
    }
  }

  get server(): S {
    return this.current;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.current.stop();
    await this.keeper;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    const { name, show, start } = this.plan;
    const backOff = new BackOff();
    let began = performance.now();
    for (;;) {
      await this.current.ended;
      if (signal.aborted) return;
      const wait = backOff.next(performance.now() - began);
      show(`${name} ended; starting it again in ${wait / 1000} s`);
      await delay(wait, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      began = performance.now();
      try {
        // The services know its address: it must come back there.
        this.current = await start(this.current.port);
        // A stop that came in the meantime has stopped the one before.
        if (signal.aborted as boolean) await this.current.stop();
      } catch (error) {
        show((error as Error).message);
      }
    }
  }
}
