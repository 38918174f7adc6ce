import { type Host, type Loop, Repeated } from '@tocsin/runtime';
import { Gauge } from 'prom-client';
import type { ConservationStore, SourceCounts } from '../count-conservation/conservation.store.js';

/** Milliseconds between looks. */
const EVERY = 15_000;
/** Minutes that are looked at together, and the least time between two alarms of a source. */
const WINDOW = 5;
const MOST = 5;
const MOST_SHARE = 0.01;

/** Too much of what a source sends is not understood: more than 5 events, or more than 1 %, in 5 minutes. */
const isAlarming = ({ received, quarantined }: SourceCounts): boolean =>
  quarantined > MOST || quarantined > received * MOST_SHARE;

interface AlarmParts {
  readonly store: Pick<ConservationStore, 'lastMinutes'>;
  /** Milliseconds, the database's clock. */
  readonly now: () => number;
  readonly host: Pick<Host, 'log' | 'metrics'>;
}

/** Says so when a source's events end in quarantine: nobody is paged by what is not understood. */
export class QuarantineAlarm implements Loop {
  readonly name = 'quarantine alarm';
  private readonly toldAt = new Map<string, number>();
  private readonly gauge: Gauge<'source'>;
  private readonly looks = new Repeated(EVERY, () => this.check());

  constructor(private readonly parts: AlarmParts) {
    this.gauge = new Gauge({
      name: 'tocsin_intake_quarantine_alarm',
      help: '1 while more than 5 or more than 1 % of the events of a source went to quarantine in 5 minutes, else 0.',
      labelNames: ['source'],
      registers: [parts.host.metrics],
    });
  }

  start(): Promise<void> {
    return this.looks.start();
  }

  stop(): Promise<void> {
    return this.looks.stop();
  }

  /** One look over all sources. Never rejects: the next look tries again. */
  async check(): Promise<void> {
    const { store, host } = this.parts;
    try {
      const sources = await store.lastMinutes(WINDOW);
      this.gauge.reset();
      for (const counts of sources) {
        const alarming = isAlarming(counts);
        this.gauge.set({ source: counts.source }, alarming ? 1 : 0);
        if (alarming) this.tell(counts);
      }
    } catch (err) {
      host.log.warn({ err }, 'quarantine could not be looked at');
    }
  }

  private tell({ source, received, quarantined }: SourceCounts): void {
    const now = this.parts.now();
    const told = this.toldAt.get(source);
    if (told !== undefined && now - told < WINDOW * 60_000) return;
    this.toldAt.set(source, now);
    this.parts.host.log.error(
      { source, received, quarantined, minutes: WINDOW },
      'too many events of a source are in quarantine',
    );
  }
}
