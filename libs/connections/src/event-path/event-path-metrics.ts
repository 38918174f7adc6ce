import type { HandOffAge, LettersOfGroup } from '@tocsin/postgres';
import type { Host } from '@tocsin/runtime';
import { Counter, Gauge } from 'prom-client';
import type { WatchedBus } from './watched-bus.js';

/** What the event path counts. Labels are groups and lanes, which are few and fixed. */
export class EventPathMetrics {
  readonly #oldest: Gauge<'group' | 'lane'>;
  readonly #letters: Gauge<'group'>;

  constructor(registry: Host['metrics'], bus: WatchedBus) {
    const registers = [registry];
    countedBy(registers, 'tocsin_consumer_handled_total', 'Events that took effect', () =>
      bus.statuses().map(({ group, handled }) => ({ group, count: handled })),
    );
    countedBy(registers, 'tocsin_consumer_dead_total', 'Events put to the dead letters', () =>
      bus.statuses().map(({ group, dead }) => ({ group, count: dead })),
    );
    this.#oldest = new Gauge({
      name: 'tocsin_hand_off_oldest_seconds',
      help: 'How long the oldest event has been waiting for its group; group relay.<topic> is the way to the broker',
      labelNames: ['group', 'lane'],
      registers,
    });
    this.#letters = new Gauge({
      name: 'tocsin_dead_letters',
      help: 'Dead letters that wait for a person',
      labelNames: ['group'],
      registers,
    });
  }

  show(ages: readonly HandOffAge[], letters: readonly LettersOfGroup[], groups: readonly string[]): void {
    for (const { group, lane, seconds } of ages) this.#oldest.set({ group, lane }, seconds);
    for (const group of groups)
      this.#letters.set({ group }, letters.find((found) => found.group === group)?.letters ?? 0);
  }
}

interface Count {
  readonly group: string;
  readonly count: number;
}

/** A counter whose figures are kept elsewhere and fetched when it is asked. */
function countedBy(
  registers: Host['metrics'][],
  name: string,
  help: string,
  counts: () => readonly Count[],
): void {
  const counter: Counter<'group'> = new Counter({
    name,
    help,
    labelNames: ['group'],
    registers,
    collect: () => {
      counter.reset();
      for (const { group, count } of counts()) counter.inc({ group }, count);
    },
  });
}
