import type { Transactions, Tx } from '@tocsin/event-log';
import type { Host } from '@tocsin/runtime';
import { advanceEach, MOST_AT_ONCE, PUT_OFF_SECONDS } from '../advance-due/advance-each.js';
import type { TimerNames } from '../advance-due/advance-due.loop.js';
import type { CaseStore } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { SlaClockStore } from './sla-clock.store.js';
import type { SlaMetrics } from './sla-metrics.js';

export const SLA_TIMERS: TimerNames = { loop: 'advance due SLA clocks', check: 'SLA timers' };

interface AdvanceParts {
  readonly transactions: Transactions;
  readonly clocks: SlaClockStore;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly metrics: SlaMetrics;
  readonly log: Host['log'];
}

/** Tells what is at risk and what is breached at its instant; every instance does, none leads. */
export class AdvanceSla {
  constructor(private readonly parts: AdvanceParts) {}

  /** @returns how many cases were claimed; `MOST_AT_ONCE` means that there may be more */
  advance(): Promise<number> {
    return this.parts.transactions.run('hot', async (tx) => {
      const ids = await this.parts.clocks.claimDue(tx, MOST_AT_ONCE);
      await this.wake(tx, ids);
      return ids.length;
    });
  }

  /** One case per transaction: for when a batch has failed, so that one bad row cannot stop every clock. */
  advanceSingly(): Promise<number> {
    const { transactions, clocks, metrics, log } = this.parts;
    return advanceEach<bigint>({
      advance: (claimed) =>
        transactions.run('hot', async (tx) => {
          const ids = await clocks.claimDue(tx, 1);
          ids.forEach(claimed);
          await this.wake(tx, ids);
        }),
      failed: async (id, err) => {
        log.error({ err, caseId: id.toString() }, 'SLA clocks could not be advanced');
        metrics.failed.inc();
        await clocks.putOff(id, PUT_OFF_SECONDS);
      },
    });
  }

  untilNext(): Promise<number | undefined> {
    return this.parts.clocks.untilNext();
  }

  private async wake(tx: Tx, ids: readonly bigint[]): Promise<void> {
    if (ids.length === 0) return;
    const { cases, now } = await this.parts.cases.lock(tx, ids);
    if (now === undefined) return;
    const { contextOf } = await this.parts.configs.load(tx, cases);
    const work = new CaseWork(now, contextOf);
    for (const routed of cases) {
      work.hear(routed, { kind: 'sla-woke' });
      work.sla.hear(work.put(routed), { type: 'Woke' });
    }
    await this.parts.works.save(tx, work);
  }
}
