import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { type Bucket, fullBucket, nextTokenAt, refilled } from './rate-bucket.js';

const NOW = Date.parse('2026-11-28T03:00:00Z');

/** Lets requests leave as early as they may, from a full bucket on. @returns when each left */
function departures(rate: number, looks: readonly number[]): number[] {
  const left: number[] = [];
  let bucket: Bucket = fullBucket(rate, NOW);
  let now = NOW;
  for (const look of looks) {
    now += look;
    bucket = refilled(bucket, rate, now);
    while (bucket.tokens >= 1) {
      left.push(now);
      bucket = { ...bucket, tokens: bucket.tokens - 1 };
    }
  }
  return left;
}

const rates = fc.constantFrom(1 / 3600, 1 / 60, 0.5, 1, 3, 10, 100);

describe('the rate of an outgoing webhook', () => {
  it('lets the requests of one second leave at once, and then one at a time', () => {
    expect(departures(10, [0, 50, 50, 100])).toEqual([...Array<number>(10).fill(NOW), NOW + 100, NOW + 200]);
  });

  it('lets one leave at once however low it is', () => {
    expect(departures(1 / 3600, [0, 3_599_000, 1_000])).toEqual([NOW, NOW + 3_600_000]);
  });

  it('is never exceeded: any stretch has its own requests and those of one second more', () => {
    const looks = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(rates, looks, (rate, waits) => {
        const left = departures(rate, waits);
        return left.every((from, i) =>
          left.slice(i).every((to, more) => {
            const allowed = Math.max(1, rate) + ((to - from) / 1000) * rate;
            return more + 1 <= allowed + 1e-6;
          }),
        );
      }),
      { numRuns: runs(500) },
    );
  });

  it('says when the next may leave, no later and no earlier', () => {
    const tokens = fc.double({ min: 0, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(rates, tokens, (rate, left) => {
        const at = nextTokenAt({ tokens: left, at: NOW }, rate);
        const then = refilled({ tokens: left, at: NOW }, rate, at).tokens;
        const before = refilled({ tokens: left, at: NOW }, rate, at - 2).tokens;
        return then >= 1 - 1e-9 && before < 1;
      }),
      { numRuns: runs(500) },
    );
  });

  it('gives nothing for a clock that went back', () => {
    const bucket = { tokens: 0, at: NOW };
    expect(refilled(bucket, 10, NOW - 5_000)).toEqual(bucket);
  });
});
