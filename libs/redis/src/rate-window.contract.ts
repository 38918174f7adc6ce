import { describe, expect, it } from '@jest/globals';
import type { RateWindow } from './rate-window.js';

/** What every rate window promises. */
export function rateWindowContract(name: string, make: () => Promise<RateWindow>): void {
  describe(`rate window: ${name}`, () => {
    // Nothing comes back within a test.
    const limit = { burst: 3, perSecond: 0.01 };

    it('gives the burst, then refuses and says when to come again', async () => {
      const window = await make();
      for (let i = 0; i < 3; i++) expect(await window.take('a', limit)).toEqual({ allowed: true });
      const refused = await window.take('a', limit);
      expect(refused.allowed).toBe(false);
      expect(refused.allowed ? 0 : refused.retryAfterSeconds).toBeGreaterThan(90);
    });

    it('counts each key alone', async () => {
      const window = await make();
      await window.take('b', limit, 3);
      expect((await window.take('b', limit)).allowed).toBe(false);
      expect((await window.take('c', limit)).allowed).toBe(true);
    });

    it('takes nothing when it cannot give all', async () => {
      const window = await make();
      expect((await window.take('d', limit, 4)).allowed).toBe(false);
      expect((await window.take('d', limit, 3)).allowed).toBe(true);
    });

    it('gives back with time, never above the burst', async () => {
      const window = await make();
      const quick = { burst: 2, perSecond: 1_000 };
      for (let i = 0; i < 20; i++) {
        await window.take('e', quick, 2);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      expect((await window.take('e', quick, 2)).allowed).toBe(true);
      expect((await window.take('e', { burst: 2, perSecond: 0.01 }, 3)).allowed).toBe(false);
    });
  });
}
