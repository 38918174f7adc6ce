import type { Transactions } from '@tocsin/event-log';
import type { TimerNames } from '../advance-due/advance-due.loop.js';
import { MOST_AT_ONCE } from '../advance-due/advance-each.js';
import type { PoolReads } from '../pool-reads.js';
import { coverNotices } from './cover-notices.js';
import type { CoverRequestStore } from './cover-request.store.js';
import type { ShiftNoticeStore } from './shift-notice.store.js';

export const COVER_TIMERS: TimerNames = { loop: 'expire requests for cover', check: 'timers of cover' };

/** Tells people that nobody took their turn, when a request expires; the notice and its row commit together. */
export class ExpireCover {
  constructor(
    private readonly transactions: Transactions,
    private readonly reads: PoolReads,
    private readonly requests: CoverRequestStore,
    private readonly notices: ShiftNoticeStore,
  ) {}

  advance(): Promise<number> {
    return this.expire(MOST_AT_ONCE);
  }

  /** One by one: a failure of one leaves the others alone. */
  advanceSingly(): Promise<number> {
    return this.expire(1);
  }

  untilNext(): Promise<number | undefined> {
    return this.requests.untilNext(this.reads);
  }

  private expire(most: number): Promise<number> {
    return this.transactions.run('cold', async (tx) => {
      const expired = await this.requests.claimExpired(tx, most);
      for (const { tenant, request } of expired)
        await this.notices.tell(tx, tenant, coverNotices('cover-expired', request, [request.person]));
      return expired.length;
    });
  }
}
