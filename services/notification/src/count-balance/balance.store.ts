import { type BalanceCounts, type Instant, isoOf, PAGE_ENDS } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';

export type MinuteBalance = BalanceCounts & { readonly minute: Instant };

interface BalanceRow extends Record<(typeof PAGE_ENDS)[number] | 'planned', number> {
  readonly minute: number;
}

/** A stretch of time: minutes that begin in [from, to). */
export interface BalanceSpan {
  readonly from: Instant;
  readonly to: Instant;
}

export const isBalanced = (counts: Omit<BalanceCounts, 'balanced'>): boolean =>
  counts.planned === PAGE_ENDS.reduce((sum, end) => sum + counts[end], 0);

/** Counts what the ledger says became of the pages of each minute, beside how many were planned. */
export class BalanceStore {
  constructor(private readonly db: Transactions) {}

  /** One statement sees both sides at one instant, so that they are equal at every instant. @param tenant absent: all */
  async between(tenant: string | undefined, { from, to }: BalanceSpan): Promise<MinuteBalance[]> {
    const rows = await this.db.query<BalanceRow>('cold', {
      name: 'balance.between',
      text: BETWEEN,
      values: [tenant ?? null, isoOf(from), isoOf(to)],
    });
    return rows.map((row) => ({ ...row, balanced: isBalanced(row) }));
  }

  async now(): Promise<Instant> {
    const [row] = await this.db.query<{ now: number }>('cold', {
      name: 'balance.now',
      text: 'SELECT floor(extract(epoch FROM event_log.tocsin_now()) * 1000)::float8 AS now',
      values: [],
    });
    if (row === undefined) throw new Error('the clock gave no row');
    return row.now;
  }
}

/** A page that has lost its attempts has come to nothing that is known, and is in no column. */
const BETWEEN = `
  WITH known AS (
    SELECT date_trunc('minute', p.requested_at, 'UTC') AS minute, CASE
        WHEN a.arrived THEN 'delivered'
        WHEN a.open THEN 'open'
        WHEN p.unreachable_at IS NOT NULL THEN 'failed'
        WHEN a.cancelled THEN 'cancelled'
        WHEN a.failed THEN 'failed'
        WHEN a.suppressed THEN 'suppressed' END AS came_to
    FROM notification.page p CROSS JOIN LATERAL (
      SELECT bool_or(state IN ('accepted', 'delivered')) AS arrived,
        bool_or(state IN ('planned', 'leased', 'handed')) AS open,
        bool_or(state = 'cancelled') AS cancelled, bool_or(state = 'suppressed') AS suppressed,
        bool_or(state IN ('failed', 'unknown')) AS failed
      FROM notification.attempt a WHERE a.tenant = p.tenant AND a.case_id = p.case_id AND a.epoch = p.epoch
        AND a.round = p.round AND a.step = p.step AND a.person = p.person) a
    WHERE ($1::text IS NULL OR p.tenant = $1) AND p.requested_at >= $2::timestamptz AND p.requested_at < $3::timestamptz),
  ends AS (
    SELECT minute, ${PAGE_ENDS.map((end) => `count(*) FILTER (WHERE came_to = '${end}')::int AS ${end}`).join(', ')}
    FROM known GROUP BY minute),
  counted AS (
    SELECT minute, sum(planned)::int AS planned, sum(stopped)::int AS stopped FROM notification.page_count
    WHERE ($1::text IS NULL OR tenant = $1) AND minute >= $2::timestamptz AND minute < $3::timestamptz GROUP BY minute)
  SELECT (extract(epoch FROM minute) * 1000)::float8 AS minute, coalesce(planned, 0) AS planned,
    ${PAGE_ENDS.map((end) => `coalesce(${end}, 0)${end === 'cancelled' ? ' + coalesce(stopped, 0)' : ''} AS ${end}`).join(', ')}
  FROM counted FULL JOIN ends USING (minute) ORDER BY minute`;
