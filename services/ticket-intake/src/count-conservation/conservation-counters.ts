import type { Host, Loop } from '@tocsin/runtime';
import { Counter } from 'prom-client';
import type { ConservationStore } from './conservation.store.js';
import {
  type Counted,
  ENDINGS,
  type Endings,
  minuteOf,
  OUTCOMES,
  type Outcome,
  type Tally,
} from './tally.js';

/** Milliseconds between writes: the refusals of this long are not counted when the process is killed. */
const EVERY = 1000;

/**
 * Counts all events in the metrics, and what was refused in the table: in memory, added once a second. What is stored
 * is counted in the table by the statement that stores it, so that a kill loses neither or both.
 */
export class ConservationCounters implements Loop {
  readonly name = 'conservation counters';
  private tallies = new Map<string, Tally>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private readonly events: Counter<'source' | 'outcome'>;
  private readonly labelled = new Map<string, Counter.Internal>();

  constructor(
    private readonly store: Pick<ConservationStore, 'add'>,
    private readonly now: () => number,
    private readonly host: Pick<Host, 'log' | 'metrics'>,
  ) {
    this.events = new Counter({
      name: 'tocsin_intake_events_total',
      help: 'Events by source (of the config, or «unknown») and outcome; received = accepted + duplicate + quarantined + rejected.',
      labelNames: ['source', 'outcome'],
      registers: [host.metrics],
    });
  }

  /** At the door. @param source a name of the config, or `unknown`: never what a sender wrote */
  received(tenant: string, source: string, count: number): Counted {
    const counted = { tenant, source, minute: minuteOf(this.now()) };
    this.inc(source, 'received', count);
    return counted;
  }

  /** When the answer is known. */
  ended(counted: Counted, endings: Endings): void {
    const { rejected = 0, conflict = 0 } = endings;
    if (rejected > 0 || conflict > 0) {
      const tally = this.tally(counted);
      tally.received += rejected;
      tally.rejected += rejected + conflict;
      tally.duplicate -= conflict;
    }
    for (const ending of ENDINGS) {
      const count = endings[ending] ?? 0;
      const outcome = ending === 'conflict' || ending === 'unknown' ? 'rejected' : ending;
      if (count > 0) this.inc(counted.source, outcome, count);
    }
  }

  start(): Promise<void> {
    this.timer = setInterval(() => void this.flush(), EVERY);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Adds what was counted to the table. Never rejects: counts that could not be written are kept for the next time. */
  flush(): Promise<void> {
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  /** Labels are looked up once: prom-client checks and joins them on every call. Sources are those of the config. */
  private inc(source: string, outcome: Outcome | 'received', count: number): void {
    const name = `${outcome} ${source}`;
    let counter = this.labelled.get(name);
    if (counter === undefined) {
      counter = this.events.labels({ source, outcome });
      this.labelled.set(name, counter);
    }
    counter.inc(count);
  }

  private async write(): Promise<void> {
    if (this.tallies.size === 0) return;
    const taken = this.tallies;
    this.tallies = new Map();
    try {
      await this.store.add([...taken.values()]);
    } catch (err) {
      this.host.log.warn({ err }, 'conservation counters could not be written');
      for (const tally of taken.values()) this.giveBack(tally);
    }
  }

  private giveBack(tally: Tally): void {
    const current = this.tally(tally);
    current.received += tally.received;
    for (const outcome of OUTCOMES) current[outcome] += tally[outcome];
  }

  private tally({ tenant, source, minute }: Counted): Tally {
    const key = `${minute} ${tenant} ${source}`;
    let tally = this.tallies.get(key);
    if (tally === undefined) {
      tally = { tenant, source, minute, received: 0, accepted: 0, duplicate: 0, quarantined: 0, rejected: 0 };
      this.tallies.set(key, tally);
    }
    return tally;
  }
}
