import { OUTGOING_TEXTS, say } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { type HealthCheck, type Loop, Repeated } from '@tocsin/runtime';
import type { Logger } from 'pino';
import { endRemoved, readWebhooks, type WebhookCounts } from '../operate-webhooks/webhook-list.store.js';
import type { Endpoint, WebhookBook } from './webhook-book.js';
import type { WebhookMetrics } from './webhook-metrics.js';

interface AuditParts {
  readonly db: Transactions;
  readonly book: WebhookBook;
  readonly metrics: WebhookMetrics;
  readonly log: Logger;
}

const AUDIT_MS = 15_000;

/** Measures what waits, says what cannot be sent, and ends what waits for an endpoint that the config has no more. */
export class WebhookAuditor implements Loop {
  readonly name = 'audit outgoing webhooks';
  private readonly rounds = new Repeated(AUDIT_MS, () => this.audit());
  private troubles: readonly string[] = [];

  constructor(private readonly parts: AuditParts) {}

  start(): Promise<void> {
    return this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Not required: pages go out all the same. */
  readonly check: HealthCheck = {
    name: 'outgoing webhooks',
    required: false,
    check: () =>
      Promise.resolve(
        this.troubles.length === 0 ? { ok: true } : { ok: false, detail: this.troubles.join('; ') },
      ),
  };

  async audit(): Promise<void> {
    const { db, book, metrics, log } = this.parts;
    if (!book.hasConfig()) return;
    try {
      const removed = await endRemoved(db, book.all(), OUTGOING_TEXTS.removed.en);
      if (removed > 0)
        log.error({ removed }, 'outgoing webhooks that the config has no more were not delivered');
      const kept = await readWebhooks(db, book.all());
      const troubles = book.all().flatMap((endpoint) => {
        const counts = kept.find(({ tenant, name }) => tenant === endpoint.tenant && name === endpoint.name);
        const trouble = this.stopOf(endpoint, counts);
        const dead = counts?.deadToday ?? 0;
        metrics.waiting.set({ webhook: endpoint.name }, counts?.waiting ?? 0);
        metrics.oldest.set({ webhook: endpoint.name }, counts?.oldest ?? 0);
        metrics.stopped.set({ webhook: endpoint.name }, trouble === undefined ? 0 : 1);
        const given =
          dead === 0 ? [] : [`${endpoint.name}: ${dead} deliveries of the last 24 h were given up`];
        return [...(trouble === undefined ? [] : [`${endpoint.name}: ${trouble}`]), ...given];
      });
      const news = troubles.filter((trouble) => !this.troubles.includes(trouble));
      if (news.length > 0) log.error({ webhooks: news }, 'outgoing webhooks do not arrive');
      this.troubles = troubles;
    } catch (err) {
      log.warn({ err }, 'could not audit outgoing webhooks');
    }
  }

  /** Why nothing is sent to it. */
  private stopOf(endpoint: Endpoint, counts: WebhookCounts | undefined): string | undefined {
    const secrets = this.parts.book.secretsOf(endpoint);
    if (!secrets.ok) return say(OUTGOING_TEXTS.noSecret, 'en', { fault: secrets.fault });
    if (counts?.pausedBy !== undefined && counts.pausedBy !== null) return `paused by ${counts.pausedBy}`;
    return counts?.disabledConfig === endpoint.fingerprint
      ? 'disabled, its receiver answered 410'
      : undefined;
  }
}
