import type { Instant, OnCallRole } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { millis } from '../json-rows.js';

/** What a feed shows: a lane of a schedule, or all turns of a person. */
export type FeedOf = { readonly schedule: string; readonly role: OnCallRole } | { readonly person: string };

export interface CalendarFeed {
  readonly tenant: string;
  readonly id: string;
  readonly of: FeedOf;
  readonly prefix: string;
  readonly createdAt: Instant;
  readonly createdBy: string;
  readonly lastUsedAt?: Instant;
  readonly revokedAt?: Instant;
  readonly revokedBy?: string;
}

type NewFeed = Pick<CalendarFeed, 'tenant' | 'id' | 'of' | 'prefix' | 'createdBy'> & {
  readonly hash: Buffer;
};

/** Whose feeds: without `only` all of the tenant, else those that he made or that show his turns. */
export interface FeedOwner {
  readonly tenant: string;
  readonly only?: string | undefined;
}

interface FeedRow {
  tenant: string;
  id: string;
  schedule: string | null;
  role: OnCallRole | null;
  person: string | null;
  prefix: string;
  created_at: number;
  created_by: string;
  last_used_at: number | null;
  revoked_at: number | null;
  revoked_by: string | null;
}

const COLUMNS = `tenant, id, schedule, role, person, prefix, created_by, revoked_by,
  ${millis('created_at')} AS created_at, ${millis('last_used_at')} AS last_used_at, ${millis('revoked_at')} AS revoked_at`;

const OWNED = `tenant = $1 AND ($2::text IS NULL OR created_by = $2 OR person = $2)`;

export class CalendarFeedStore {
  constructor(private readonly transactions: Transactions) {}

  async add({ tenant, id, of, prefix, createdBy, hash }: NewFeed): Promise<CalendarFeed> {
    const { schedule = null, role = null, person = null }: Partial<Record<string, string | null>> = of;
    const rows = await this.query({
      name: 'routing.add-calendar-feed',
      text: `INSERT INTO ${SCHEMA}.calendar_feed (tenant, id, secret_hash, prefix, schedule, role, person, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      values: [tenant, id, hash, prefix, schedule, role, person, createdBy],
    });
    const [feed] = rows;
    if (feed === undefined) throw new Error('the feed gave no row');
    return feed;
  }

  /** The newest first. */
  list({ tenant, only }: FeedOwner, revoked: boolean): Promise<CalendarFeed[]> {
    return this.query({
      name: 'routing.list-calendar-feeds',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.calendar_feed
        WHERE ${OWNED} AND ($3 OR revoked_at IS NULL) ORDER BY calendar_feed.created_at DESC, id`,
      values: [tenant, only ?? null, revoked],
    });
  }

  /** A second time it says what the first one did. @returns undefined when there is none */
  async revoke({ tenant, only }: FeedOwner, id: string, by: string): Promise<CalendarFeed | undefined> {
    const [feed] = await this.query({
      name: 'routing.revoke-calendar-feed',
      text: `UPDATE ${SCHEMA}.calendar_feed SET revoked_at = COALESCE(revoked_at, event_log.tocsin_now()),
          revoked_by = COALESCE(revoked_by, $4)
        WHERE ${OWNED} AND id = $3 RETURNING ${COLUMNS}`,
      values: [tenant, only ?? null, id, by],
    });
    return feed;
  }

  /** The feed of a secret that is in force. */
  async find(hash: Buffer): Promise<CalendarFeed | undefined> {
    const [feed] = await this.query({
      name: 'routing.find-calendar-feed',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.calendar_feed WHERE secret_hash = $1 AND revoked_at IS NULL`,
      values: [hash],
    });
    return feed;
  }

  /** Remembers the use, once a minute at most: clients poll, and each time would be a row written. */
  async used({ tenant, id }: Pick<CalendarFeed, 'tenant' | 'id'>): Promise<void> {
    await this.transactions.query('cold', {
      name: 'routing.use-calendar-feed',
      text: `UPDATE ${SCHEMA}.calendar_feed SET last_used_at = event_log.tocsin_now()
        WHERE tenant = $1 AND id = $2
          AND (last_used_at IS NULL OR last_used_at <= event_log.tocsin_now() - interval '1 minute')`,
      values: [tenant, id],
    });
  }

  private async query(statement: Parameters<Transactions['query']>[1]): Promise<CalendarFeed[]> {
    return (await this.transactions.query<FeedRow>('cold', statement)).map(feedOf);
  }
}

const feedOf = (row: FeedRow): CalendarFeed => ({
  tenant: row.tenant,
  id: row.id,
  of:
    row.person === null
      ? { schedule: row.schedule ?? '', role: row.role ?? 'primary' }
      : { person: row.person },
  prefix: row.prefix,
  createdAt: row.created_at,
  createdBy: row.created_by,
  ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  ...(row.revoked_by === null ? {} : { revokedBy: row.revoked_by }),
});
