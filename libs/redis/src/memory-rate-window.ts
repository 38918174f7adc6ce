import type { RateDecision, RateLimit, RateWindow } from './rate-window.js';

interface Bucket {
  left: number;
  at: number;
}

/** Keys beyond this are forgotten, the oldest first: a flood of keys must not fill the memory. */
const MOST_KEYS = 10_000;

/** Buckets of this process alone. */
export class MemoryRateWindow implements RateWindow {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => number;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  take(key: string, limit: RateLimit, count = 1): Promise<RateDecision> {
    const now = this.#now();
    const old = this.#buckets.get(key) ?? { left: limit.burst, at: now };
    const left = Math.min(limit.burst, old.left + (Math.max(0, now - old.at) / 1000) * limit.perSecond);
    const allowed = left >= count;
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: allowed ? left - count : left, at: now });
    this.#forgetOldest();
    if (allowed) return Promise.resolve({ allowed });
    return Promise.resolve({ allowed, retryAfterSeconds: (count - left) / limit.perSecond });
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= MOST_KEYS) return;
    const [oldest] = this.#buckets.keys();
    if (oldest !== undefined) this.#buckets.delete(oldest);
  }
}
