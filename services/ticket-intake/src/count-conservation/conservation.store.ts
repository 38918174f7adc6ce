import type { Transactions } from '@tocsin/event-log';
import { CONSERVATION, COUNTS, countText } from './count-statement.js';
import type { Tally } from './tally.js';

export interface ConservationMinute extends Record<(typeof COUNTS)[number], number> {
  readonly source: string;
  readonly minute: Date;
}

/** What one source has sent in some time, and how much of it was not understood. */
export interface SourceCounts {
  readonly source: string;
  readonly received: number;
  readonly quarantined: number;
}

export class ConservationStore {
  /** @param writer nobody else's: rows of one writer are never written by two statements at once */
  constructor(
    private readonly transactions: Transactions,
    private readonly writer: string,
  ) {}

  /** Adds what was counted in memory. One call at a time. */
  async add(tallies: readonly Tally[]): Promise<void> {
    await this.transactions.query('cold', {
      name: 'intake.conservation',
      text: countText(`SELECT to_timestamp(minute / 1000.0), tenant, source, $1::text, ${COUNTS.join(', ')}
        FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
          AS t (tenant, source, minute, ${COUNTS.join(', ')})`),
      values: [
        this.writer,
        tallies.map(({ tenant }) => tenant),
        tallies.map(({ source }) => source),
        tallies.map(({ minute }) => minute),
        ...COUNTS.map((name) => tallies.map((tally) => tally[name])),
      ],
    });
  }

  /** Minutes that begin in [from, to), oldest first, summed over all writers. */
  async between(tenant: string, from: string, to: string): Promise<ConservationMinute[]> {
    return this.transactions.query<ConservationMinute>('cold', {
      text: `SELECT source, minute, ${COUNTS.map((name) => `sum(${name})::float8 AS ${name}`).join(', ')}
        FROM ${CONSERVATION} WHERE tenant = $1 AND minute >= $2 AND minute < $3
        GROUP BY minute, source ORDER BY minute, source`,
      values: [tenant, from, to],
    });
  }

  /** All sources of which anything was counted in the last minutes, the one that runs included. */
  async lastMinutes(minutes: number): Promise<SourceCounts[]> {
    return this.transactions.query<SourceCounts>('cold', {
      name: 'intake.last-minutes',
      text: `SELECT source, sum(received)::float8 AS received, sum(quarantined)::float8 AS quarantined
        FROM ${CONSERVATION} WHERE minute > event_log.tocsin_now() - $1::int * interval '1 minute'
        GROUP BY source ORDER BY source`,
      values: [minutes],
    });
  }

  /**
   * Gives the minutes of past hours one row per source: a run of a process leaves a writer per connection behind.
   * Several processes may do it at once, a killed one leaves all as it was.
   */
  async fold(): Promise<void> {
    await this.transactions.query('cold', {
      name: 'intake.fold-conservation',
      text: `WITH old AS (
          DELETE FROM ${CONSERVATION} WHERE writer <> '' AND minute < event_log.tocsin_now() - interval '1 hour'
          RETURNING *)
        ${countText(`SELECT minute, tenant, source, '', ${COUNTS.map((name) => `sum(${name})`).join(', ')}
          FROM old GROUP BY minute, tenant, source ORDER BY minute, tenant, source`)}`,
      values: [],
    });
  }
}
