import type { Instant } from '@tocsin/contracts';

/** Requests that may leave at once, and when that was so. */
export interface Bucket {
  readonly tokens: number;
  readonly at: Instant;
}

/** At most the requests of one second, and always one, may leave at once. */
const sizeOf = (rate: number): number => Math.max(1, rate);

export const fullBucket = (rate: number, at: Instant): Bucket => ({ tokens: sizeOf(rate), at });

/** The bucket as it is now. A clock that went back gives nothing. @param rate requests a second */
export function refilled(bucket: Bucket, rate: number, now: Instant): Bucket {
  const passed = Math.max(0, now - bucket.at) / 1000;
  return {
    tokens: Math.min(sizeOf(rate), bucket.tokens + passed * rate),
    at: Math.max(now, bucket.at),
  };
}

/** When the next request may leave; in the past or now when one may. */
export const nextTokenAt = ({ tokens, at }: Bucket, rate: number): Instant =>
  tokens >= 1 ? at : at + Math.ceil(((1 - tokens) / rate) * 1000);
