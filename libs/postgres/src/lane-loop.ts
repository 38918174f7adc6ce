import type { Log } from '@tocsin/event-log';

/** What one turn found: `again` = there may be more right now; `busy` = another replica is at it, look again soon. */
export type Turn = 'idle' | 'again' | 'busy';

export interface LaneLoopOptions {
  readonly name: string;
  readonly turn: () => Promise<Turn>;
  readonly log: Log;
  /** Milliseconds that a busy loop waits for company before its next turn. */
  readonly linger?: number;
}

/** Milliseconds. Waiting a little before the next batch while busy is the largest single saving of the event path. */
const LINGER = 5;
const BUSY_WITHIN = 10;
const LOOK_AGAIN = 10;
const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 2_000;

/** Takes turns while there is work, sleeps until woken otherwise. An error pauses it; it never ends by one. */
export class LaneLoop {
  readonly #options: LaneLoopOptions;
  #awake = true;
  #stopped = false;
  #ring: (() => void) | undefined;
  #lastBusy = Number.NEGATIVE_INFINITY;
  #failures = 0;
  #done: Promise<void> = Promise.resolve();

  constructor(options: LaneLoopOptions) {
    this.#options = options;
  }

  start(): void {
    this.#done = this.#run();
  }

  readonly wake = (): void => {
    this.#awake = true;
    this.#ring?.();
  };

  /** Ends after the turn in hand. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#ring?.();
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      if (!this.#awake) await this.#sleep();
      if (this.#stopped) return;
      if (performance.now() - this.#lastBusy < BUSY_WITHIN) await delay(this.#options.linger ?? LINGER);
      this.#awake = false;
      await this.#turn();
    }
  }

  async #turn(): Promise<void> {
    try {
      const turn = await this.#options.turn();
      this.#failures = 0;
      if (turn === 'again') this.#awake = true;
      if (turn !== 'idle') this.#lastBusy = performance.now();
      if (turn === 'busy') {
        await delay(LOOK_AGAIN);
        this.#awake = true;
      }
    } catch (err) {
      this.#failures += 1;
      const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (this.#failures - 1));
      this.#options.log.warn(
        { loop: this.#options.name, failures: this.#failures, pause, err },
        'consumer paused',
      );
      await this.#pause(pause);
      this.#awake = true;
    }
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      // A wake-up does not shorten a pause after a failure, a stop does.
      this.#ring = () => {
        if (!this.#stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
