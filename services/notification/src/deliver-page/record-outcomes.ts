import { type Lane, LANES } from '@tocsin/contracts';
import type { EventLog, Transactions } from '@tocsin/event-log';
import { Batcher } from '../ledger/batcher.js';
import type { DeliveryMetrics } from './delivery-metrics.js';
import type { EndedDelivery } from './delivery.js';
import { type Ended, settle, type Settled } from './settle.js';

interface RecordParts {
  readonly db: Transactions;
  readonly eventLog: EventLog;
  readonly token: string;
  readonly metrics: DeliveryMetrics;
  /** Something may be due at once: a further try, or the next method. */
  readonly wake: () => void;
}

/** Outcomes wait this long for company: one statement then writes them all. */
const COLLECT_MS = 2;
const MOST_OUTCOMES = 500;

/**
 * The last stage. Resolves when the outcome is committed, or known to be refused by the fence.
 * Rejects when the database could not be reached: the lease runs out and the attempt becomes `unknown`.
 */
export function recordOutcomes(parts: RecordParts): (ended: EndedDelivery) => Promise<void> {
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, batcherOf(parts, lane)])) as Record<Lane, Batcher<Ended, undefined>>;
  return async (ended) => {
    await lanes[ended.lane].add({
      attempt: ended.attempt,
      token: parts.token,
      ending: ended.ending,
      traceparent: ended.traceparent,
    });
  };
}

function batcherOf({ db, eventLog, metrics, wake }: RecordParts, lane: Lane): Batcher<Ended, undefined> {
  return new Batcher({ wait: COLLECT_MS, most: MOST_OUTCOMES }, async (ended) => {
    const settled: Settled = await db.run(lane, (tx) => settle(tx, eventLog, ended));
    for (const { channel, state } of settled.recorded) metrics.attempts.inc({ channel, state });
    if (settled.recorded.length < ended.length) metrics.fenced.inc(ended.length - settled.recorded.length);
    if (settled.wake) wake();
    return ended.map(() => undefined);
  });
}
