import type { Transactions } from '@tocsin/event-log';
import { RepeatedLoop } from '@tocsin/runtime';
import type { Logger } from 'pino';
import { readOpenAge } from './claim.store.js';
import type { DeliveryMetrics } from './delivery-metrics.js';

const AUDIT_MS = 15_000;

/** Looks for what the claim loop should have taken and did not; counts it, says it and wakes the loop. */
export class AttemptAuditor extends RepeatedLoop {
  readonly name = 'audit attempts';

  constructor(
    private readonly db: Transactions,
    private readonly metrics: DeliveryMetrics,
    private readonly log: Logger,
    private readonly wake: () => void,
  ) {
    super({ everyMs: AUDIT_MS, log, failed: 'could not audit attempts' });
  }

  protected async round(): Promise<void> {
    const { oldest, stuck } = await readOpenAge(this.db);
    this.metrics.oldestDue.set(oldest);
    this.metrics.stuck.set(stuck);
    if (stuck === 0) return;
    this.log.error({ stuck, oldest }, 'attempts are overdue and nobody holds them');
    this.wake();
  }
}
