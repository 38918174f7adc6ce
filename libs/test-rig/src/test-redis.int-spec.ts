import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { whenGiven } from './given.js';
import { testRedis } from './test-redis.js';

whenGiven('redis', describe)('a Redis of the spec’s own', () => {
  it('is empty, whatever the spec before left', async () => {
    const client = new Redis((await testRedis()).url);
    await client.set('left', 'over');
    await testRedis();
    expect(await client.dbsize()).toBe(0);
    client.disconnect();
  });
});
