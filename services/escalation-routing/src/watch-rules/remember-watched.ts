import type { Transactions } from '@tocsin/event-log';
import { watchedRules } from '@tocsin/rules';
import { type Host, type Loop, Repeated } from '@tocsin/runtime';
import type { ClockStore } from '../clock.store.js';
import type { ConfigRevisions } from '../pinned-configs.js';
import type { WatchedRuleStore } from './watched-rule.store.js';

const EVERY_MS = 1000;

interface Parts {
  readonly transactions: Transactions;
  readonly clock: ClockStore;
  readonly watched: WatchedRuleStore;
  readonly revisions: Pick<ConfigRevisions, 'current'>;
  readonly log: Host['log'];
}

/** Remembers since when rules only watch, whenever another revision comes into force. */
export class RememberWatched implements Loop {
  readonly name = 'remember rules that only watch';
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
    const { transactions, clock, watched, revisions } = this.parts;
    const current = revisions.current();
    if (current === undefined || current.revision === this.looked) return;
    const { revision, config } = current;
    const now = await clock.now();
    await transactions.run('cold', (tx) =>
      watched.keep(tx, config.tenant, { revision, rules: watchedRules(config), now }),
    );
    this.looked = revision;
  }

  private async lookSafely(): Promise<void> {
    try {
      await this.look();
    } catch (err) {
      this.parts.log.warn({ err }, 'rules that only watch could not be remembered, trying again');
    }
  }
}
