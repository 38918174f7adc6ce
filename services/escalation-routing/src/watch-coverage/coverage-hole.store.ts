import type { Instant, Priority } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows } from '../json-rows.js';

/** The earliest hole of a service and priority. */
export interface OpenHole {
  readonly service: string;
  readonly priority: Priority;
  readonly from: Instant;
  readonly until: Instant;
}

export class CoverageHoleStore {
  /**
   * Makes these the open holes of a tenant; what is not among them is closed. Of two processes that do so the second
   * waits for the first.
   *
   * @returns those that are other holes than were open before: none was, or it begins earlier, or after that one's end
   */
  async keep(
    tx: Tx,
    tenant: string,
    holes: readonly OpenHole[],
  ): Promise<Pick<OpenHole, 'service' | 'priority'>[]> {
    await tx.query({
      name: 'routing.lock-coverage-holes',
      text: `SELECT pg_advisory_xact_lock(hashtextextended('coverage ' || $1, 0))`,
      values: [tenant],
    });
    const found = jsonRows(holes);
    await tx.query({
      name: 'routing.close-coverage-holes',
      text: `DELETE FROM ${SCHEMA}.coverage_hole WHERE tenant = $1 AND (service, priority) NOT IN (
          SELECT service, priority FROM json_to_recordset($2::json) AS t(service text, priority text))`,
      values: [tenant, found],
    });
    return tx.query<Pick<OpenHole, 'service' | 'priority'>>({
      name: 'routing.open-coverage-holes',
      text: `WITH old AS (SELECT service, priority, from_at, until_at FROM ${SCHEMA}.coverage_hole WHERE tenant = $1),
        kept AS (
          INSERT INTO ${SCHEMA}.coverage_hole (tenant, service, priority, from_at, until_at)
          SELECT $1, service, priority, ${instant('begins')}, ${instant('ends')}
          FROM json_to_recordset($2::json) AS t(service text, priority text, begins float8, ends float8)
          ON CONFLICT (tenant, service, priority)
          DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at
          RETURNING service, priority, from_at)
        SELECT service, priority FROM kept LEFT JOIN old USING (service, priority)
        WHERE old.from_at IS NULL OR kept.from_at < old.from_at OR kept.from_at >= old.until_at`,
      values: [
        tenant,
        jsonRows(holes.map(({ from, until, ...hole }) => ({ ...hole, begins: from, ends: until }))),
      ],
    });
  }
}
