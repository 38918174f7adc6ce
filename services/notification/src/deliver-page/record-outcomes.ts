import { addressMark } from '@tocsin/connections';
import { type Lane, LANES } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { Batcher } from '../ledger/batcher.js';
import { ArrivalStore, type InlineLog, isArrival } from './arrival.store.js';
import type { DeliveryMetrics } from './delivery-metrics.js';
import type { EndedDelivery } from './delivery.js';
import { type Ended, settle } from './settle.js';

interface RecordParts {
  readonly db: Transactions;
  readonly eventLog: InlineLog;
  readonly token: string;
  readonly metrics: DeliveryMetrics;
  /** Something may be due at once: a further try, or the next method. */
  readonly wake: () => void;
}

/** Outcomes wait this long for company: one statement then writes them all. */
const COLLECT_MS = 5;
const MOST_OUTCOMES = 500;

/**
 * The last stage. Resolves when the outcome is committed, or known to be refused by the fence.
 * Rejects when the database could not be reached: the lease runs out and the attempt becomes `unknown`.
 */
export function recordOutcomes(parts: RecordParts): (ended: EndedDelivery) => Promise<void> {
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, batcherOf(parts, lane)])) as Record<
    Lane,
    Batcher<Ended, undefined>
  >;
  return async (ended) => {
    await lanes[ended.lane].add({
      attempt: ended.attempt,
      token: parts.token,
      ending: ended.ending,
      deadAddress: deadAddressOf(ended),
      traceparent: ended.traceparent,
    });
  };
}

/** A fault of our own settings says nothing of the address; of a method that is gone there is none. */
function deadAddressOf({ ending, address }: EndedDelivery): string | undefined {
  if (ending.type !== 'permanent' || ending.of !== 'address') return undefined;
  if (address?.kind === 'webhook') return addressMark({ webhook: address.url });
  return address?.kind === 'email' ? addressMark({ email: address.to }) : undefined;
}

function batcherOf({ db, eventLog, metrics, wake }: RecordParts, lane: Lane): Batcher<Ended, undefined> {
  const arrivals = new ArrivalStore(db, eventLog);
  return new Batcher({ wait: COLLECT_MS, most: MOST_OUTCOMES }, async (ended) => {
    const arrived = ended.filter(isArrival);
    const others = ended.filter((e) => !isArrival(e));
    const recorded = arrived.length === 0 ? [] : await arrivals.record(lane, arrived);
    const settled =
      others.length === 0 ? undefined : await db.run(lane, (tx) => settle(tx, eventLog, others));
    const all = [...recorded, ...(settled?.recorded ?? [])];
    for (const { channel, state } of all) metrics.attempts.inc({ channel, state });
    if (all.length < ended.length) metrics.fenced.inc(ended.length - all.length);
    if (settled?.wake === true) wake();
    return ended.map(() => undefined);
  });
}
