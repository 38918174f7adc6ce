import { describe, expect, it } from '@jest/globals';
import { intervalOf, isInSample, keyOf, sampleOf } from '../mutants/sample.mjs';

const KEYS = Array.from({ length: 1000 }, (_, n) => `mutant ${n}`);
const drawn = (size: number, seed: string): string[] => {
  const sample = sampleOf(KEYS, size, seed);
  return KEYS.filter((key) => isInSample(key, sample));
};

describe('a sample of mutants', () => {
  it('has as many as were asked for, or all', () => {
    expect([1, 300, 1000, 5000].map((size) => drawn(size, '1').length)).toEqual([1, 300, 1000, 1000]);
  });

  it('is the same for the same seed, another for another, and grows by more', () => {
    expect(drawn(50, '1')).toEqual(drawn(50, '1'));
    expect(drawn(50, '2')).not.toEqual(drawn(50, '1'));
    expect(drawn(100, '1')).toEqual(expect.arrayContaining(drawn(50, '1')));
  });

  it('takes each mutant about as often as any other', () => {
    const often = new Map<string, number>();
    for (let seed = 0; seed < 200; seed += 1)
      for (const key of drawn(100, String(seed))) often.set(key, (often.get(key) ?? 0) + 1);
    const counts = KEYS.map((key) => often.get(key) ?? 0);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(20_000);
    // 20 of 200 are expected of each; six standard deviations are 25.
    expect(Math.max(...counts)).toBeLessThan(46);
  });

  it('tells mutants of one place apart by what they are', () => {
    const place = {
      fileName: '/clone/a.ts',
      location: { start: { line: 1, column: 2 }, end: { line: 1, column: 9 } },
    };
    const keys = ['true', 'false'].map((replacement) =>
      keyOf({ ...place, mutatorName: 'ConditionalExpression', replacement }, '/clone'),
    );
    expect(keys).toEqual([
      'a.ts 1:2:1:9 ConditionalExpression true',
      'a.ts 1:2:1:9 ConditionalExpression false',
    ]);
  });
});

describe('what a sample says of the whole', () => {
  // Wilson’s intervals, from the formula by hand.
  it.each([
    [90, 100, 82.56, 94.48],
    [0, 10, 0, 27.75],
    [10, 10, 72.25, 100],
  ])('%d of %d of very many: from %d to %d %', (noticed, tried, low, high) => {
    const [from, to] = intervalOf(noticed, tried, 1_000_000);
    expect(100 * from).toBeCloseTo(low, 1);
    expect(100 * to).toBeCloseTo(high, 1);
  });

  it('is nothing without a trial, exact when all were tried, and the closer the more of all were', () => {
    expect(intervalOf(0, 0, 50)).toEqual([0, 1]);
    expect(intervalOf(45, 50, 50)).toEqual([0.9, 0.9]);
    const widths = [1000, 200, 110].map((all) => {
      const [low, high] = intervalOf(90, 100, all);
      return high - low;
    });
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
  });
});
