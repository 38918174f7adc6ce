import { LANES, type Lane } from '@tocsin/contracts';
import type { Logger } from 'pino';
import { attemptIdText } from '../ledger/attempt.js';
import type { Delivery } from './delivery.js';

/** Attempts being sent at once. Each lane has its own, so that nothing queues in front of P1 and P2. */
export const CONCURRENCY: Readonly<Record<Lane, number>> = { hot: 32, cold: 16 };

/** Sent and not yet recorded, per lane: what a kill would make us repeat. Beyond it nothing new is sent. */
const MOST_UNRECORDED = 256;

interface DispatcherParts {
  /** Resolves when the outcome is recorded; `onSent` when the provider is done, which frees the place for the next. */
  readonly deliver: (delivery: Delivery, onSent: () => void) => Promise<void>;
  readonly log: Logger;
  readonly concurrency?: Readonly<Record<Lane, number>>;
  readonly mostUnrecorded?: number;
}

/** Runs claimed attempts through the pipeline, so many at a time. What it holds, the lease keeper renews. */
export class Dispatcher {
  private readonly queues: Record<Lane, Delivery[]> = { hot: [], cold: [] };
  private readonly sending: Record<Lane, number> = { hot: 0, cold: 0 };
  private readonly unrecorded: Record<Lane, number> = { hot: 0, cold: 0 };
  private readonly inHand = new Map<string, Delivery>();
  private idle: (() => void)[] = [];

  constructor(private readonly parts: DispatcherParts) {}

  /** Takes claimed attempts; those in hand already are left alone. */
  take(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      const id = attemptIdText(delivery.attempt);
      if (this.inHand.has(id)) continue;
      this.inHand.set(id, delivery);
      this.queues[delivery.lane].push(delivery);
    }
    for (const lane of LANES) this.pump(lane);
  }

  /** Everything claimed that has no recorded outcome yet. */
  held(): readonly Delivery[] {
    return [...this.inHand.values()];
  }

  /** How many wait for a free place: a claim loop takes no more while this is long. */
  waiting(lane: Lane): number {
    return this.queues[lane].length;
  }

  /** Resolves when nothing is in hand. */
  drained(): Promise<void> {
    return this.inHand.size === 0 ? Promise.resolve() : new Promise((resolve) => this.idle.push(resolve));
  }

  private pump(lane: Lane): void {
    const { concurrency = CONCURRENCY, mostUnrecorded = MOST_UNRECORDED } = this.parts;
    while (this.sending[lane] < concurrency[lane] && this.unrecorded[lane] < mostUnrecorded) {
      const next = this.queues[lane].shift();
      if (next === undefined) return;
      void this.run(next);
    }
  }

  private async run(delivery: Delivery): Promise<void> {
    const { lane } = delivery;
    this.sending[lane] += 1;
    let isSending = true;
    const onSent = (): void => {
      if (!isSending) return;
      isSending = false;
      this.sending[lane] -= 1;
      this.unrecorded[lane] += 1;
      this.pump(lane);
    };
    try {
      await this.parts.deliver(delivery, onSent);
    } catch (err) {
      // The outcome could not be written. The lease runs out, and the attempt is taken up again as `unknown`.
      this.parts.log.warn({ err, caseId: delivery.attempt.caseId }, 'attempt left to its lease');
    } finally {
      onSent();
      this.unrecorded[lane] -= 1;
      this.inHand.delete(attemptIdText(delivery.attempt));
      if (this.inHand.size === 0) for (const resolve of this.idle.splice(0)) resolve();
      this.pump(lane);
    }
  }
}
