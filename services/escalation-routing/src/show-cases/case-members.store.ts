import { type CaseMemberView, isoOf, type Texts } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { millis } from '../json-rows.js';

interface MemberRow {
  readonly source: string;
  readonly ticket_key: string;
  readonly events: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly open: boolean;
  readonly because: string;
}

/** Reads the tickets of grouped cases, without locks. */
export class CaseMembersStore {
  constructor(private readonly transactions: Transactions) {}

  /** The tickets of a case and of what has become part of it, the first seen first. */
  async list(caseId: bigint, limit: number): Promise<CaseMemberView[]> {
    const rows = await this.transactions.query<MemberRow>('cold', {
      name: 'routing.case-members',
      text: `WITH RECURSIVE family AS (
          SELECT id, 0 AS depth FROM ${SCHEMA}.case_record WHERE id = $1
          UNION SELECT c.id, f.depth + 1 FROM family f JOIN ${SCHEMA}.case_record c ON c.joined_into = f.id)
        SELECT source, ticket_key, sum(events)::int AS events, ${millis('min(first_seen)')} AS first_seen,
          ${millis('max(last_seen)')} AS last_seen, (array_agg(open ORDER BY depth))[1] AS open,
          (array_agg(because ORDER BY depth))[1] AS because
        FROM family JOIN ${SCHEMA}.case_member m ON m.case_id = family.id
        GROUP BY source, ticket_key ORDER BY min(first_seen), source, ticket_key LIMIT $2`,
      values: [caseId.toString(), limit],
    });
    return rows.map(viewOf);
  }
}

const viewOf = (row: MemberRow): CaseMemberView => ({
  source: row.source,
  ticketKey: row.ticket_key,
  events: row.events,
  firstSeen: isoOf(row.first_seen),
  lastSeen: isoOf(row.last_seen),
  open: row.open,
  because: JSON.parse(row.because) as Texts,
});
