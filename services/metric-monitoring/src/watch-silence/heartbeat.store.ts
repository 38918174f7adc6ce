import type { Instant } from '@tocsin/contracts';
import type { Statement, Transactions, Tx } from '@tocsin/event-log';
import { dueAtOf, type HeartbeatState } from '@tocsin/rules';
import { z } from 'zod';
import { SCHEMA } from '../metric-monitoring.migrations.js';

/** A heartbeat's row, with the database's time at which it was read. */
export interface KeptHeartbeat {
  readonly tenant: string;
  readonly name: string;
  readonly state: HeartbeatState;
  readonly now: Instant;
}

interface HeartbeatRow {
  readonly tenant: string;
  readonly name: string;
  readonly state: string;
  readonly now: number;
}

/** Rows of one pass of the watch. */
const MOST_AT_ONCE = 200;

const NOW = `floor(extract(epoch FROM event_log.tocsin_now()) * 1000)::float8`;
const COLUMNS = `tenant, name, state, ${NOW} AS now`;

const State = z.custom<HeartbeatState>(
  (value) => typeof value === 'object' && value !== null && 'status' in value,
);
const keptOf = (row: HeartbeatRow): KeptHeartbeat => ({ ...row, state: State.parse(JSON.parse(row.state)) });

/** Where heartbeats stand. A row is locked while its next state is decided, so two signs never cross. */
export class HeartbeatStore {
  constructor(private readonly transactions: Transactions) {}

  async now(tx: Tx): Promise<Instant> {
    const [row] = await tx.query<{ now: number }>(named('heartbeat.now', `SELECT ${NOW} AS now`, []));
    if (row === undefined) throw new Error('the clock gave no row');
    return row.now;
  }

  async lock(tx: Tx, tenant: string, name: string): Promise<KeptHeartbeat | undefined> {
    const rows = await tx.query<HeartbeatRow>(
      named(
        'heartbeat.lock',
        `SELECT ${COLUMNS} FROM ${SCHEMA}.heartbeat WHERE tenant = $1 AND name = $2 FOR UPDATE`,
        [tenant, name],
      ),
    );
    return rows.map(keptOf)[0];
  }

  /** Those whose silence is due, passing over what another instance holds. */
  async claimDue(tx: Tx): Promise<KeptHeartbeat[]> {
    const rows = await tx.query<HeartbeatRow>(
      named(
        'heartbeat.due',
        `SELECT ${COLUMNS} FROM ${SCHEMA}.heartbeat WHERE due_at <= (SELECT event_log.tocsin_now())
          ORDER BY due_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED`,
        [],
      ),
    );
    return rows.map(keptOf);
  }

  async lockAll(tx: Tx): Promise<KeptHeartbeat[]> {
    const rows = await tx.query<HeartbeatRow>(
      named(
        'heartbeat.lock-all',
        `SELECT ${COLUMNS} FROM ${SCHEMA}.heartbeat ORDER BY tenant, name FOR UPDATE`,
        [],
      ),
    );
    return rows.map(keptOf);
  }

  async list(tenant: string): Promise<KeptHeartbeat[]> {
    const rows = await this.transactions.query<HeartbeatRow>(
      'cold',
      named('heartbeat.list', `SELECT ${COLUMNS} FROM ${SCHEMA}.heartbeat WHERE tenant = $1 ORDER BY name`, [
        tenant,
      ]),
    );
    return rows.map(keptOf);
  }

  async save(tx: Tx, tenant: string, name: string, state: HeartbeatState): Promise<void> {
    const dueAt = dueAtOf(state);
    await tx.query(
      named(
        'heartbeat.save',
        `INSERT INTO ${SCHEMA}.heartbeat (tenant, name, state, due_at) VALUES ($1, $2, $3, to_timestamp($4 / 1000.0))
          ON CONFLICT (tenant, name) DO UPDATE SET state = EXCLUDED.state, due_at = EXCLUDED.due_at`,
        [tenant, name, JSON.stringify(state), dueAt ?? null],
      ),
    );
  }

  async remove(tx: Tx, tenant: string, name: string): Promise<void> {
    await tx.query(
      named('heartbeat.remove', `DELETE FROM ${SCHEMA}.heartbeat WHERE tenant = $1 AND name = $2`, [
        tenant,
        name,
      ]),
    );
  }

  /**
   * Notes that somebody is listening, and tells since when nobody was.
   * @returns the time of the note before, whoever made it; undefined at the very first
   */
  async noteListening(tx: Tx): Promise<Instant | undefined> {
    const [row] = await tx.query<{ before: number | null }>(
      named(
        'heartbeat.listening',
        `WITH old AS (SELECT at FROM ${SCHEMA}.listening FOR UPDATE),
          note AS (INSERT INTO ${SCHEMA}.listening (only_row, at) VALUES (true, event_log.tocsin_now())
            ON CONFLICT (only_row) DO UPDATE SET at = EXCLUDED.at)
          SELECT floor(extract(epoch FROM (SELECT at FROM old)) * 1000)::float8 AS before`,
        [],
      ),
    );
    return row?.before ?? undefined;
  }
}

const named = (name: string, text: string, values: readonly unknown[]): Statement => ({ name, text, values });
