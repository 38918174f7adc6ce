import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { environment } from './given.js';

export interface TestRedis {
  readonly url: string;
  /** For channels: Redis publishes across its numbered databases. */
  readonly prefix: string;
}

/** Redis has 16 numbered databases; 0 is left to whoever looks at the server by hand. */
const NUMBERED = 15;

/** An emptied numbered database of this jest worker on the server of TOCSIN_TEST_REDIS_URL. */
export async function testRedis(): Promise<TestRedis> {
  const url = new URL(environment('TOCSIN_TEST_REDIS_URL', 'give the URL of a Redis server'));
  url.pathname = `/${1 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % NUMBERED)}`;
  const client = new Redis(url.href, { maxRetriesPerRequest: 2 });
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
  return { url: url.href, prefix: `t${randomBytes(5).toString('hex')}:` };
}
