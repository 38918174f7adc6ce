import type { Statement, Tx } from '@tocsin/event-log';
import type { ShiftChange, TimeSpan } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';
import { instant, millis, ONE_NOW } from './json-rows.js';

/** A transaction, or the pool for reads that need none. */
export interface Reads {
  query<Row>(statement: Statement): Promise<Row[]>;
}

/** What a change is before it is recorded. */
export type UnrecordedChange = {
  [Kind in ShiftChange['kind']]: Omit<
    Extract<ShiftChange, { kind: Kind }>,
    'id' | 'recordedAt' | 'recordedBy' | 'cancelledAt' | 'cancelledBy'
  >;
}[ShiftChange['kind']];

interface ShiftChangeRow {
  readonly id: string;
  readonly body: string;
  readonly recorded_at: number;
  readonly recorded_by: string;
  readonly reason: string | null;
  readonly cancelled_at: number | null;
  readonly cancelled_by: string | null;
}

const COLUMNS = `id, body, ${millis('recorded_at')} AS recorded_at, recorded_by, reason,
  ${millis('cancelled_at')} AS cancelled_at, cancelled_by`;

const changeOf = (row: ShiftChangeRow): ShiftChange => ({
  ...(JSON.parse(row.body) as UnrecordedChange),
  id: row.id,
  recordedAt: row.recorded_at,
  recordedBy: row.recorded_by,
  ...(row.reason === null ? {} : { reason: row.reason }),
  ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
  ...(row.cancelled_by === null ? {} : { cancelledBy: row.cancelled_by }),
});

/** The time that a change touches: of a swap from the earlier beginning to the later end, of a series all of it. */
export function spanOf(change: UnrecordedChange): TimeSpan {
  if (change.kind === 'swap')
    return {
      from: Math.min(change.first.from, change.second.from),
      until: Math.max(change.first.until, change.second.until),
    };
  const { from, until } = change;
  const end = change.kind === 'override' ? change.repeats?.until : undefined;
  return { from, until: end ?? until };
}

export class ShiftChangeStore {
  /** Takes the tenant's changes for this transaction: two that are judged by what is in force wait for each other. */
  async lock(tx: Tx, tenant: string): Promise<void> {
    await tx.query({
      name: 'routing.lock-shifts',
      text: `INSERT INTO ${SCHEMA}.shift_change_version (tenant, version) VALUES ($1, 1)
        ON CONFLICT (tenant) DO UPDATE SET version = shift_change_version.version + 1`,
      values: [tenant],
    });
  }

  /** Call with the lock held. */
  async record(
    tx: Tx,
    tenant: string,
    change: UnrecordedChange,
    { id, by }: { readonly id: string; readonly by: string },
  ): Promise<ShiftChange> {
    const { reason, ...body } = change;
    const { from, until } = spanOf(change);
    const [row] = await tx.query<ShiftChangeRow>({
      name: 'routing.record-shift-change',
      text: `INSERT INTO ${SCHEMA}.shift_change (tenant, id, kind, body, from_at, until_at, recorded_by, reason)
        VALUES ($1, $2, $3, $4, ${instant('$5::float8')}, ${instant('$6::float8')}, $7, $8) RETURNING ${COLUMNS}`,
      values: [tenant, id, change.kind, JSON.stringify(body), from, until, by, reason ?? null],
    });
    if (row === undefined) throw new Error('a recorded change gave no row');
    return changeOf(row);
  }

  /** Call with the lock held. @returns undefined when there is none in force */
  async cancel(
    tx: Tx,
    tenant: string,
    { id, kind, by }: { readonly id: string; readonly kind: string; readonly by: string },
  ): Promise<ShiftChange | undefined> {
    const [row] = await tx.query<ShiftChangeRow>({
      name: 'routing.cancel-shift-change',
      text: `UPDATE ${SCHEMA}.shift_change SET cancelled_at = event_log.tocsin_now(), cancelled_by = $4
        WHERE tenant = $1 AND id = $2 AND kind = $3 AND cancelled_at IS NULL RETURNING ${COLUMNS}`,
      values: [tenant, id, kind, by],
    });
    return row === undefined ? undefined : changeOf(row);
  }

  async find(db: Reads, tenant: string, id: string): Promise<ShiftChange | undefined> {
    const [row] = await db.query<ShiftChangeRow>({
      name: 'routing.find-shift-change',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.shift_change WHERE tenant = $1 AND id = $2`,
      values: [tenant, id],
    });
    return row === undefined ? undefined : changeOf(row);
  }

  /** All that touch a window, cancelled ones too: what was known when is for the rules to say. */
  async touching(db: Reads, tenant: string, { from, until }: TimeSpan): Promise<ShiftChange[]> {
    const rows = await db.query<ShiftChangeRow>({
      name: 'routing.shift-changes',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.shift_change
        WHERE tenant = $1 AND until_at > ${instant('$2::float8')} AND from_at < ${instant('$3::float8')}
        ORDER BY recorded_at, from_at, id`,
      values: [tenant, from, until],
    });
    return rows.map(changeOf);
  }

  /** What is in force or was within the last 90 days: no step that is planned now needs more. */
  async live(db: Reads, tenant: string): Promise<ShiftChange[]> {
    const rows = await db.query<ShiftChangeRow>({
      name: 'routing.live-shift-changes',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.shift_change
        WHERE tenant = $1 AND cancelled_at IS NULL AND until_at > ${ONE_NOW} - interval '90 days'`,
      values: [tenant],
    });
    return rows.map(changeOf);
  }
}
