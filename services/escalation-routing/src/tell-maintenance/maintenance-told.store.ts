import type { Instant, MaintenanceEvent, MaintenanceTold } from '@tocsin/contracts';
import { isoOf } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { ToldWindows } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, millis, NOW } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

/** How things stand, for who only wants to know whether there is something to tell. */
export interface MaintenanceGlance {
  readonly now: Instant;
  /** How often the windows made at run time have changed. */
  readonly version: number;
  /** Absent before anything was told. */
  readonly told_until: Instant | null;
  readonly revision: number | null;
  readonly seen_version: number | null;
  readonly next_at: Instant | null;
}

interface WatchRow {
  readonly told_until: Instant;
  readonly revision: number;
  readonly windows: string;
}

/** A revision of the config, and since when this service has had it. */
export interface HeardRevision {
  readonly revision: number;
  readonly at: Instant;
}

/** A config that changes more often between two looks is known by the newest of its revisions. */
const MOST_REVISIONS = 50;

export class MaintenanceToldStore {
  async glance(db: Reads, tenant: string): Promise<MaintenanceGlance> {
    const [row] = await db.query<MaintenanceGlance>({
      name: 'routing.glance-maintenance',
      text: `SELECT ${NOW} AS now, coalesce(q.version, 0)::float8 AS version, ${millis('w.told_until')} AS told_until,
          w.revision, w.windows_version::float8 AS seen_version, ${millis('w.next_at')} AS next_at
        FROM (SELECT $1::text AS tenant) t
        LEFT JOIN ${SCHEMA}.quiet_version q USING (tenant) LEFT JOIN ${SCHEMA}.maintenance_watch w USING (tenant)`,
      values: [tenant],
    });
    if (row === undefined) throw new Error('the clock gave no row');
    return row;
  }

  /** Takes the telling of a tenant's windows for this transaction. @returns undefined when nothing was ever told */
  async lock(tx: Tx, tenant: string): Promise<ToldWindows | undefined> {
    await tx.query({
      name: 'routing.lock-maintenance-told',
      text: `SELECT pg_advisory_xact_lock(hashtextextended('maintenance ' || $1, 0))`,
      values: [tenant],
    });
    const [row] = await tx.query<WatchRow>({
      name: 'routing.maintenance-watch',
      text: `SELECT ${millis('told_until')} AS told_until, revision, windows FROM ${SCHEMA}.maintenance_watch WHERE tenant = $1`,
      values: [tenant],
    });
    if (row === undefined) return undefined;
    const windows = JSON.parse(row.windows) as ToldWindows['windows'];
    return { until: row.told_until, revision: row.revision, windows };
  }

  /** Call with the lock held. @returns those that had not been told, in their order */
  async tell(tx: Tx, tenant: string, events: readonly MaintenanceEvent[]): Promise<MaintenanceEvent[]> {
    if (events.length === 0) return [];
    const rows = await tx.query<{ event_id: string }>({
      name: 'routing.tell-maintenance',
      text: `INSERT INTO ${SCHEMA}.maintenance_told (tenant, event_id, window_id, type, at)
        SELECT $1, id, "window", type, at FROM json_to_recordset($2::json)
          AS t(n int, id text, "window" text, type text, at timestamptz)
        ORDER BY n ON CONFLICT DO NOTHING RETURNING event_id`,
      values: [
        tenant,
        jsonRows(events.map(({ id, window, type, at }, n) => ({ n, id, window: window.id, type, at }))),
      ],
    });
    const fresh = new Set(rows.map((row) => row.event_id));
    return events.filter(({ id }) => fresh.has(id));
  }

  /** Call with the lock held. */
  async keep(
    tx: Tx,
    tenant: string,
    { until, revision, windows }: ToldWindows,
    seen: { readonly version: number; readonly nextAt: Instant | undefined },
  ): Promise<void> {
    await tx.query({
      name: 'routing.keep-maintenance-told',
      text: `INSERT INTO ${SCHEMA}.maintenance_watch (tenant, told_until, revision, windows, windows_version, next_at)
        VALUES ($1, ${instant('$2::float8')}, $3, $4, $5, ${instant('$6::float8')})
        ON CONFLICT (tenant) DO UPDATE SET told_until = excluded.told_until, revision = excluded.revision,
          windows = excluded.windows, windows_version = excluded.windows_version, next_at = excluded.next_at`,
      values: [tenant, until, revision, JSON.stringify(windows), seen.version, seen.nextAt ?? null],
    });
  }

  /** The revisions above one, up to another, in their order. */
  async heard(db: Reads, tenant: string, above: number, upTo: number): Promise<HeardRevision[]> {
    const rows = await db.query<HeardRevision>({
      name: 'routing.heard-revisions',
      text: `SELECT revision, ${millis('stored_at')} AS at FROM ${SCHEMA}.config_revision
        WHERE tenant = $1 AND revision > $2 AND revision <= $3 ORDER BY revision DESC LIMIT ${MOST_REVISIONS}`,
      values: [tenant, above, upTo],
    });
    return rows.toReversed();
  }

  /** What was told last of each window, by its id. */
  async last(db: Reads, tenant: string): Promise<ReadonlyMap<string, MaintenanceTold>> {
    const rows = await db.query<
      Pick<MaintenanceTold, 'type'> & { window_id: string; at: Instant; told_at: Instant }
    >({
      name: 'routing.last-maintenance-told',
      text: `SELECT DISTINCT ON (window_id) window_id, type, ${millis('at')} AS at, ${millis('told_at')} AS told_at
        FROM ${SCHEMA}.maintenance_told WHERE tenant = $1 ORDER BY window_id, n DESC`,
      values: [tenant],
    });
    return new Map(
      rows.map(({ window_id: id, type, at, told_at: toldAt }) => [
        id,
        { type, at: isoOf(at), toldAt: isoOf(toldAt) },
      ]),
    );
  }
}
