import { schemaOf } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import type { Tally } from './tally.js';

const table = `${schemaOf('ticket-intake')}.conservation`;
const COUNTS = ['received', 'accepted', 'duplicate', 'quarantined', 'rejected'] as const;

export interface ConservationMinute extends Record<(typeof COUNTS)[number], number> {
  readonly source: string;
  readonly minute: Date;
}

export class ConservationStore {
  constructor(private readonly transactions: Transactions) {}

  /** Adds to what other processes have counted. Ordered, so that two processes wait for each other, never deadlock. */
  async add(tallies: readonly Tally[]): Promise<void> {
    await this.transactions.query('cold', {
      name: 'intake.conservation',
      text: `INSERT INTO ${table} AS c (tenant, source, minute, ${COUNTS.join(', ')})
        SELECT t.tenant, t.source, to_timestamp(t.minute / 1000.0), ${COUNTS.map((name) => `t.${name}`).join(', ')}
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
          AS t (tenant, source, minute, ${COUNTS.join(', ')}) ORDER BY t.minute, t.tenant, t.source
        ON CONFLICT (minute, tenant, source) DO UPDATE SET
          ${COUNTS.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')}`,
      values: [
        tallies.map(({ tenant }) => tenant),
        tallies.map(({ source }) => source),
        tallies.map(({ minute }) => minute),
        ...COUNTS.map((name) => tallies.map((tally) => tally[name])),
      ],
    });
  }

  /** Minutes that begin in [from, to), oldest first. */
  async between(tenant: string, from: string, to: string): Promise<ConservationMinute[]> {
    return this.transactions.query<ConservationMinute>('cold', {
      text: `SELECT source, minute, ${COUNTS.map((name) => `${name}::float8 AS ${name}`).join(', ')} FROM ${table}
        WHERE tenant = $1 AND minute >= $2 AND minute < $3 ORDER BY minute, source`,
      values: [tenant, from, to],
    });
  }
}
