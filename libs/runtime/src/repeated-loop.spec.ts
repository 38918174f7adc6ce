import { describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { RepeatedLoop } from './repeated-loop.js';

class FailsFirst extends RepeatedLoop {
  readonly name = 'fails first';
  rounds = 0;
  forgotten = 0;
  readonly logged: unknown[];

  constructor() {
    const logged: unknown[] = [];
    super({
      everyMs: 1,
      log: { warn: (facts: unknown, text?: unknown) => void logged.push([facts, text]) },
      failed: 'it failed, trying again',
    });
    this.logged = logged;
  }

  protected round(): Promise<void> {
    this.rounds += 1;
    return this.rounds === 1 ? Promise.reject(new Error('away')) : Promise.resolve();
  }

  protected override afterFailure(): void {
    this.forgotten += 1;
  }
}

describe('a repeated loop', () => {
  it('logs what a round failed for, and goes on', async () => {
    const loop = new FailsFirst();
    await loop.start();
    await until(() => loop.rounds >= 3);
    await loop.stop();
    expect(loop.logged).toEqual([[{ err: new Error('away') }, 'it failed, trying again']]);
    expect(loop.forgotten).toBe(1);
    const { rounds } = loop;
    await new Promise((resolve) => setImmediate(resolve));
    expect(loop.rounds).toBe(rounds);
  });
});
