import type { HealthCheck, Host, Loop } from '@tocsin/runtime';
import { Repeated } from '@tocsin/runtime';
import type { WatchSilence } from './watch-silence.js';

const EVERY_MS = 1_000;
/** Passes between two looks at the config and at our own absence. */
const STOCK_EVERY = 10;
const SILENT_MS = 10_000;

/** Looks every second for heartbeats that are due; what it cannot do it logs, and tries again. */
export class WatchSilenceLoop implements Loop {
  readonly name = 'watch heartbeats';
  private readonly passes = new Repeated(EVERY_MS, () => this.pass());
  private count = 0;
  private passedAt = performance.now();

  constructor(
    private readonly watch: WatchSilence,
    private readonly log: Host['log'],
  ) {}

  start(): Promise<void> {
    return this.passes.start();
  }

  stop(): Promise<void> {
    return this.passes.stop();
  }

  /** A watch that stands still notices no silence. */
  readonly check: HealthCheck = {
    name: this.name,
    required: false,
    check: () => {
      const ms = Math.round(performance.now() - this.passedAt);
      return Promise.resolve({ ok: ms < SILENT_MS, detail: `last pass ${ms} ms ago` });
    },
  };

  private async pass(): Promise<void> {
    try {
      // First of all, so that what fell due while nobody listened is not raised.
      if (this.count % STOCK_EVERY === 0) await this.watch.takeStock();
      this.count += 1;
      await this.watch.raiseDue();
      this.passedAt = performance.now();
    } catch (err) {
      this.log.warn({ err }, 'heartbeats could not be watched, trying again');
    }
  }
}
