import type { Transactions } from '@tocsin/event-log';
import { type Host, type Loop, Repeated } from '@tocsin/runtime';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { QuietWindowStore } from '../quiet-window.store.js';
import type { WakeSignal } from '../wake-signal.js';

const EVERY_MS = 1000;

interface Parts {
  readonly transactions: Transactions;
  readonly windows: QuietWindowStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly wake: WakeSignal;
  readonly log: Host['log'];
}

/**
 * Looks at hushed cases again when this process works by another revision than before: its windows may be others. What
 * another process decided by the older revision meanwhile is found when that one changes over.
 */
export class HushedAfterConfig implements Loop {
  readonly name = 'look at hushed cases after a config';
  private readonly rounds = new Repeated(EVERY_MS, () => this.lookSafely());
  private looked: number | undefined;

  constructor(private readonly parts: Parts) {}

  start(): Promise<void> {
    return this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Does nothing while the revision is the one of before. */
  async look(): Promise<void> {
    const { transactions, windows, revisions, wake } = this.parts;
    const current = revisions.current();
    if (current === undefined || current.revision === this.looked) return;
    await transactions.run('cold', (tx) => windows.wakeSuppressed(tx, current.config.tenant));
    this.looked = current.revision;
    wake.tell(0);
  }

  private async lookSafely(): Promise<void> {
    try {
      await this.look();
    } catch (err) {
      this.parts.log.warn({ err }, 'hushed cases could not be looked at again, trying again');
    }
  }
}
