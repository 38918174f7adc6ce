import type { Instant, Language, PageRequested, Seconds } from '@tocsin/contracts';
import type { AttemptId } from '../ledger/attempt.js';

/** Where a contact method leads, with its secret resolved. `sandbox` stands in for push, SMS and calls as well. */
export type Address =
  | { readonly kind: 'webhook'; readonly url: string; readonly secret?: string | undefined }
  | { readonly kind: 'email'; readonly to: string }
  | { readonly kind: 'sandbox'; readonly as: 'sandbox' | 'push' | 'sms' | 'call' };

/** A page, rendered for one person and ready to leave by any channel. */
export interface PageMessage {
  /** The page key (S5): the same on every try. */
  readonly key: string;
  readonly attempt: AttemptId;
  readonly page: PageRequested;
  readonly language: Language;
  /** One line, free of control characters. */
  readonly headline: string;
  /** The whole page as plain text. */
  readonly text: string;
  readonly html: string;
  readonly answerUrl: string;
  /** An earlier try may have arrived; the text says so too. */
  readonly repeat: boolean;
  /** The database's clock when the attempt was claimed. */
  readonly at: Instant;
  readonly traceparent?: string | undefined;
}

/** What became of one try (wire formats, channels out). The pipeline only switches on `type`. */
export type DeliveryOutcome =
  | { readonly type: 'delivered' | 'accepted'; readonly externalId?: string | undefined }
  /** Surely not delivered: the same method is tried again, not before `after` seconds. */
  | { readonly type: 'retryable'; readonly after?: Seconds | undefined; readonly reason: string }
  /** Never again on this method: the next one at once. */
  | { readonly type: 'permanent'; readonly of: 'address' | 'config'; readonly reason: string }
  /** Handed over, but whether it arrived is not known. */
  | { readonly type: 'unknown'; readonly reason: string };

/** One way out. Never rejects for a failed delivery: that is an outcome. */
export interface Channel<A extends Address = Address> {
  deliver(message: PageMessage, address: A, signal: AbortSignal): Promise<DeliveryOutcome>;
}

export type Channels = { readonly [K in Address['kind']]: Channel<Extract<Address, { kind: K }>> };

export function deliverBy(
  channels: Channels,
  message: PageMessage,
  address: Address,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  switch (address.kind) {
    case 'webhook':
      return channels.webhook.deliver(message, address, signal);
    case 'email':
      return channels.email.deliver(message, address, signal);
    case 'sandbox':
      return channels.sandbox.deliver(message, address, signal);
  }
}
