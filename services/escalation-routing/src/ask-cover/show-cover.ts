import type {
  Config,
  CoverRequestList,
  CoverRequestQuery,
  CoverRequestView,
  ShiftNoticeList,
  ShiftNoticeQuery,
} from '@tocsin/contracts';
import { changeBook, type CoverRequest, coverState, eligibleForCover } from '@tocsin/rules';
import type { ClockStore } from '../clock.store.js';
import type { PoolReads } from '../pool-reads.js';
import type { ShiftChangeStore } from '../shift-change.store.js';
import type { CoverRequestStore } from './cover-request.store.js';
import { coverView } from './cover-view.js';
import type { ShiftNoticeStore } from './shift-notice.store.js';

interface ShowParts {
  readonly reads: PoolReads;
  readonly clock: ClockStore;
  readonly requests: CoverRequestStore;
  readonly notices: ShiftNoticeStore;
  readonly changes: ShiftChangeStore;
  readonly config: () => Config;
}

/** Requests for cover and notices, for whoever looks. */
export class ShowCover {
  constructor(private readonly parts: ShowParts) {}

  async list(
    tenant: string,
    { schedule, person, eligible, state }: CoverRequestQuery,
  ): Promise<CoverRequestList> {
    const { reads, clock, requests } = this.parts;
    const now = await clock.now();
    const asked = (await requests.recent(reads, tenant)).filter(
      (request) =>
        (state === 'all' || coverState(request, now) === state) &&
        (schedule === undefined || request.schedule === schedule) &&
        (person === undefined || request.person === person),
    );
    const views = await this.views(tenant, asked, now);
    return {
      requests: views.filter((view) => eligible === undefined || view.eligible.includes(eligible)),
    };
  }

  async one(tenant: string, id: string): Promise<CoverRequestView | undefined> {
    const now = await this.parts.clock.now();
    const request = await this.parts.requests.find(this.parts.reads, tenant, id);
    return request === undefined ? undefined : (await this.views(tenant, [request], now))[0];
  }

  async told(tenant: string, query: ShiftNoticeQuery): Promise<ShiftNoticeList> {
    return { notices: await this.parts.notices.list(this.parts.reads, tenant, query) };
  }

  private async views(
    tenant: string,
    asked: readonly CoverRequest[],
    now: number,
  ): Promise<CoverRequestView[]> {
    if (asked.length === 0) return [];
    const window = {
      from: Math.min(...asked.map(({ from }) => from)),
      until: Math.max(...asked.map(({ until }) => until)),
    };
    const book = changeBook(await this.parts.changes.touching(this.parts.reads, tenant, window));
    const config = this.parts.config();
    return asked.map((request) => {
      const open = coverState(request, now) === 'open';
      return coverView(request, { now, eligible: open ? eligibleForCover(config, book, request) : [] });
    });
  }
}
