import { describe, expect, it } from '@jest/globals';
import { PRIORITIES, type Priority } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { PROMISE_STATES } from '../conditions/gathered-facts.js';
import { promiseOf } from './promise-of.js';
import { runClock, startClock } from './run-clock.js';
import type { SlaClock } from './sla-clock.js';
import { storyTerms } from './sla.given.js';

const clockOf = (told: SlaClock['told'], ended = false): SlaClock => ({
  ...{ kind: 'resolve', startedAt: 0, priority: 'P2', pauses: [], told },
  ...(ended ? { ended: { how: 'resolved', at: 9, by: 'ana' } } : {}),
});

describe('what the clocks of a case promise', () => {
  it.each([
    ['nothing to say without a clock', [], ''],
    ['nothing while none is at risk', [clockOf('nothing')], ''],
    [
      'the worst of those that run',
      [clockOf('at-risk'), clockOf('breached'), clockOf('nothing')],
      'breached',
    ],
    ['not what is over', [clockOf('breached', true), clockOf('at-risk')], 'at-risk'],
    ['nothing when all are over', [clockOf('breached', true), clockOf('at-risk', true)], ''],
  ])('is %s', (_, clocks, promise) => {
    expect(promiseOf(clocks)).toBe(promise);
  });

  it('never becomes better by a priority, at whatever time and whatever that priority is promised', () => {
    const priority = fc.constantFrom<Priority>(...PRIORITIES);
    const wait = fc.integer({ min: 1, max: 600 });
    const targets = fc.dictionary(
      priority,
      wait.map((minutes) => `${minutes}m`),
      { minKeys: 1 },
    );
    const changes = fc.array(fc.tuple(wait, priority), { minLength: 1, maxLength: 12 });
    let worsened = 0;
    fc.assert(
      fc.property(targets, priority, changes, (resolve, opened, history) => {
        const terms = storyTerms({ calendar: '24x7', targets: { resolve } });
        let { clock } = startClock('resolve', { by: 'demo', priority: opened }, terms, 0);
        let now = 0;
        for (const [minutes, to] of history) {
          const before = PROMISE_STATES.indexOf(promiseOf([clock]));
          now += minutes * 60_000;
          ({ clock } = runClock(clock, { type: 'PriorityChanged', to }, terms, now));
          const after = PROMISE_STATES.indexOf(promiseOf([clock]));
          expect(after).toBeGreaterThanOrEqual(before);
          if (after > before) worsened += 1;
        }
      }),
      { numRuns: runs(500) },
    );
    expect(worsened).toBeGreaterThan(runs(50));
  });
});
