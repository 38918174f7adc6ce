import type { Instant } from '@tocsin/contracts';
import { type Host, RepeatedLoop } from '@tocsin/runtime';
import { Gauge } from 'prom-client';
import type { BalanceStore, MinuteBalance } from './balance.store.js';

const MINUTE = 60_000;
/** Whole minutes that each round looks at. */
const LOOKS_BACK = 120;

/** Every minute: has what was planned come to anything at all? A page that has not was lost, and that is an alarm. */
export class BalanceAlarm extends RepeatedLoop {
  readonly name = 'balance of pages';
  private readonly unbalanced: Gauge;

  constructor(
    private readonly store: Pick<BalanceStore, 'between' | 'now'>,
    private readonly host: Pick<Host, 'log' | 'metrics'>,
  ) {
    super({ everyMs: MINUTE, log: host.log, failed: 'the balance of pages could not be read' });
    this.unbalanced = new Gauge({
      name: 'tocsin_page_minutes_unbalanced',
      help: 'Minutes of the last two hours in which planned pages are not delivered, failed, cancelled, suppressed or open',
      registers: [host.metrics],
    });
  }

  /** @returns the minutes whose sides differ */
  async look(): Promise<readonly MinuteBalance[]> {
    const now: Instant = await this.store.now();
    const from = Math.floor(now / MINUTE - LOOKS_BACK) * MINUTE;
    const minutes = await this.store.between(undefined, { from, to: now + 1 });
    const odd = minutes.filter(({ balanced }) => !balanced);
    this.unbalanced.set(odd.length);
    if (odd.length > 0) this.host.log.error({ minutes: odd }, 'pages were planned of which nothing is known');
    return odd;
  }

  protected round(): Promise<unknown> {
    return this.look();
  }
}
