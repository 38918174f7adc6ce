import type { Transactions, Tx } from '@tocsin/event-log';
import { wakeAtOf } from '@tocsin/rules';
import type { Host } from '@tocsin/runtime';
import type { CaseStore, LockedCases } from '../case.store.js';
import { CaseWork } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { millis } from '../json-rows.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RoutedCase } from '../routed-case.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import { advanceEach, MOST_AT_ONCE, PUT_OFF_SECONDS } from './advance-each.js';

interface AdvanceParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly metrics: RoutingMetrics;
  readonly log: Host['log'];
}

/** Advances the escalations whose time has come; every instance does, none leads. */
export class AdvanceDue {
  constructor(private readonly parts: AdvanceParts) {}

  /** @returns how many were claimed; `MOST_AT_ONCE` means that there may be more */
  advance(): Promise<number> {
    return this.parts.transactions.run('hot', async (tx) => {
      const due = await this.parts.cases.claimDue(tx, MOST_AT_ONCE);
      await this.wake(tx, due);
      return due.cases.length;
    });
  }

  /**
   * Advances one due escalation per transaction and puts off the one that fails: for when a batch has failed, so that
   * one bad row cannot stop every timer. The auditor's gauge shows it until it is cured.
   */
  advanceSingly(): Promise<number> {
    const { transactions, cases, log, metrics } = this.parts;
    return advanceEach<RoutedCase>({
      advance: (claimed) =>
        transactions.run('hot', async (tx) => {
          const due = await cases.claimDue(tx, 1);
          due.cases.forEach(claimed);
          await this.wake(tx, due);
        }),
      failed: async (routed, err) => {
        log.error({ err, caseId: routed.id.toString() }, 'escalation could not be advanced');
        metrics.failed.inc();
        await this.putOff(routed);
      },
    });
  }

  /** Milliseconds until the next escalation is due; undefined when nothing waits. */
  async untilNext(): Promise<number | undefined> {
    const [next] = await this.parts.transactions.query<{ ms: number | null }>('hot', {
      name: 'routing.next-due',
      text: `SELECT ${millis('min(wake_at) - event_log.tocsin_now()')} AS ms FROM ${SCHEMA}.escalation WHERE wake_at IS NOT NULL`,
      values: [],
    });
    return next?.ms ?? undefined;
  }

  private async wake(tx: Tx, { cases, now }: LockedCases): Promise<void> {
    if (now === undefined) return;
    const { contextOf } = await this.parts.configs.load(tx, cases);
    const work = new CaseWork(now, contextOf);
    const late: number[] = [];
    for (const routed of cases) {
      const dueAt = wakeAtOf(routed.escalation) ?? now;
      const { stayed } = work.act(routed, { type: 'Woke' });
      // The row was due but its state is not: writing the state again puts the row right. A held step is put off.
      if (stayed !== undefined) work.put(work.latest(routed));
      else late.push(now - dueAt);
    }
    await this.parts.works.save(tx, work);
    tx.afterCommit(() => {
      this.parts.metrics.woken.inc(cases.length);
      for (const ms of late) this.parts.metrics.lateness.observe(ms / 1000);
    });
  }

  private async putOff({ id }: RoutedCase): Promise<void> {
    await this.parts.transactions.query('hot', {
      text: `UPDATE ${SCHEMA}.escalation SET wake_at = event_log.tocsin_now() + make_interval(secs => $2)
        WHERE case_id = $1 AND wake_at <= event_log.tocsin_now()`,
      values: [id.toString(), PUT_OFF_SECONDS],
    });
  }
}
