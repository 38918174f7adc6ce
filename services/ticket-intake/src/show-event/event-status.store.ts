import { schemaOf } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';

const schema = schemaOf('ticket-intake');

export interface EventStatus {
  readonly tenant: string;
  readonly source: string;
  readonly state: 'received' | 'recorded' | 'quarantined';
  readonly received_at: Date;
  /** `tenant:source:ticketKey` of the published event; null when none was published. */
  readonly key: string | null;
  readonly quarantine_id: string | null;
  /** Of a quarantined body that was re-driven: the events it became, joined by commas. */
  readonly event_ids: string | null;
}

export class EventStatusStore {
  constructor(private readonly transactions: Transactions) {}

  async of(eventId: string): Promise<EventStatus | undefined> {
    const [row] = await this.transactions.query<EventStatus>('cold', {
      name: 'intake.event-status',
      text: `SELECT r.tenant, r.source, r.state, r.received_at, o.key, q.id::text AS quarantine_id, q.event_ids
        FROM ${schema}.received r
        LEFT JOIN ${schema}.outbox o ON o.batch = r.batch AND o.n = r.n
        LEFT JOIN ${schema}.quarantine q ON q.event_id = r.event_id
        WHERE r.event_id = $1`,
      values: [eventId],
    });
    return row;
  }
}
