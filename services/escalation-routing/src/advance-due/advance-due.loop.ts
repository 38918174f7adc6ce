import { isTransient } from '@tocsin/postgres';
import type { HealthCheck, Host, Loop } from '@tocsin/runtime';
import type { WakeSignal } from '../wake-signal.js';
import { type AdvanceDue, MOST_AT_ONCE } from './advance-due.js';

/** Milliseconds. Another process may have written an earlier wake-up than the one we sleep for. */
const LONGEST_SLEEP = 1000;

/** A pass happens at least every second; this long without one is a fault. */
const SILENT_MS = 5000;

/** Milliseconds. A row that another instance holds is due and must not make us spin. */
const SHORTEST_SLEEP = 5;

/** Keeps advancing: sleeps until the next escalation is due, at most a second, less when an earlier one is written. */
export class AdvanceDueLoop implements Loop {
  readonly name = 'advance due escalations';
  private running: Promise<void> | undefined;
  private stopping = false;
  private passedAt = performance.now();
  private wakeUp: () => void = () => undefined;
  private forget: () => void = () => undefined;

  constructor(
    private readonly advanceDue: AdvanceDue,
    private readonly signal: WakeSignal,
    private readonly log: Host['log'],
  ) {}

  start(): Promise<void> {
    this.stopping = false;
    this.forget = this.signal.onWake(() => this.wakeUp());
    this.running = this.run();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.forget();
    this.wakeUp();
    await this.running;
  }

  /** Timers that stand still are the worst silence: nobody is paged and nothing fails. */
  readonly check: HealthCheck = {
    name: 'escalation timers',
    required: false,
    check: () => {
      const ms = Math.round(performance.now() - this.passedAt);
      return Promise.resolve({ ok: ms < SILENT_MS, detail: `last pass ${ms} ms ago` });
    },
  };

  private async run(): Promise<void> {
    let failed: boolean = false;
    while (!this.stopping) {
      try {
        const advanced = failed ? await this.advanceDue.advanceSingly() : await this.advanceDue.advance();
        failed = false;
        this.passedAt = performance.now();
        if (advanced < MOST_AT_ONCE) await this.sleep((await this.advanceDue.untilNext()) ?? LONGEST_SLEEP);
      } catch (err) {
        // An outage passes; anything else may be one row's fault, and must not stop the timers of all others.
        const oneByOne: boolean = !failed && !isTransient(err);
        failed = oneByOne;
        this.log.warn({ err, oneByOne }, 'due escalations could not be advanced, trying again');
        await this.sleep(oneByOne ? 0 : LONGEST_SLEEP);
      }
    }
  }

  private sleep(ms: number): Promise<void> {
    if (this.stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(ms, SHORTEST_SLEEP), LONGEST_SLEEP));
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
