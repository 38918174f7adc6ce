import { SLA_KINDS, type SlaKind } from '@tocsin/contracts';
import { Counter, Histogram, type Registry } from 'prom-client';

/** What the SLA clocks count. */
export class SlaMetrics {
  readonly breached: Counter<'kind'>;
  readonly failed: Counter;
  readonly lateness: Histogram;

  constructor(registry: Registry) {
    const registers = [registry];
    this.breached = new Counter({
      name: 'tocsin_sla_breached_total',
      help: 'SLA targets that were missed',
      labelNames: ['kind'],
      registers,
    });
    for (const kind of SLA_KINDS) this.breached.inc({ kind } satisfies { kind: SlaKind }, 0);
    this.failed = new Counter({
      name: 'tocsin_sla_clocks_failed_total',
      help: 'Cases whose due SLA clocks could not be advanced and were put off',
      registers,
    });
    this.lateness = new Histogram({
      name: 'tocsin_sla_lateness_seconds',
      help: 'From the instant at which a clock was at risk or due until it was told',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
      registers,
    });
  }
}
