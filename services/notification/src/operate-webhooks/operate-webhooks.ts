import type {
  OutgoingWebhookView,
  WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookDelivery,
  WebhookReplayQuery,
} from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { shownAddress } from '../channels/webhook/shown-address.js';
import type { Endpoint, WebhookBook } from '../send-webhooks/webhook-book.js';
import { readDeliveryLog } from './delivery-log.store.js';
import { pauseWebhook, recordTest, replayOne, replaySpan, resumeWebhook } from './operate-webhook.store.js';
import { readWebhooks, type WebhookCounts } from './webhook-list.store.js';

interface OperateParts {
  readonly db: Transactions;
  readonly book: WebhookBook;
  /** Something is due now. */
  readonly wake: () => void;
}

/** What people do with outgoing webhooks beside the config. */
export class OperateWebhooks {
  constructor(private readonly parts: OperateParts) {}

  one(tenant: string, name: string): Endpoint | undefined {
    return this.parts.book.one(tenant, name);
  }

  async list(tenant: string): Promise<OutgoingWebhookView[]> {
    const endpoints = this.parts.book.all().filter((endpoint) => endpoint.tenant === tenant);
    const kept = await readWebhooks(this.parts.db, endpoints);
    return endpoints.map((endpoint) =>
      this.viewOf(
        endpoint,
        kept.find(({ name }) => name === endpoint.name),
      ),
    );
  }

  log(endpoint: Endpoint, query: WebhookDeliveriesQuery): Promise<WebhookDeliveries> {
    return readDeliveryLog(this.parts.db, endpoint, query);
  }

  async pause(endpoint: Endpoint, by: string): Promise<OutgoingWebhookView> {
    await pauseWebhook(this.parts.db, endpoint, by);
    return this.shown(endpoint);
  }

  async resume(endpoint: Endpoint): Promise<OutgoingWebhookView> {
    await resumeWebhook(this.parts.db, endpoint);
    this.parts.wake();
    return this.shown(endpoint);
  }

  /** @returns whether it is sent; a stopped one sends nothing */
  async test(endpoint: Endpoint, test: { readonly id: string; readonly by: string }): Promise<boolean> {
    const { state, fault } = await this.shown(endpoint);
    if (state !== 'active' || fault !== undefined) return false;
    await recordTest(this.parts.db, endpoint, { ...test, at: Date.now() });
    this.parts.wake();
    return true;
  }

  async replayOne(
    endpoint: Endpoint,
    one: { readonly id: string; readonly by: string },
  ): Promise<WebhookDelivery['state'] | undefined> {
    const before = await replayOne(this.parts.db, endpoint, one);
    this.parts.wake();
    return before;
  }

  async replaySpan(endpoint: Endpoint, query: WebhookReplayQuery, by: string): Promise<number> {
    const replayed = await replaySpan(this.parts.db, endpoint, query, by);
    this.parts.wake();
    return replayed;
  }

  private async shown(endpoint: Endpoint): Promise<OutgoingWebhookView> {
    const [counts] = await readWebhooks(this.parts.db, [endpoint]);
    return this.viewOf(endpoint, counts);
  }

  private viewOf(endpoint: Endpoint, counts: WebhookCounts | undefined): OutgoingWebhookView {
    const { name, webhook } = endpoint;
    const secrets = this.parts.book.secretsOf(endpoint);
    return {
      name,
      address: shownAddress(webhook.url),
      events: webhook.events,
      ...(webhook.services === undefined ? {} : { services: webhook.services }),
      ...(webhook.when === undefined ? {} : { when: webhook.when }),
      rate: webhook.rate,
      ...stateOf(endpoint, counts),
      ...(secrets.ok ? {} : { fault: secrets.fault }),
      waiting: counts?.waiting ?? 0,
      ...(counts?.waitingSince == null ? {} : { waitingSince: counts.waitingSince }),
      dead: counts?.dead ?? 0,
    };
  }
}

function stateOf(
  { fingerprint }: Endpoint,
  counts: WebhookCounts | undefined,
): Pick<OutgoingWebhookView, 'state' | 'since' | 'by' | 'quietUntil'> {
  if (counts?.pausedAt != null)
    return {
      state: 'paused',
      since: counts.pausedAt,
      ...(counts.pausedBy === null ? {} : { by: counts.pausedBy }),
    };
  if (counts?.disabledAt != null && counts.disabledConfig === fingerprint)
    return { state: 'disabled', since: counts.disabledAt, by: 'HTTP 410' };
  return { state: 'active', ...(counts?.quietUntil == null ? {} : { quietUntil: counts.quietUntil }) };
}
