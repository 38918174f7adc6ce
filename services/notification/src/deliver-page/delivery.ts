import type { Instant, Lane, Language, PageRequested } from '@tocsin/contracts';
import type { Address, DeliveryOutcome, PageMessage } from '../channels/channel.js';
import type { AttemptFacts } from '../ledger/attempt.js';

/** An attempt that this process has claimed: it stands as `handed` in the ledger, with our token and a lease. */
export interface Delivery {
  readonly attempt: AttemptFacts;
  readonly page: PageRequested;
  readonly traceparent?: string | undefined;
  readonly lane: Lane;
  /** undefined when the method is gone since the plan. */
  readonly address: Address | undefined;
  readonly language: Language;
  /** When the attempt was due, and the database's clock at the claim. */
  readonly dueAt: Instant;
  readonly claimedAt: Instant;
  readonly lease: Lease;
}

/**
 * What this process believes of its lease, by its own monotonic clock: that one also runs while the process is
 * stopped, so a process that wakes from a long sleep knows that it has lost its leases without asking anybody.
 */
export interface Lease {
  /** Monotonic milliseconds. */
  readonly claimedAt: number;
  heldUntil: number;
  /** Sent or being sent: a renewal then only keeps others away, it can no longer stop the attempt. */
  begun: boolean;
}

export interface RenderedDelivery extends Delivery {
  readonly address: Address;
  readonly message: PageMessage;
}

/**
 * Every delivery ends with one: an outcome of a channel, the reason why nothing was sent, or `abandoned`: its process
 * died or lost its lease, so that whether it was sent is not known.
 */
export type Ending = DeliveryOutcome | { readonly type: 'cancelled' | 'abandoned'; readonly reason: string };

export interface EndedDelivery extends Delivery {
  readonly ending: Ending;
}
