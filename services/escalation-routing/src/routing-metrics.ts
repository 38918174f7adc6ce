import { PRIORITIES } from '@tocsin/contracts';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What routing counts. Labels come from closed unions only. */
export class RoutingMetrics {
  readonly opened: Counter<'priority'>;
  readonly acts: Counter<'act' | 'outcome'>;
  readonly woken: Counter;
  readonly lateness: Histogram;
  readonly oldestDue: Gauge;
  readonly repaired: Counter;
  readonly failed: Counter;
  readonly coverageHoles: Gauge<'priority'>;
  readonly suppressed: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.opened = new Counter({
      name: 'tocsin_cases_opened_total',
      help: 'Cases opened',
      labelNames: ['priority'],
      registers,
    });
    for (const priority of PRIORITIES) this.opened.inc({ priority }, 0);
    this.acts = new Counter({
      name: 'tocsin_case_acts_total',
      help: 'Answers and acts of people on cases, by what became of them',
      labelNames: ['act', 'outcome'],
      registers,
    });
    this.woken = new Counter({
      name: 'tocsin_escalations_woken_total',
      help: 'Due escalations advanced',
      registers,
    });
    this.lateness = new Histogram({
      name: 'tocsin_escalation_lateness_seconds',
      help: 'From the time a step was due until it was decided',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
      registers,
    });
    this.oldestDue = new Gauge({
      name: 'tocsin_escalation_oldest_due_seconds',
      help: 'Age of the oldest escalation that is due and not advanced',
      registers,
    });
    this.repaired = new Counter({
      name: 'tocsin_escalations_repaired_total',
      help: 'Escalations that the auditor found without a wake-up and repaired',
      registers,
    });
    this.suppressed = new Counter({
      name: 'tocsin_escalations_suppressed_total',
      help: 'Escalations that something has begun to keep quiet',
      registers,
    });
    this.coverageHoles = new Gauge({
      name: 'tocsin_coverage_holes',
      help: 'Services for which nobody is paged in time at some instant of the next 90 days',
      labelNames: ['priority'],
      registers,
    });
    this.failed = new Counter({
      name: 'tocsin_escalations_failed_total',
      help: 'Due escalations that could not be advanced and were put off',
      registers,
    });
  }
}
