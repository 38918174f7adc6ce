import type { Transactions } from '@tocsin/event-log';
import type { Loop } from '@tocsin/runtime';
import type { Logger } from 'pino';
import { type Claimed } from './claim-due.js';
import { nextDueIn } from './claim.store.js';
import type { Dispatcher } from './dispatcher.js';
import type { Incarnation } from './incarnation.js';

interface ClaimLoopParts {
  readonly db: Transactions;
  readonly claim: (deadTokens: readonly string[]) => Promise<Claimed>;
  readonly dispatcher: Dispatcher;
  readonly incarnation: Incarnation;
  readonly log: Logger;
}

/** The poll is the truth; signals and the next due time only make it earlier. */
const POLL_MS = 1_000;
/** While so many wait, others may take what is due. */
const MOST_WAITING = 1_000;

/** Claims what is due, wakes for what comes next. Every instance runs it; there is no leader. */
export class ClaimLoop implements Loop {
  readonly name = 'claim due attempts';
  private stopping = false;
  private woken = false;
  private sleeper: { readonly timer: NodeJS.Timeout; readonly wake: () => void } | undefined;
  private running: Promise<void> = Promise.resolve();
  private aliveAt = 0;

  constructor(private readonly parts: ClaimLoopParts) {}

  start(): Promise<void> {
    this.running = this.run();
    return Promise.resolve();
  }

  /** Stops claiming, then lets what is in hand come to its end. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    await this.parts.dispatcher.drained();
  }

  /** Something may be due earlier than the loop knows. */
  wake(): void {
    this.woken = true;
    this.sleeper?.wake();
  }

  /** Milliseconds since the loop last came round. */
  silentFor(): number {
    return performance.now() - this.aliveAt;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const wait = await this.once();
      this.aliveAt = performance.now();
      if (!this.stopping && !this.woken) await this.sleep(wait);
    }
  }

  /** @returns milliseconds to sleep */
  private async once(): Promise<number> {
    const { db, claim, dispatcher, incarnation, log } = this.parts;
    if (dispatcher.waiting('hot') + dispatcher.waiting('cold') > MOST_WAITING) return 5;
    try {
      const { deliveries, again } = await claim(await incarnation.deadTokens());
      dispatcher.take(deliveries);
      if (again) return 0;
      return Math.min(Math.max((await nextDueIn(db)) ?? POLL_MS, 0), POLL_MS);
    } catch (err) {
      log.warn({ err }, 'could not claim what is due');
      return POLL_MS;
    }
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.sleeper = undefined;
        resolve();
      };
      // Rounded up: a timer that fires within the last millisecond would find nothing due and spin.
      const timer = setTimeout(wake, Math.ceil(ms) + (ms > 0 ? 1 : 0));
      this.sleeper = { timer, wake };
    });
  }
}
