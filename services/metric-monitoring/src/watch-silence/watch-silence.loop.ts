import type { HealthCheck, Host } from '@tocsin/runtime';
import { RepeatedLoop } from '@tocsin/runtime';
import type { WatchSilence } from './watch-silence.js';

const EVERY_MS = 1_000;
/** Passes between two looks at the config and at our own absence. */
const STOCK_EVERY = 10;
const SILENT_MS = 10_000;

/** Looks every second for heartbeats that are due; what it cannot do it logs, and tries again. */
export class WatchSilenceLoop extends RepeatedLoop {
  readonly name = 'watch heartbeats';
  private count = 0;
  private passedAt = performance.now();

  constructor(
    private readonly watch: WatchSilence,
    log: Host['log'],
  ) {
    super({ everyMs: EVERY_MS, log, failed: 'heartbeats could not be watched, trying again' });
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

  protected async round(): Promise<void> {
    // First of all, so that what fell due while nobody listened is not raised.
    if (this.count % STOCK_EVERY === 0) await this.watch.takeStock();
    this.count += 1;
    await this.watch.raiseDue();
    this.passedAt = performance.now();
  }
}
