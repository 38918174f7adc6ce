import { describe, expect, it } from '@jest/globals';
import { BackOff } from './back-off.js';

describe('back-off between restarts', () => {
  it('doubles from 0.2 s to at most 5 s while starts fail early', () => {
    const backOff = new BackOff();
    expect(Array.from({ length: 7 }, () => backOff.next(100))).toEqual([
      200, 400, 800, 1600, 3200, 5000, 5000,
    ]);
  });

  it('begins anew after a process that lived', () => {
    const backOff = new BackOff();
    for (let i = 0; i < 5; i++) backOff.next(0);
    expect(backOff.next(60_000)).toBe(200);
  });
});
