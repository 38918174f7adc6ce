import { describe, expect, it } from '@jest/globals';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { isBefore, type ReplayTimer, TimerQueue, type WaitingTimer } from './timer-queue.js';

const waiting = fc.record({
  at: fc.nat(5),
  order: fc.nat(3),
  case: fc.constantFrom('a', 'b', 'c'),
  timer: fc.constantFrom<ReplayTimer>('look', 'wake'),
  due: fc.constant(0),
});
/** Puts one in, or takes the first out. */
const acts = fc.array(fc.option(waiting, { nil: 'take' as const, freq: 2 }), { maxLength: 60 });

const placeOf = ({ at, order, case: name, timer }: WaitingTimer): string => `${at} ${order} ${name} ${timer}`;

describe('the timers of a replay', () => {
  it('come in the order of time, order, case and name, whatever was put in first', () => {
    fc.assert(
      fc.property(acts, (all) => {
        const queue = new TimerQueue();
        const held: string[] = [];
        for (const act of all) {
          if (act === 'take') {
            held.sort();
            expect(queue.first && placeOf(queue.first)).toBe(held[0]);
            const taken = queue.take();
            expect(taken && placeOf(taken)).toBe(held.shift());
          } else {
            queue.put(act);
            held.push(placeOf(act));
          }
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('stand before one another by time, then by order', () => {
    const places = [
      { at: 1, order: 2 },
      { at: 2, order: 1 },
      { at: 2, order: 2 },
    ];
    for (const [i, a] of places.entries())
      for (const [j, b] of places.entries()) expect(isBefore(a, b)).toBe(i < j);
  });
});
