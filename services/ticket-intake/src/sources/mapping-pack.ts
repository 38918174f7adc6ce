import type { TicketEvent } from '@tocsin/contracts';
import type { Headers, VendorSignature } from '../authenticate-sender/signature.js';
import type { ParsedBody } from '../receive-event/parse-body.js';

/** A vendor's event in our words, before id, tenant, lane and bounds are settled. Pure data. */
export interface MappedEvent {
  /** What identifies this event to its sender: equal for a retry, different for anything new. */
  readonly senderId: string;
  /**
   * `senderId` of the event that this one ends, where its vendor says the same again when it begins anew: a repeat
   * after this event is then a new event.
   */
  readonly ends?: string;
  readonly kind: TicketEvent['kind'];
  readonly type: TicketEvent['type'];
  readonly key: string;
  /** Absent: the order is found from `occurredAt` or, when that is missing or untrustworthy, from receipt. */
  readonly version?: TicketEvent['version'];
  /** Vendors whose times are the alert's, not the event's: ordered as they come in. */
  readonly orderedByReceipt?: boolean;
  /** Milliseconds since 1970. */
  readonly occurredAt?: number | undefined;
  readonly subject?: string | undefined;
  readonly body?: string | undefined;
  readonly category?: string | undefined;
  readonly market?: string | undefined;
  readonly language?: string | undefined;
  readonly channel?: string | undefined;
  readonly severity?: string | undefined;
  readonly status?: TicketEvent['status'];
  readonly service?: string | undefined;
  readonly affected?: number | undefined;
  readonly tags?: readonly string[];
  readonly requester?: TicketEvent['requester'];
  readonly author?: TicketEvent['author'];
  readonly link?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly flags?: readonly string[];
  /** The part of the body that is this event's own raw form; absent: the whole body. */
  readonly part?: unknown;
  /** Kept as received, handed to nobody: event types that we take but do not use. */
  readonly recordOnly?: boolean;
}

export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

/** A part of a body that could not be mapped, beside others that could. */
export interface Unmapped {
  readonly reason: string;
  readonly part?: unknown;
}

export type Mapping =
  | { readonly ok: true; readonly events: readonly MappedEvent[]; readonly unmapped?: readonly Unmapped[] }
  | { readonly ok: false; readonly reason: string; readonly faults: readonly Fault[] };

export interface MappingContext {
  readonly headers: Headers;
  /** SHA-256 in hex of the parsed body in canonical form: the same for every retry. Costs a walk: ask only where needed. */
  readonly bodyHash: () => string;
  /** Draws a text that was never used before, for events to which their vendor gives no identity. */
  readonly freshId: () => string;
}

/** How a request ended, before it is said in the vendor's words. */
export interface Told {
  readonly status: number;
  /** Of the request, in lower case; empty where it had none. */
  readonly mediaType: string;
  /** Why it is refused, in the sender's language; absent: all of it is durable. */
  readonly refused?: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
}

/**
 * All that is particular to one vendor: how its requests are known, read, understood and answered. Pure: the same body
 * and context give the same mapping.
 */
export interface MappingPack {
  /** `kind` of a source in the config. */
  readonly kind: string;
  /** Goes up with every change of what it maps to; stored with what is quarantined. */
  readonly version: number;
  /** Bytes of one inflated body. */
  readonly bodyLimit: number;
  /** What its senders may post besides `application/json`. */
  readonly mediaTypes?: readonly string[];
  /** The vendor's own signature; Standard Webhooks counts for every source. */
  readonly signature?: VendorSignature;
  /** Its senders can set no header: the key may stand in the address, as `?key=…`. */
  readonly keyInAddress?: boolean;
  /** The vendor's name of who sent a body, compared with the `senders` of the config. */
  readonly senderOf?: (body: unknown) => string | undefined;
  /** Reads what is not JSON. */
  readonly read?: (text: string, headers: Headers) => ParsedBody;
  /** Headers from which the mapping reads; kept in quarantine, so that a re-drive maps as the first try would have. */
  readonly idHeaders?: readonly string[];
  /** Does what its vendor asks for before it sends events. Called for bodies that are proven; false: ask again. */
  readonly confirm?: (body: unknown) => Promise<boolean>;
  /** Headers that answer an OPTIONS request, with which its senders ask whether they may send. */
  readonly handshake?: (headers: Headers) => Readonly<Record<string, string>>;
  /** Answers in the vendor's words where ours would be misunderstood. */
  readonly answer?: (told: Told) => VendorAnswer | undefined;
  /** Does a body that breaks the format get 422? Our own published schema does; vendors drop on 4xx. */
  readonly refusesFaults: boolean;
  /** The status with which this vendor's senders are told to come back; see docs/sources. */
  readonly comeBack: 429 | 503;
  readonly map: (body: unknown, context: MappingContext) => Mapping;
}

export const KIB = 1024;
export const MIB = 1024 * KIB;

export const failed = (reason: string, faults: readonly Fault[] = []): Mapping => ({
  ok: false,
  reason,
  faults,
});
