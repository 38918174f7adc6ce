import { describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { Repeated } from './repeated.js';

describe('repeated work', () => {
  it('comes again and again, never twice at once, and is finished when it has stopped', async () => {
    const ends: (() => void)[] = [];
    let ended = 0;
    const repeated = new Repeated(1, async () => {
      await new Promise<void>((resolve) => ends.push(resolve));
      ended++;
    });
    await repeated.start();
    for (const round of [1, 2, 3]) {
      await until(() => ends.length === round);
      if (round < 3) ends.at(-1)?.();
    }
    expect(ended).toBe(2);
    const stopped = repeated.stop();
    ends.at(-1)?.();
    await stopped;
    expect([ends.length, ended]).toEqual([3, 3]);
  });
});
