import type { BatchOutcome } from './batch-runner.js';
import type { ConsumerStatus } from './event-bus.js';

/** What a consumer tells about itself: counted by the consumer, read by readiness, metrics and the watchdog. */
export class ConsumerPulse {
  readonly #group: string;
  #seen = performance.now();
  #running = true;
  #handled = 0;
  #dead = 0;

  constructor(group: string) {
    this.#group = group;
  }

  /** The consumer is alive: it polled, or a batch went through. */
  beat(): void {
    this.#seen = performance.now();
  }

  count(outcome: BatchOutcome): void {
    this.beat();
    this.#handled += outcome.handled;
    this.#dead += outcome.dead;
  }

  stopped(): void {
    this.#running = false;
  }

  status(): ConsumerStatus {
    return {
      group: this.#group,
      running: this.#running,
      silentFor: Math.round(performance.now() - this.#seen),
      handled: this.#handled,
      dead: this.#dead,
    };
  }
}
