import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { failpoints } from './failpoints.js';
import { StartRefused } from './start-refused.js';

const POINTS = ['mill.before_grind', 'mill.after_grind'] as const;

/** At which of 200 passes of `mill.after_grind` this process would have been killed. */
function deaths(setting: string | undefined): number[] {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  const pass = failpoints(setting, POINTS);
  const died: number[] = [];
  for (let nth = 0; nth < 200; nth++) {
    kill.mockClear();
    pass('mill.after_grind');
    if (kill.mock.calls.length > 0) died.push(nth);
  }
  return died;
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('failpoints', () => {
  it.each([undefined, '', 'mill.before_grind', 'oven.after_bake', 'oven.after_bake:many'])(
    'lets this point pass when the setting is %s',
    (setting) => {
      expect(deaths(setting)).toEqual([]);
    },
  );

  it('kills without a chance to tidy up', () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    failpoints('mill.after_grind', POINTS)('mill.after_grind');
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGKILL']]);
  });

  it('kills at every pass unless a chance is given', () => {
    expect(deaths('mill.after_grind')).toHaveLength(200);
    const some = deaths('mill.after_grind:0.1:1').length;
    expect(some).toBeGreaterThan(5);
    expect(some).toBeLessThan(50);
  });

  it('dies at the same passes for the same seed', () => {
    const first = deaths('mill.after_grind:0.1:1');
    expect(deaths('mill.after_grind:0.1:1')).toEqual(first);
    expect(deaths('mill.after_grind:0.1:2')).not.toEqual(first);
  });

  it('kills only while its file exists, where it names one', () => {
    expect(deaths(`mill.after_grind:1:1:${import.meta.filename}`)).toHaveLength(200);
    expect(deaths(`mill.after_grind:1:1:${import.meta.filename}.gone`)).toEqual([]);
  });

  it.each(['mill.after_grind:0', 'mill.after_grind:2', 'mill.after_grind:x', 'mill.after_grind:1:x'])(
    'refuses %s, which would silently test nothing',
    (setting) => {
      expect(() => failpoints(setting, POINTS)).toThrow(StartRefused);
    },
  );
});
