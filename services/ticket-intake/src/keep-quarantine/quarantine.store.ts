import { schemaOf } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { countText } from '../count-conservation/count-statement.js';

const schema = schemaOf('ticket-intake');

/** A body that was authenticated and parsed but not understood. */
export interface NewQuarantine {
  readonly eventId: string;
  readonly tenant: string;
  readonly source: string;
  readonly route: string;
  /** Pack and version that failed, such as `zendesk@1`. */
  readonly mapping: string;
  readonly reason: string;
  /** JSON of `Fault[]`. */
  readonly faults: string;
  /** JSON of the headers that mappings read. */
  readonly headers: string;
  readonly body: string;
  readonly payloadHash: string;
}

export interface QuarantineRow extends Omit<NewQuarantine, 'payloadHash' | 'eventId'> {
  readonly id: string;
  readonly event_id: string;
  readonly received_at: Date;
  readonly redriven_at: Date | null;
  readonly redriven_by: string | null;
  readonly event_ids: string | null;
}

const LISTED = `id::text, event_id, tenant, source, route, mapping, reason, faults, headers, received_at, redriven_at,
  redriven_by, event_ids`;

export class QuarantineStore {
  /** @param writer of the counts */
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: string,
  ) {}

  /** Keeps the body once, however often it is sent. @returns whether it was there before */
  async keep(entry: NewQuarantine): Promise<{ duplicate: boolean }> {
    const rows = await this.transactions.query<{ id: string }>('cold', {
      name: 'intake.quarantine',
      text: `WITH fresh AS (
          INSERT INTO ${schema}.received (event_id, tenant, source, payload_hash, state, batch, n)
          VALUES ($1, $2, $3, $4, 'quarantined', nextval('event_log.batch_seq'), 1)
          ON CONFLICT DO NOTHING RETURNING event_id),
        counted AS (
          ${countText(`SELECT event_log.tocsin_now(), $2, $3, $11, 1, 0, count(*) FILTER (WHERE event_id IS NULL),
            count(event_id), 0 FROM (VALUES (1)) AS one LEFT JOIN fresh ON true`)})
        INSERT INTO ${schema}.quarantine (event_id, tenant, source, route, mapping, reason, faults, headers, body)
        SELECT event_id, $2, $3, $5, $6, $7, $8, $9, $10 FROM fresh RETURNING id::text`,
      values: [
        entry.eventId,
        entry.tenant,
        entry.source,
        entry.payloadHash,
        entry.route,
        entry.mapping,
        entry.reason,
        entry.faults,
        entry.headers,
        entry.body,
        this.writer,
      ],
    });
    return { duplicate: rows.length === 0 };
  }

  /** Newest first, without bodies. @param before id from which to go on; undefined starts */
  async list(
    tenant: string,
    filter: { before?: string | undefined; limit: number; held: boolean },
  ): Promise<QuarantineRow[]> {
    return this.transactions.query<QuarantineRow>('cold', {
      text: `SELECT ${LISTED} FROM ${schema}.quarantine
        WHERE tenant = $1 AND ($2::bigint IS NULL OR id < $2) AND (NOT $3 OR redriven_at IS NULL)
        ORDER BY id DESC LIMIT $4`,
      values: [tenant, filter.before ?? null, filter.held, filter.limit],
    });
  }

  async show(tenant: string, id: string): Promise<QuarantineRow | undefined> {
    const [row] = await this.transactions.query<QuarantineRow>('cold', {
      text: `SELECT ${LISTED}, body FROM ${schema}.quarantine WHERE tenant = $1 AND id = $2`,
      values: [tenant, id],
    });
    return row;
  }

  /** The first re-drive that succeeds is the one that is recorded. */
  async redriven(id: string, by: string, eventIds: readonly string[]): Promise<void> {
    await this.transactions.query('cold', {
      text: `UPDATE ${schema}.quarantine SET redriven_at = event_log.tocsin_now(), redriven_by = $2, event_ids = $3
        WHERE id = $1 AND redriven_at IS NULL`,
      values: [id, by, eventIds.join(',')],
    });
  }
}
