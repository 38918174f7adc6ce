import type { Transactions } from '@tocsin/event-log';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import { SCHEMA } from '../escalation-routing.migration.js';
import { ONE_NOW } from '../json-rows.js';
import type { RoutingMetrics } from '../routing-metrics.js';
import type { WakeSignal } from '../wake-signal.js';

const EVERY_MS = 15_000;
/** Seconds after which a due escalation that nobody has claimed is a fault. */
const UNCLAIMED_SECONDS = 10;
/** Kept answers are removed in small deletes, so that no vacuum or lock is felt. */
const SWEEP_AT_ONCE = 1000;

export interface AuditFindings {
  /** What waits without a wake-up (L3): given one. */
  readonly repaired: readonly string[];
  readonly unclaimed: number;
  /** Seconds; 0 when nothing is due. */
  readonly oldestDue: number;
}

/** Looks for what must never be, repairs it, counts it and says so: a repair means that there is a bug elsewhere. */
export class AuditEscalations extends RepeatedLoop {
  readonly name = 'audit escalations';

  constructor(
    private readonly transactions: Transactions,
    private readonly metrics: RoutingMetrics,
    private readonly wake: WakeSignal,
    private readonly log: Host['log'],
  ) {
    super({ everyMs: EVERY_MS, log, failed: 'audit could not be made' });
  }

  async audit(): Promise<AuditFindings> {
    const repaired = await this.repairLimbo();
    const [due] = await this.transactions.query<{ unclaimed: number; oldest: number }>('cold', {
      name: 'routing.audit-due',
      text: `SELECT count(*)::int AS unclaimed,
          coalesce(extract(epoch FROM ${ONE_NOW} - min(wake_at)), 0)::float8 AS oldest
        FROM ${SCHEMA}.escalation WHERE wake_at < ${ONE_NOW} - make_interval(secs => $1)`,
      values: [UNCLAIMED_SECONDS],
    });
    await this.sweepAnswers();
    return { repaired, unclaimed: due?.unclaimed ?? 0, oldestDue: due?.oldest ?? 0 };
  }

  protected async round(): Promise<void> {
    const { repaired, unclaimed, oldestDue } = await this.audit();
    this.metrics.oldestDue.set(oldestDue);
    this.metrics.repaired.inc(repaired.length);
    if (repaired.length > 0)
      this.log.error({ cases: repaired }, 'escalations without a wake-up were repaired');
    if (unclaimed > 0) this.log.error({ unclaimed, oldestDue }, 'escalations are due and nobody claims them');
    if (repaired.length + unclaimed > 0) this.wake.tell(0);
  }

  /** Makes them due now: the engine then decides what they really wait for, and the row is put right. */
  private async repairLimbo(): Promise<readonly string[]> {
    const rows = await this.transactions.query<{ id: string }>('cold', {
      name: 'routing.repair-limbo',
      text: `UPDATE ${SCHEMA}.escalation SET wake_at = event_log.tocsin_now(), fence = fence + 1
        WHERE wake_at IS NULL AND status IN ('running', 'exhausted', 'held', 'snoozed', 'suppressed') RETURNING case_id::text AS id`,
      values: [],
    });
    return rows.map(({ id }) => id);
  }

  private async sweepAnswers(): Promise<void> {
    await this.transactions.query('cold', {
      name: 'routing.sweep-answers',
      text: `DELETE FROM ${SCHEMA}.kept_answer WHERE (tenant, actor, key) IN (
          SELECT tenant, actor, key FROM ${SCHEMA}.kept_answer
          WHERE kept_at < ${ONE_NOW} - interval '24 hours' LIMIT ${SWEEP_AT_ONCE})`,
      values: [],
    });
  }
}
