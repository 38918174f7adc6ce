import type { Loop } from '@tocsin/runtime';
import type { Logger } from 'pino';
import { type ClaimedWebhooks, MOST_AT_ONCE, type Room } from './claim-webhooks.js';
import { WEBHOOK_LEASE_SECONDS } from './claim-webhooks.store.js';
import { type Sending, WEBHOOK_DEADLINE_MS } from './send-webhook.js';
import type { Endpoint, WebhookBook } from './webhook-book.js';

interface SenderParts {
  readonly book: WebhookBook;
  readonly claim: (rooms: readonly Room[]) => Promise<ClaimedWebhooks>;
  readonly send: (sending: Sending) => Promise<void>;
  readonly monotonic: () => number;
  readonly log: Logger;
}

/** The poll is the truth; signals and the next due time only make it earlier. */
const POLL_MS = 1_000;
/** While others hold what is due; shorter would only burn the processor. */
const SHORTEST_MS = 5;
/** What is under way when the process stops may end within this; the rest is left to its lease. */
const STOP_MS = 5_000;

/**
 * Sends what is due to outgoing webhooks, beside the pages: on connections, a pool and slots of its own. Every instance
 * runs it; there is no leader.
 */
export class WebhookSender implements Loop {
  readonly name = 'send outgoing webhooks';
  private stopping = false;
  private woken = false;
  private rouse: (() => void) | undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly underWay = new Map<string, Set<Promise<void>>>();

  constructor(private readonly parts: SenderParts) {}

  start(): Promise<void> {
    this.running = this.run();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running;
    const ends = Promise.all([...this.underWay.values()].flatMap((sends) => [...sends]));
    await Promise.race([ends, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  }

  /** Something may be due earlier than the loop knows. */
  readonly wake = (): void => {
    this.woken = true;
    this.rouse?.();
  };

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const wait = await this.once();
      if (!this.stopping && !this.woken) await this.sleep(wait);
    }
  }

  /** @returns milliseconds to sleep */
  private async once(): Promise<number> {
    const { book, claim, monotonic, log } = this.parts;
    const able = book.all().flatMap((endpoint) => {
      const secrets = book.secretsOf(endpoint);
      const free = MOST_AT_ONCE - this.countOf(endpoint);
      return secrets.ok && free > 0 ? [{ endpoint, secrets: secrets.values, free }] : [];
    });
    if (able.length === 0) return POLL_MS;
    const claimedAt = monotonic();
    try {
      const { claimed, next } = await claim(able);
      // A process that was stopped for a while comes back with claims that others have taken over.
      if (monotonic() - claimedAt > WEBHOOK_LEASE_SECONDS * 1000 - WEBHOOK_DEADLINE_MS) return 0;
      for (const one of claimed) {
        const to = able.find(
          ({ endpoint }) => endpoint.tenant === one.tenant && endpoint.name === one.webhook,
        );
        if (to !== undefined) this.begin({ endpoint: to.endpoint, secrets: to.secrets, claimed: one });
      }
      return Math.min(Math.max(next ?? POLL_MS, SHORTEST_MS), POLL_MS);
    } catch (err) {
      log.warn({ err }, 'could not claim outgoing webhooks');
      return POLL_MS;
    }
  }

  private begin(sending: Sending): void {
    const sends = this.sendsTo(sending.endpoint);
    const { log, send } = this.parts;
    const end = send(sending)
      .catch((err: unknown) => {
        const { id, webhook } = sending.claimed;
        log.warn({ err, webhook, delivery: id }, 'the end of an outgoing webhook could not be recorded');
      })
      .finally(() => {
        sends.delete(end);
        this.wake();
      });
    sends.add(end);
  }

  private countOf = (endpoint: Endpoint): number => this.sendsTo(endpoint).size;

  private sendsTo({ tenant, name }: Endpoint): Set<Promise<void>> {
    const key = `${tenant}/${name}`;
    const sends = this.underWay.get(key) ?? new Set();
    this.underWay.set(key, sends);
    return sends;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const rouse = (): void => {
        clearTimeout(timer);
        this.rouse = undefined;
        resolve();
      };
      const timer = setTimeout(rouse, Math.ceil(ms));
      this.rouse = rouse;
    });
  }
}
