import type { Instant } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { MembershipChange, MembershipKind, MemberTicket } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, millis } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';
import type { Learnt } from './gather-cases.js';
import type { MemberRow } from './moved-members.store.js';

/** A merge, split or move as it was done, and perhaps undone. */
export interface KeptChange extends MembershipChange {
  readonly id: string;
  readonly by: string;
  /** Events that `to` counts since, because `from` has ended. */
  readonly events: number;
  /** What grouped cases told of the tickets. */
  readonly members: readonly MemberRow[];
  readonly learnt?: Learnt | undefined;
  readonly undone?: { readonly by: string; readonly at: Instant };
}

interface ChangeRow {
  readonly id: string;
  readonly kind: string;
  readonly from_case: string;
  readonly to_case: string;
  readonly tickets: string;
  readonly kept: string;
  readonly events: number;
  readonly changed_by: string;
  readonly changed_at: number;
  readonly undone_by: string | null;
  readonly undone_at: number | null;
}

/** What was done to the tickets of cases; under the locks of both cases. */
export class TicketChangeStore {
  async keep(tx: Tx, tenant: string, change: Omit<KeptChange, 'id' | 'undone'>): Promise<void> {
    const { kind, from, to, tickets, events, by, at, was, members, learnt } = change;
    await tx.query({
      name: 'routing.keep-ticket-change',
      text: `INSERT INTO ${SCHEMA}.ticket_change (tenant, kind, from_case, to_case, tickets, kept, events, changed_by,
          changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ${instant('$9::float8')})`,
      values: [
        ...[tenant, kind, from.toString(), to.toString()],
        ...[JSON.stringify(tickets), JSON.stringify({ was, members, learnt }), events, by, at],
      ],
    });
  }

  async undo(tx: Tx, id: string, by: string, at: Instant): Promise<void> {
    await tx.query({
      name: 'routing.undo-ticket-change',
      text: `UPDATE ${SCHEMA}.ticket_change SET undone_by = $2, undone_at = ${instant('$3::float8')} WHERE id = $1`,
      values: [id, by, at],
    });
  }

  /** Of these cases, the newest first. */
  async list(db: Reads, tenant: string, cases: readonly bigint[]): Promise<KeptChange[]> {
    const rows = await db.query<ChangeRow>({
      name: 'routing.ticket-changes',
      text: `SELECT id::text AS id, kind, from_case::text AS from_case, to_case::text AS to_case, tickets, kept, events, changed_by,
          ${millis('changed_at')} AS changed_at, undone_by, ${millis('undone_at')} AS undone_at
        FROM ${SCHEMA}.ticket_change
        WHERE tenant = $1 AND (from_case = ANY ($2::bigint[]) OR to_case = ANY ($2::bigint[])) ORDER BY ticket_change.id DESC`,
      values: [tenant, cases.map(String)],
    });
    return rows.map(changeOf);
  }
}

const changeOf = (row: ChangeRow): KeptChange => ({
  id: row.id,
  kind: row.kind as MembershipKind,
  from: BigInt(row.from_case),
  to: BigInt(row.to_case),
  tickets: JSON.parse(row.tickets) as MemberTicket[],
  ...(JSON.parse(row.kept) as Pick<KeptChange, 'was' | 'members' | 'learnt'>),
  events: row.events,
  by: row.changed_by,
  at: row.changed_at,
  ...(row.undone_by === null || row.undone_at === null
    ? {}
    : { undone: { by: row.undone_by, at: row.undone_at } }),
});
