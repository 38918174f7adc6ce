import type { Logger } from 'pino';
import { Repeated } from './repeated.js';
import type { Loop } from './service-definition.js';

interface Rounds {
  readonly everyMs: number;
  readonly log: Pick<Logger, 'warn'>;
  /** Logged as a warning with what a round failed for. */
  readonly failed: string;
}

/** A loop whose work comes every so often: a round that fails is logged, and the next one tries again. */
export abstract class RepeatedLoop implements Loop {
  abstract readonly name: string;
  private readonly repeated: Repeated;

  protected constructor({ everyMs, log, failed }: Rounds) {
    this.repeated = new Repeated(everyMs, async () => {
      try {
        await this.round();
      } catch (err) {
        this.afterFailure();
        log.warn({ err }, failed);
      }
    });
  }

  /** The first round comes after its time. */
  start(): Promise<void> {
    return this.repeated.start();
  }

  /** Lets the round at work come to its end. */
  stop(): Promise<void> {
    return this.repeated.stop();
  }

  protected abstract round(): Promise<unknown>;

  /** For what must be forgotten of a round that failed. */
  protected afterFailure(): void {
    // Most have nothing to forget.
  }
}
