import { createHmac, timingSafeEqual } from 'node:crypto';

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * `stale`: the signature may be right, but its time is out of bounds. `unknown`: what it is checked with cannot be had
 * now, the sender should come back.
 */
export type Verdict = 'ok' | 'bad' | 'stale' | 'unknown';

/** Milliseconds that a sender's clock may differ from ours. */
const TOLERANCE = 5 * 60_000;

export interface SignedRequest {
  readonly headers: Headers;
  /** The bytes as they were sent (inflated). */
  readonly body: Buffer;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the config knows of a source's senders. */
export interface Trusted {
  /** Signing secrets as they stand in the config: any of them counts, so that they can be rotated. */
  readonly secrets: readonly string[];
  /** The vendor's names of who may send, such as topics; empty: the config names none. */
  readonly senders: readonly string[];
}

/** How one vendor signs its requests. Never throws, never rejects. */
export interface VendorSignature {
  /** Such a signature is proof without a secret of ours: it is made with a certificate of the vendor. */
  readonly byCertificate?: boolean;
  readonly isSigned: (headers: Headers) => boolean;
  readonly verify: (request: SignedRequest, trusted: Trusted) => Verdict | Promise<Verdict>;
}

/** A header that came once. */
export const headerOf = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** HMAC-SHA256 over the parts, one after the other. */
export const hmacOf = (key: string | Buffer, ...parts: readonly (string | Buffer)[]): Buffer =>
  parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest();

/** Is a time of signing near enough to ours? @param at milliseconds; NaN is never near */
export const freshness = (at: number, now: number): Verdict =>
  Math.abs(now - at) <= TOLERANCE ? 'ok' : 'stale';

/** Compares all with all: the time taken tells nothing. Lengths differ when a signature was cut. */
export function anyEqual(sent: readonly Buffer[], right: readonly Buffer[]): boolean {
  let found = false;
  for (const one of sent)
    for (const other of right) found = (one.length === other.length && timingSafeEqual(one, other)) || found;
  return found;
}
