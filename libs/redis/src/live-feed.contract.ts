import { describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import type { LiveFeed } from './live-feed.js';

/** What every live feed promises. */
export function liveFeedContract(name: string, make: () => Promise<LiveFeed>): void {
  describe(`live feed: ${name}`, () => {
    it('tells all who listen to a channel, in order, and nobody else', async () => {
      const feed = await make();
      const [first, second, other]: [string[], string[], string[]] = [[], [], []];
      await feed.subscribe('a', (message) => first.push(message));
      await feed.subscribe('a', (message) => second.push(message));
      await feed.subscribe('b', (message) => other.push(message));
      for (const message of ['1', '2', '3']) feed.publish('a', message);
      await until(() => first.length === 3 && second.length === 3);
      expect([first, second, other]).toEqual([['1', '2', '3'], ['1', '2', '3'], []]);
    });

    it('tells nobody who has left', async () => {
      const feed = await make();
      const [left, stayed]: [string[], string[]] = [[], []];
      const leave = await feed.subscribe('a', (message) => left.push(message));
      await feed.subscribe('a', (message) => stayed.push(message));
      leave();
      feed.publish('a', 'late');
      await until(() => stayed.length === 1);
      expect(left).toEqual([]);
    });
  });
}
