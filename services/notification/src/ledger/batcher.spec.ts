import { describe, expect, it } from '@jest/globals';
import { Batcher } from './batcher.js';

describe('a batcher', () => {
  it('writes together what comes together, in order, one write at a time', async () => {
    const writes: number[][] = [];
    let running = 0;
    const batcher = new Batcher<number, number>({ wait: 1, most: 3 }, async (items) => {
      expect(++running).toBe(1);
      writes.push([...items]);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return items.map((n) => n * 10);
    });
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => batcher.add(n)))).toEqual([10, 20, 30, 40, 50]);
    expect(writes).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('fails exactly those whose write failed', async () => {
    const batcher = new Batcher<number, number>({ wait: 1, most: 1 }, (items) =>
      items.includes(1) ? Promise.reject(new Error('away')) : Promise.resolve([...items]),
    );
    const results = await Promise.allSettled([batcher.add(1), batcher.add(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
