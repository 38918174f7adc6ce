import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { countChange, type FlapState, isCalm, STEADY } from './flap.js';

const rule = { changes: 4, in: 600, calm: 900 };
const after = (...seconds: number[]): FlapState =>
  seconds.reduce<FlapState>((state, s) => countChange(state, s * 1000, rule, s * 1000), STEADY);

describe('flapping', () => {
  it('begins with the change that makes so many within the time, and not before', () => {
    expect(after(0, 60, 120).flapping).toBeUndefined();
    expect(after(0, 60, 120, 600).flapping).toEqual({ since: 600_000, calmAt: 1_500_000 });
    expect(after(0, 60, 120, 601).flapping).toBeUndefined();
  });

  it('is put off by each further change, and ends at its calm, not before', () => {
    const state = after(0, 60, 120, 180, 1000);
    expect(state.flapping).toEqual({ since: 180_000, calmAt: 1_900_000 });
    expect([1_899_999, 1_900_000].map((now) => isCalm(state, now))).toEqual([false, true]);
    expect(isCalm(STEADY, 1e12)).toBe(false);
  });

  it('begins exactly when some stretch of the time holds so many changes, and remembers no more than it needs', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 20 }), (seconds) => {
        const times = seconds.toSorted((a, b) => a - b);
        const state = after(...times);
        const crowded = times.some(
          (last, i) =>
            times[i - rule.changes + 1] !== undefined && last - (times[i - rule.changes + 1] ?? 0) <= rule.in,
        );
        expect(state.flapping !== undefined).toBe(crowded);
        expect(state.changes.length).toBeLessThanOrEqual(rule.changes);
      }),
    );
  });
});
