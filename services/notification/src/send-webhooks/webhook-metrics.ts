import type { WebhookVerdict } from '@tocsin/rules';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What operations watch of outgoing webhooks. Labels are names of the config. */
export class WebhookMetrics {
  readonly fenced: Counter;
  readonly waiting: Gauge<'webhook'>;
  readonly oldest: Gauge<'webhook'>;
  readonly stopped: Gauge<'webhook'>;
  private readonly requests: Counter<'webhook' | 'result'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.requests = new Counter({
      name: 'tocsin_outgoing_webhook_requests_total',
      help: 'Requests that ended: delivered, again (to be tried again), dead (given up) or disable (410)',
      labelNames: ['webhook', 'result'],
      registers,
    });
    this.fenced = new Counter({
      name: 'tocsin_outgoing_webhook_fenced_total',
      help: 'Ends of requests refused because another process had taken the delivery over',
      registers,
    });
    this.waiting = new Gauge({
      name: 'tocsin_outgoing_webhook_waiting',
      help: 'Deliveries that are not over',
      labelNames: ['webhook'],
      registers,
    });
    this.oldest = new Gauge({
      name: 'tocsin_outgoing_webhook_oldest_seconds',
      help: 'Age of the oldest delivery that is not over',
      labelNames: ['webhook'],
      registers,
    });
    this.stopped = new Gauge({
      name: 'tocsin_outgoing_webhook_stopped',
      help: '1 while nothing is sent: paused, disabled by a 410, or without a usable secret',
      labelNames: ['webhook'],
      registers,
    });
  }

  ended(webhook: string, result: WebhookVerdict['type']): void {
    this.requests.inc({ webhook, result });
  }
}
