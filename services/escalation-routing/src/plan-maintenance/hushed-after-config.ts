import type { Transactions } from '@tocsin/event-log';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
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
export class HushedAfterConfig extends RepeatedLoop {
  readonly name = 'look at hushed cases after a config';
  private looked: number | undefined;

  constructor(private readonly parts: Parts) {
    super({
      everyMs: EVERY_MS,
      log: parts.log,
      failed: 'hushed cases could not be looked at again, trying again',
    });
  }

  protected round(): Promise<unknown> {
    return this.look();
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
}
