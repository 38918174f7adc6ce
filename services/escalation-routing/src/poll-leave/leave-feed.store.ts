import type { Instant, Texts } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { type LeaveFeed, NEW_FEED } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, millis, NOW, ONE_NOW } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

/** What is kept of a calendar from reading to reading. Plain JSON. */
export interface KnownFeed {
  readonly feed: LeaveFeed;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** Why it cannot be read. */
  readonly fault?: Texts | undefined;
}

export interface FeedRow {
  readonly person: string;
  readonly mark: string;
  readonly known: KnownFeed;
  readonly confirmed: boolean;
  readonly nextAt: Instant;
}

/** A feed that this process reads now: `nextAt` is its lease, by which it knows that nobody has overtaken it. */
export interface ClaimedFeed extends FeedRow {
  readonly now: Instant;
}

interface Row extends Omit<FeedRow, 'known'> {
  readonly known: string;
  readonly now: number;
}

const COLUMNS = `person, mark, known, confirmed, ${millis('next_at')} AS "nextAt", ${NOW} AS now`;
const feedOf = <T extends { readonly known: string }>(row: T): Omit<T, 'known'> & { known: KnownFeed } => ({
  ...row,
  known: JSON.parse(row.known) as KnownFeed,
});

/** Longer than any reading takes: after it another process may try. */
const LEASE_SECONDS = 120;

export class LeaveFeedStore {
  /** Makes these the feeds of a tenant; one that is read elsewhere, or otherwise, begins anew. */
  async keep(
    tx: Tx,
    tenant: string,
    wanted: readonly { readonly person: string; readonly mark: string }[],
  ): Promise<void> {
    await tx.query({
      name: 'routing.keep-leave-feeds',
      text: `INSERT INTO ${SCHEMA}.leave_feed AS f (tenant, person, mark, known)
        SELECT $1, person, mark, $3 FROM json_to_recordset($2::json) AS t(person text, mark text)
        ON CONFLICT (tenant, person) DO UPDATE
          SET mark = excluded.mark, known = excluded.known, confirmed = false, next_at = event_log.tocsin_now()
          WHERE f.mark <> excluded.mark`,
      values: [tenant, jsonRows(wanted), JSON.stringify({ feed: NEW_FEED })],
    });
  }

  /** Removes the feeds of everybody else. @returns whose they were */
  async forgetOthers(tx: Tx, tenant: string, wanted: readonly string[]): Promise<string[]> {
    const gone = await tx.query<{ person: string }>({
      name: 'routing.forget-leave-feeds',
      text: `DELETE FROM ${SCHEMA}.leave_feed WHERE tenant = $1 AND person <> ALL($2::text[]) RETURNING person`,
      values: [tenant, wanted],
    });
    return gone.map(({ person }) => person);
  }

  async claim(tx: Tx, tenant: string, most: number): Promise<ClaimedFeed[]> {
    const rows = await tx.query<Row>({
      name: 'routing.claim-leave-feeds',
      text: `UPDATE ${SCHEMA}.leave_feed SET next_at = ${ONE_NOW} + make_interval(secs => ${LEASE_SECONDS})
        WHERE (tenant, person) IN (
          SELECT tenant, person FROM ${SCHEMA}.leave_feed WHERE tenant = $1 AND next_at <= ${ONE_NOW}
          ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING ${COLUMNS}`,
      values: [tenant, most],
    });
    return rows.map(feedOf);
  }

  /** Takes a feed for this transaction. @returns undefined when somebody has overtaken the claim, or it is gone */
  async lock(tx: Tx, tenant: string, claimed: FeedRow): Promise<ClaimedFeed | undefined> {
    const [row] = await tx.query<Row>({
      name: 'routing.lock-leave-feed',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.leave_feed WHERE tenant = $1 AND person = $2 FOR UPDATE`,
      values: [tenant, claimed.person],
    });
    const ours = row?.nextAt === claimed.nextAt && row.mark === claimed.mark;
    return row !== undefined && ours ? feedOf(row) : undefined;
  }

  async save(
    tx: Tx,
    tenant: string,
    { person, known, nextAt, confirmed }: Omit<FeedRow, 'mark'>,
  ): Promise<void> {
    await tx.query({
      name: 'routing.save-leave-feed',
      text: `UPDATE ${SCHEMA}.leave_feed SET known = $3, next_at = ${instant('$4::float8')}, confirmed = $5
        WHERE tenant = $1 AND person = $2`,
      values: [tenant, person, JSON.stringify(known), nextAt, confirmed],
    });
  }

  /** Has the feed read again at once, and believed when it is empty. @returns undefined when there is none */
  async confirm(db: Reads, tenant: string, person: string): Promise<FeedRow | undefined> {
    const [row] = await db.query<Row>({
      name: 'routing.confirm-leave-feed',
      text: `UPDATE ${SCHEMA}.leave_feed SET confirmed = true, next_at = event_log.tocsin_now()
        WHERE tenant = $1 AND person = $2 RETURNING ${COLUMNS}`,
      values: [tenant, person],
    });
    return row === undefined ? undefined : feedOf(row);
  }

  async list(db: Reads, tenant: string): Promise<FeedRow[]> {
    const rows = await db.query<Row>({
      name: 'routing.leave-feeds',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.leave_feed WHERE tenant = $1 ORDER BY person`,
      values: [tenant],
    });
    return rows.map(feedOf);
  }
}
