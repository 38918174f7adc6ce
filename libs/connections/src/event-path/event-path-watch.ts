import type { ServiceName } from '@tocsin/contracts';
import type { Log, Transactions } from '@tocsin/event-log';
import {
  countLetters,
  groupsReadBy,
  readHandOffAges,
  relayGroupOf,
  takeUnalarmed,
  topicsOf,
  type HandOffAge,
  type LettersOfGroup,
} from '@tocsin/postgres';
import type { HealthCheck } from '@tocsin/runtime';
import type { EventPathMetrics } from './event-path-metrics.js';
import type { WatchedBus } from './watched-bus.js';

export interface EventPathWatchOptions {
  readonly service: ServiceName;
  readonly bus: WatchedBus;
  readonly transactions: Transactions;
  readonly metrics: EventPathMetrics;
  readonly log: Log;
}

const LOOK_EVERY = 5_000;
/** Seconds that an event may wait for a group (L5). */
const OLDEST = 5;

/**
 * Looks at what this service hands off and what its groups could not handle: figures, the alarm for each new dead
 * letter (L4), and the re-drives that people asked for in any process.
 */
export class EventPathWatch {
  readonly #options: EventPathWatchOptions;
  readonly #groups: readonly string[];
  #ages: readonly HandOffAge[] = [];
  #letters: readonly LettersOfGroup[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(options: EventPathWatchOptions) {
    this.#options = options;
    this.#groups = [...groupsReadBy(options.service), ...topicsOf(options.service).map(relayGroupOf)];
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.look());
    }, LOOK_EVERY);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  readonly checks: readonly HealthCheck[] = [
    { name: 'hand-off', required: false, check: () => Promise.resolve(this.#handOff()) },
    { name: 'dead-letters', required: false, check: () => Promise.resolve(this.#deadLetters()) },
  ];

  /** Never rejects: a fault is said once, and the next look tries again. */
  async look(): Promise<void> {
    const { service, bus, transactions, metrics, log } = this.#options;
    try {
      this.#ages = await readHandOffAges(transactions, service, bus.kind);
      this.#letters = await countLetters(transactions, this.#groups);
      metrics.show(this.#ages, this.#letters, this.#groups);
      if (this.#letters.some(({ unalarmed }) => unalarmed > 0)) await this.#alarm();
      for (const { group, asked } of this.#letters) for (const id of asked) await this.#redrive(group, id);
      this.#failing = false;
    } catch (err) {
      if (!this.#failing) log.warn({ err }, 'event path could not be looked at');
      this.#failing = true;
    }
  }

  async #alarm(): Promise<void> {
    for (const { id, group, key, type, cause } of await takeUnalarmed(
      this.#options.transactions,
      this.#groups,
    )) {
      this.#options.log.error(
        { id, group, key, type, cause, cure: cureOf(id) },
        'dead letter: the events of its key wait until it is driven again',
      );
    }
  }

  async #redrive(group: string, id: string): Promise<void> {
    const result = await this.#options.bus.consumerOf(group)?.redrive(id);
    if (result?.ok === false && result.reason === 'failed-again')
      this.#options.log.warn({ group, id, cause: result.cause }, 'dead letter failed again');
  }

  #handOff(): { ok: boolean; detail?: string } {
    const late = this.#ages.filter(({ seconds }) => seconds > OLDEST);
    if (late.length === 0) return { ok: true };
    const groups = late.map(({ group, lane, seconds }) => `${group} (${lane}) for ${Math.round(seconds)} s`);
    return { ok: false, detail: `events wait: ${groups.join(', ')}` };
  }

  #deadLetters(): { ok: boolean; detail?: string } {
    const found = this.#letters.filter(({ letters }) => letters > 0);
    if (found.length === 0) return { ok: true };
    const groups = found.map(({ group, letters }) => `${letters} of ${group}`);
    return {
      ok: false,
      detail: `dead letters: ${groups.join(', ')}; see «tocsin dead-letters list», mend the cause, then ${cureOf('ID')}`,
    };
  }
}

const cureOf = (id: string): string => `«tocsin dead-letters redrive ${id}»`;
