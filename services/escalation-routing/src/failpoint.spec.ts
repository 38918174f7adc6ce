import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { failpoints, readFailpoint } from './failpoint.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('failpoints', () => {
  it.each([
    ['router.after_plan', { name: 'router.after_plan', chance: 1, seed: 1 }],
    ['router.after_save:0.25:7', { name: 'router.after_save', chance: 0.25, seed: 7 }],
    ['notifier.after_send', undefined],
    ['router.after_plan:0', undefined],
    ['router.after_plan:1:x', undefined],
  ])('reads %s', (text, then) => {
    expect(readFailpoint(text)).toEqual(then);
  });

  it('does nothing unless armed, and kills this process only at its own point', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    failpoints(undefined)('router.after_plan');
    const pass = failpoints(readFailpoint('router.after_plan'));
    pass('router.after_save');
    expect(kill).not.toHaveBeenCalled();
    pass('router.after_plan');
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
  });

  it('dies at the same pass for the same seed', () => {
    const deaths = [1, 1, 2].map((seed) => {
      const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
      const pass = failpoints(readFailpoint(`router.after_plan:0.1:${seed}`));
      const died: number[] = [];
      for (let n = 0; n < 200; n++) {
        kill.mockClear();
        pass('router.after_plan');
        if (kill.mock.calls.length > 0) died.push(n);
      }
      return died;
    });
    expect(deaths[0]).toEqual(deaths[1]);
    expect(deaths[0]).not.toEqual(deaths[2]);
    expect(deaths[0]?.length).toBeGreaterThan(5);
  });
});
