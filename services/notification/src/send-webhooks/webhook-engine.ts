import { type AddressGuard, guardedAgent, resolveAll } from '@tocsin/connections';
import type { Transactions } from '@tocsin/event-log';
import { failpoints, type HealthCheck, type Host, type Loop } from '@tocsin/runtime';
import { OperateWebhooks } from '../operate-webhooks/operate-webhooks.js';
import { claimWebhooks } from './claim-webhooks.js';
import { RecordDeliveries } from './record-deliveries.js';
import { sendWebhook, WEBHOOK_DEADLINE_MS } from './send-webhook.js';
import { WebhookAuditor } from './webhook-auditor.loop.js';
import type { WebhookBook } from './webhook-book.js';
import { WEBHOOK_FAILPOINTS } from './webhook-failpoints.js';
import { WebhookMetrics } from './webhook-metrics.js';
import { WebhookSender } from './webhook-sender.loop.js';

interface EngineParts extends Pick<Host, 'log' | 'metrics'> {
  readonly db: Transactions;
  readonly guard: AddressGuard;
  readonly book: WebhookBook;
  readonly failpoint: string | undefined;
  readonly publicUrl: () => string;
}

/** Everything between an event and its recorded delivery to outgoing webhooks, wired together. */
export interface WebhookEngine {
  readonly record: RecordDeliveries;
  readonly operate: OperateWebhooks;
  readonly loops: readonly Loop[];
  readonly check: HealthCheck;
  close(): Promise<void>;
}

export function openWebhooks({ db, guard, book, log, publicUrl, ...parts }: EngineParts): WebhookEngine {
  const agent = guardedAgent(guard, resolveAll, WEBHOOK_DEADLINE_MS);
  const metrics = new WebhookMetrics(parts.metrics);
  const pass = failpoints(parts.failpoint, WEBHOOK_FAILPOINTS);
  const sender = new WebhookSender({
    ...{ book, log },
    monotonic: () => performance.now(),
    claim: (rooms) => claimWebhooks(db, rooms),
    send: (sending) => sendWebhook({ db, agent, pass, metrics, log, publicUrl }, sending),
  });
  const auditor = new WebhookAuditor({ db, book, metrics, log });
  return {
    record: new RecordDeliveries({ book, log, wake: sender.wake }),
    operate: new OperateWebhooks({ db, book, wake: sender.wake }),
    loops: [sender, auditor],
    check: auditor.check,
    close: () => agent.destroy(),
  };
}
