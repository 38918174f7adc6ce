import { isTransient } from '@tocsin/postgres';
import type { HealthCheck, Host, Loop } from '@tocsin/runtime';
import type { WakeSignal } from '../wake-signal.js';
import { MOST_AT_ONCE } from './advance-each.js';

/** Milliseconds. Another process may have written an earlier wake-up than the one we sleep for. */
const LONGEST_SLEEP = 1000;

/** A pass happens at least every second; this long without one is a fault. */
const SILENT_MS = 5000;

/** Milliseconds. A row that another instance holds is due and must not make us spin. */
const SHORTEST_SLEEP = 5;

/** Rows that have a time at which they must be looked at. */
interface DueWork {
  /** @returns how many were claimed; `MOST_AT_ONCE` means that there may be more */
  advance(): Promise<number>;
  /** One by one: for when a batch has failed. */
  advanceSingly(): Promise<number>;
  /** Milliseconds until the next one is due; undefined when nothing waits. */
  untilNext(): Promise<number | undefined>;
}

/** How the timers of one kind of rows are called in health and logs. */
export interface TimerNames {
  readonly loop: string;
  readonly check: string;
}

const ESCALATION_TIMERS: TimerNames = { loop: 'advance due escalations', check: 'escalation timers' };

/** Keeps advancing: sleeps until the next row is due, at most a second, less when an earlier one is written. */
export class AdvanceDueLoop implements Loop {
  readonly name: string;
  /** Timers that stand still are the worst silence: nobody is paged and nothing fails. */
  readonly check: HealthCheck;
  private running: Promise<void> | undefined;
  private stopping = false;
  private passedAt = performance.now();
  private wakeUp: () => void = () => undefined;
  private forget: () => void = () => undefined;

  constructor(
    private readonly due: DueWork,
    private readonly signal: WakeSignal,
    private readonly log: Host['log'],
    names: TimerNames = ESCALATION_TIMERS,
  ) {
    this.name = names.loop;
    this.check = {
      name: names.check,
      required: false,
      check: () => {
        const ms = Math.round(performance.now() - this.passedAt);
        return Promise.resolve({ ok: ms < SILENT_MS, detail: `last pass ${ms} ms ago` });
      },
    };
  }

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

  private async run(): Promise<void> {
    let failed: boolean = false;
    while (!this.stopping) {
      try {
        const advanced = failed ? await this.due.advanceSingly() : await this.due.advance();
        failed = false;
        this.passedAt = performance.now();
        if (advanced < MOST_AT_ONCE) await this.sleep((await this.due.untilNext()) ?? LONGEST_SLEEP);
      } catch (err) {
        // An outage passes; anything else may be one row's fault, and must not stop the timers of all others.
        const oneByOne: boolean = !failed && !isTransient(err);
        failed = oneByOne;
        this.log.warn(
          { err, oneByOne, timers: this.name },
          'what is due could not be advanced, trying again',
        );
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
