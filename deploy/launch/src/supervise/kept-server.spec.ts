import { describe, expect, it } from '@jest/globals';
import { until } from '@tocsin/test-rig';
import { KeptServer } from './kept-server.js';

class FakeServer {
  static readonly all: FakeServer[] = [];
  readonly ended: Promise<void>;
  stops = 0;
  die!: () => void;

  constructor(readonly port: number) {
    this.ended = new Promise((resolve) => (this.die = resolve));
    FakeServer.all.push(this);
  }

  stop(): Promise<void> {
    this.stops += 1;
    this.die();
    return Promise.resolve();
  }
}

describe('a server that is kept running', () => {
  it('comes back on its port when it ends unasked, also when a start fails in between', async () => {
    const asked: (number | undefined)[] = [];
    const shown: string[] = [];
    const kept = await KeptServer.start({
      name: 'Redis',
      start: (port) => {
        asked.push(port);
        if (asked.length === 2) return Promise.reject(new Error('the port is still taken'));
        return Promise.resolve(new FakeServer(port ?? 6_400));
      },
      show: (line) => void shown.push(line),
    });
    kept.server.die();
    await until(() => asked.length === 3 && kept.server !== FakeServer.all[0]);
    expect(asked).toEqual([undefined, 6_400, 6_400]);
    expect(shown).toContain('the port is still taken');
    await kept.stop();
    expect(kept.server.stops).toBe(1);
    expect(asked).toHaveLength(3);
  });

  it('tells a failure of the first start with the last lines of its log', async () => {
    const failure = Object.assign(new Error('Kafka ended before it was ready.'), { log: ['disk full'] });
    await expect(
      KeptServer.start({ name: 'Kafka', start: () => Promise.reject(failure), show: () => undefined }),
    ).rejects.toMatchObject({ message: 'Kafka ended before it was ready.', details: ['disk full'] });
  });
});
