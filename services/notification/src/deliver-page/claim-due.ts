import type { EventLog, Transactions } from '@tocsin/event-log';
import { laneOf } from '@tocsin/contracts';
import type { ContactBook } from '../contact-methods/contact-book.js';
import { LEASE_SECONDS } from '../ledger/attempt.js';
import { attemptRecorded, deliveryEvent } from '../ledger/delivery-events.js';
import { addedMethodOf, cancelPlanned, type DueAttempt, handToUs, lockDue, pageOf } from './claim.store.js';
import type { Delivery } from './delivery.js';
import { settle } from './settle.js';

interface ClaimParts {
  readonly db: Transactions;
  readonly eventLog: EventLog;
  readonly contacts: ContactBook;
  readonly token: string;
  readonly monotonic: () => number;
}

export interface Claimed {
  readonly deliveries: readonly Delivery[];
  /** There may be more. */
  readonly again: boolean;
}

/** Attempts looked at in one transaction. */
const MOST_CLAIMED = 200;

/**
 * Takes what is due: planned attempts are handed to us, those of answered cases are cancelled. Attempts whose holder
 * died or lost its lease are closed as `unknown`; what follows from that is planned like after any failure.
 */
export async function claimDue(parts: ClaimParts, deadTokens: readonly string[]): Promise<Claimed> {
  const claimedAt = parts.monotonic();
  return parts.db.run('hot', async (tx) => {
    const due = await lockDue(tx, deadTokens, MOST_CLAIMED);
    const planned = due.filter(({ state }) => state === 'planned');
    const ours = planned.filter(({ stopped }) => stopped === null);
    const cancelled = planned.filter(({ stopped }) => stopped !== null);
    const left = due.filter(({ state }) => state === 'handed');
    if (ours.length > 0) await handToUs(tx, ours, parts.token);
    if (cancelled.length > 0) {
      await cancelPlanned(tx, cancelled);
      await parts.eventLog.append(tx, cancelled.map(cancellation));
    }
    const settled = left.length > 0 ? await settle(tx, parts.eventLog, left.map(abandoned)) : undefined;
    return {
      deliveries: ours.map((attempt) => deliveryOf(attempt, parts, claimedAt)),
      again: due.length === MOST_CLAIMED || settled?.wake === true,
    };
  });
}

const cancellation = (due: DueAttempt) =>
  deliveryEvent(
    attemptRecorded(due, 'cancelled', due.now, { reason: due.stopped ?? undefined }),
    due.priority,
    due.traceparent ?? undefined,
  );

const abandoned = (due: DueAttempt) => ({
  attempt: due,
  token: due.token ?? '0',
  ending: { type: 'abandoned', reason: 'its process died or lost its lease' } as const,
  traceparent: due.traceparent ?? undefined,
});

function deliveryOf(due: DueAttempt, { contacts }: ClaimParts, claimedAt: number): Delivery {
  return {
    attempt: due,
    page: pageOf(due),
    traceparent: due.traceparent ?? undefined,
    lane: laneOf(due.priority),
    address: contacts.addressOf(due.person, due.method, addedMethodOf(due)),
    language: contacts.languageOf(due.person),
    dueAt: due.dueAt,
    claimedAt: due.now,
    lease: { claimedAt, heldUntil: claimedAt + LEASE_SECONDS * 1000, begun: false },
  };
}
