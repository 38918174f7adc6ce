export type { RateDecision, RateLimit, RateWindow } from './rate-window.js';
export { MemoryRateWindow } from './memory-rate-window.js';
export { RedisRateWindow } from './redis-rate-window.js';
export type { LiveFeed } from './live-feed.js';
export { MemoryLiveFeed } from './memory-live-feed.js';
export { RedisLiveFeed } from './redis-live-feed.js';
export { openRedis, type RedisConnection } from './open-redis.js';
