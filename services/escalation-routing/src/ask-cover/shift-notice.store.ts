import type { ShiftNotice, ShiftNoticeQuery } from '@tocsin/contracts';
import { isoOf } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { jsonRows, millis } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';

/** What is told; the time is the database's. */
export interface NewShiftNotice extends Omit<ShiftNotice, 'at'> {
  /** The same key is told once. */
  readonly key: string;
}

export class ShiftNoticeStore {
  async tell(tx: Tx, tenant: string, notices: readonly NewShiftNotice[]): Promise<void> {
    if (notices.length === 0) return;
    const rows = notices.map(({ key, kind, person, ...body }) => {
      return { key, kind, person, body: JSON.stringify(body) };
    });
    await tx.query({
      name: 'routing.tell-shift-notices',
      text: `INSERT INTO ${SCHEMA}.shift_notice (tenant, key, kind, person, body)
        SELECT $1, key, kind, person, body
        FROM json_to_recordset($2::json) AS t(key text, kind text, person text, body text)
        ON CONFLICT (tenant, key) DO NOTHING`,
      values: [tenant, jsonRows(rows)],
    });
  }

  /** The newest first. */
  async list(db: Reads, tenant: string, { person, kind, limit }: ShiftNoticeQuery): Promise<ShiftNotice[]> {
    const rows = await db.query<{ kind: ShiftNotice['kind']; person: string; body: string; at: number }>({
      name: 'routing.shift-notices',
      text: `SELECT kind, person, body, ${millis('told_at')} AS at FROM ${SCHEMA}.shift_notice
        WHERE tenant = $1 AND ($2::text IS NULL OR person = $2) AND ($3::text IS NULL OR kind = $3)
        ORDER BY n DESC LIMIT $4`,
      values: [tenant, person ?? null, kind ?? null, limit],
    });
    return rows.map(({ kind: told, person: to, body, at }) => ({
      ...(JSON.parse(body) as Omit<ShiftNotice, 'kind' | 'person' | 'at'>),
      kind: told,
      person: to,
      at: isoOf(at),
    }));
  }
}
