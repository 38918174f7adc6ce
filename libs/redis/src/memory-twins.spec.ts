import { describe, expect, it } from '@jest/globals';
import { liveFeedContract } from './live-feed.contract.js';
import { MemoryLiveFeed } from './memory-live-feed.js';
import { MemoryRateWindow } from './memory-rate-window.js';
import { rateWindowContract } from './rate-window.contract.js';

rateWindowContract('in memory', () => Promise.resolve(new MemoryRateWindow()));
liveFeedContract('in memory', () => Promise.resolve(new MemoryLiveFeed()));

describe('the rate window in memory', () => {
  it('refills by its clock, and not backwards', async () => {
    let now = 0;
    const window = new MemoryRateWindow(() => now);
    const limit = { burst: 2, perSecond: 1 };
    await window.take('a', limit, 2);
    now = -5_000;
    expect(await window.take('a', limit)).toEqual({ allowed: false, retryAfterSeconds: 1 });
    now = 0;
    expect((await window.take('a', limit)).allowed).toBe(true);
  });

  it('forgets the oldest of a flood of keys instead of growing for ever', async () => {
    const window = new MemoryRateWindow();
    const limit = { burst: 1, perSecond: 0.001 };
    for (let i = 0; i <= 10_000; i++) await window.take(`k${i}`, limit);
    expect((await window.take('k10000', limit)).allowed).toBe(false);
    expect((await window.take('k0', limit)).allowed).toBe(true);
  });
});
