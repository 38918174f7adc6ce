import type { Redis } from 'ioredis';
import type { RateDecision, RateLimit, RateWindow } from './rate-window.js';

// One round trip, atomic; Redis's own clock, so that processes with different clocks share a bucket. A command sent
// twice after a reconnect takes twice: the limit is then too strict for one refill, which is harmless.
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, perSecond, count = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local old = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = tonumber(old[1]) or burst
local at = tonumber(old[2]) or now
left = math.min(burst, left + math.max(0, now - at) / 1000 * perSecond)
local allowed = left >= count
if allowed then left = left - count end
redis.call('HSET', KEYS[1], 'left', tostring(left), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / perSecond * 1000) + 1000)
if allowed then return '' end
return tostring((count - left) / perSecond)
`;

/** Buckets shared by all processes. Fails open: a limit must not cost a page. */
export class RedisRateWindow implements RateWindow {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  async take(key: string, limit: RateLimit, count = 1): Promise<RateDecision> {
    try {
      const answer = await this.#redis.eval(TAKE, 1, this.#prefix + key, limit.burst, limit.perSecond, count);
      return answer === '' ? { allowed: true } : { allowed: false, retryAfterSeconds: Number(answer) };
    } catch {
      return { allowed: true };
    }
  }
}
