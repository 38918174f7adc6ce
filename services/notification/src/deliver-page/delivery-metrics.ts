import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What operations watch of deliveries. Label values come from closed sets only. */
export class DeliveryMetrics {
  readonly attempts: Counter<'channel' | 'state'>;
  readonly fenced: Counter;
  readonly latency: Histogram<'lane'>;
  readonly oldestDue: Gauge;
  readonly stuck: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.attempts = new Counter({
      name: 'tocsin_attempts_total',
      help: 'Attempts that ended, by channel and state',
      labelNames: ['channel', 'state'],
      registers,
    });
    this.fenced = new Counter({
      name: 'tocsin_attempts_fenced_total',
      help: 'Outcomes refused because another process had taken the attempt over',
      registers,
    });
    this.latency = new Histogram({
      name: 'tocsin_page_latency_seconds',
      help: 'From due to handed to the channel',
      labelNames: ['lane'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
      registers,
    });
    this.oldestDue = new Gauge({
      name: 'tocsin_attempts_oldest_due_seconds',
      help: 'Age of the oldest attempt that is due and not closed',
      registers,
    });
    this.stuck = new Gauge({
      name: 'tocsin_attempts_stuck',
      help: 'Attempts due for more than 10 s that nobody holds',
      registers,
    });
  }
}
