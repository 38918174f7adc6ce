import type { Instant, QuietScope } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { QuietWindow, QuietWindowRecord } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';
import { instant, millis, ONE_NOW } from './json-rows.js';
import type { Reads } from './shift-change.store.js';

/** A window made at run time, with all that ever became of it. */
export interface RecordedWindow extends QuietWindowRecord {
  readonly recordedBy: string;
  readonly reason?: string;
  readonly endedBy?: string;
  readonly cancelledBy?: string;
}

export type NewWindow = Pick<RecordedWindow, 'id' | 'name' | 'scope' | 'safety' | 'from' | 'until'> & {
  readonly by: string;
  readonly reason?: string | undefined;
};

interface WindowRow {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly safety: string;
  readonly from_at: number;
  readonly until_at: number;
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly reason: string | null;
  readonly ended_at: number | null;
  readonly ended_by: string | null;
  readonly cancelled_at: number | null;
  readonly cancelled_by: string | null;
}

const COLUMNS = `id, name, scope, safety, ${millis('from_at')} AS from_at, ${millis('until_at')} AS until_at,
  ${millis('recorded_at')} AS recorded_at, recorded_by, reason, ${millis('ended_at')} AS ended_at, ended_by,
  ${millis('cancelled_at')} AS cancelled_at, cancelled_by`;

const windowOf = (row: WindowRow): RecordedWindow => ({
  id: row.id,
  name: row.name,
  scope: JSON.parse(row.scope) as QuietScope,
  safety: row.safety as QuietWindow['safety'],
  from: row.from_at,
  until: row.until_at,
  recordedAt: row.recorded_at,
  recordedBy: row.recorded_by,
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  ...(row.ended_by === null ? {} : { endedBy: row.ended_by }),
  ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
  ...(row.cancelled_by === null ? {} : { cancelledBy: row.cancelled_by }),
});

export class QuietWindowStore {
  /** Takes the tenant's windows for this transaction: whoever hushes a case meanwhile waits, and sees the change. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query({
      name: 'routing.lock-windows',
      text: `INSERT INTO ${SCHEMA}.quiet_version (tenant, version) VALUES ($1, 1)
        ON CONFLICT (tenant) DO UPDATE SET version = quiet_version.version + 1`,
      values: [tenant],
    });
  }

  /** Call with the lock held. */
  async record(tx: Tx, tenant: string, window: NewWindow): Promise<RecordedWindow> {
    const { id, name, scope, safety, from, until, by, reason = null } = window;
    const [row] = await tx.query<WindowRow>({
      name: 'routing.record-window',
      text: `INSERT INTO ${SCHEMA}.quiet_window (tenant, id, name, scope, safety, from_at, until_at, recorded_by, reason)
        VALUES ($1, $2, $3, $4, $5, ${instant('$6::float8')}, ${instant('$7::float8')}, $8, $9) RETURNING ${COLUMNS}`,
      values: [tenant, id, name, JSON.stringify(scope), safety, from, until, by, reason],
    });
    if (row === undefined) throw new Error('a recorded window gave no row');
    return windowOf(row);
  }

  /** Call with the lock held. @returns undefined when none in force has this id */
  async stop(
    tx: Tx,
    tenant: string,
    { id, by, as }: { readonly id: string; readonly by: string; readonly as: 'ended' | 'cancelled' },
  ): Promise<RecordedWindow | undefined> {
    const [row] = await tx.query<WindowRow>({
      name: `routing.${as}-window`,
      text: `UPDATE ${SCHEMA}.quiet_window SET ${as}_at = event_log.tocsin_now(), ${as}_by = $3
        WHERE tenant = $1 AND id = $2 AND ended_at IS NULL AND cancelled_at IS NULL RETURNING ${COLUMNS}`,
      values: [tenant, id, by],
    });
    return row === undefined ? undefined : windowOf(row);
  }

  async find(db: Reads, tenant: string, id: string): Promise<RecordedWindow | undefined> {
    const [row] = await db.query<WindowRow>({
      name: 'routing.find-window',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.quiet_window WHERE tenant = $1 AND id = $2`,
      values: [tenant, id],
    });
    return row === undefined ? undefined : windowOf(row);
  }

  /** In the order in which they begin. @param over also those that have ended or were cancelled */
  async list(db: Reads, tenant: string, over: boolean): Promise<RecordedWindow[]> {
    const present = `AND until_at > ${ONE_NOW} AND ended_at IS NULL AND cancelled_at IS NULL`;
    const rows = await db.query<WindowRow>({
      name: over ? 'routing.all-windows' : 'routing.present-windows',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.quiet_window WHERE tenant = $1 ${over ? '' : present}
        ORDER BY from_at, id LIMIT 1000`,
      values: [tenant],
    });
    return rows.map(windowOf);
  }

  /** Those that were not over by an instant, ended and cancelled ones too, in the order in which they begin. */
  async touching(db: Reads, tenant: string, from: Instant): Promise<RecordedWindow[]> {
    const rows = await db.query<WindowRow>({
      name: 'routing.touching-windows',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.quiet_window WHERE tenant = $1 AND until_at > ${instant('$2::float8')}
        ORDER BY from_at, id`,
      values: [tenant, from],
    });
    return rows.map(windowOf);
  }

  /**
   * What this transaction has hushed by windows that have changed meanwhile is looked at again at once. Waits for a
   * change that is being made; a change that comes later waits for this transaction, and then finds what it hushed.
   *
   * @param known the version that the decision has seen
   */
  async recheck(tx: Tx, tenant: string, known: number, caseIds: readonly bigint[]): Promise<void> {
    await tx.query({
      name: 'routing.recheck-hushed',
      text: `WITH seen AS MATERIALIZED (SELECT version FROM ${SCHEMA}.quiet_version WHERE tenant = $1 FOR SHARE)
        UPDATE ${SCHEMA}.escalation SET wake_at = event_log.tocsin_now()
        WHERE case_id = ANY ($3::bigint[]) AND coalesce((SELECT version FROM seen), 0) <> $2::bigint`,
      values: [tenant, known, caseIds.map(String)],
    });
  }

  /**
   * What is hushed is looked at again at once: the engine then decides whether it still is. Cases that somebody else
   * works on are passed over: whoever hushes a case rechecks it before committing.
   */
  async wakeSuppressed(tx: Tx, tenant: string): Promise<void> {
    await tx.query({
      name: 'routing.wake-suppressed',
      text: `UPDATE ${SCHEMA}.escalation SET wake_at = event_log.tocsin_now() WHERE case_id IN (
          SELECT case_id FROM ${SCHEMA}.escalation WHERE tenant = $1 AND status = 'suppressed'
          ORDER BY case_id FOR UPDATE SKIP LOCKED)`,
      values: [tenant],
    });
  }
}
