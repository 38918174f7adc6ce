import { Counter, Gauge, type Registry } from 'prom-client';
import type { ApprovalStore } from './approval.store.js';

/** How often one person passed over the second one, and what of it still waits for a review. */
export class GlassMetrics {
  readonly broken: Counter;

  constructor(registry: Registry, approvals: ApprovalStore) {
    this.broken = new Counter({
      name: 'tocsin_config_break_glass_total',
      help: 'Revisions that one person applied although they needed a second approver',
      registers: [registry],
    });
    new Gauge({
      name: 'tocsin_config_break_glass_unreviewed',
      help: 'Of those, revisions that no other operator has reviewed',
      registers: [registry],
      async collect() {
        // A scrape must not fail because the database is away; the last known count stands.
        const count = await approvals.countUnreviewed().catch(() => undefined);
        if (count !== undefined) this.set(count);
      },
    });
  }
}
