import type { Instant, Texts } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { TicketRef } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, millis } from '../json-rows.js';

/** What a grouped case tells of one of its tickets, as its row is. Plain JSON. */
export interface MemberRow extends TicketRef {
  readonly caseId: string;
  readonly events: number;
  readonly firstSeen: Instant;
  readonly lastSeen: Instant;
  readonly open: boolean;
  readonly because: Texts;
}

interface TakenRow {
  readonly case_id: string;
  readonly source: string;
  readonly ticket_key: string;
  readonly events: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly open: boolean;
  readonly because: string;
}

/** Rows of grouped cases that go along with their tickets, under the locks of both cases. */
export class MovedMembersStore {
  /** Takes the rows of these tickets out of these cases. */
  async take(tx: Tx, cases: readonly string[], tickets: readonly TicketRef[]): Promise<MemberRow[]> {
    const rows = await tx.query<TakenRow>({
      name: 'routing.take-members',
      text: `DELETE FROM ${SCHEMA}.case_member m USING json_to_recordset($2::json) AS k(source text, ticket_key text)
        WHERE m.case_id = ANY ($1::bigint[]) AND m.source = k.source AND m.ticket_key = k.ticket_key
        RETURNING case_id::text AS case_id, m.source, m.ticket_key, events, ${millis('first_seen')} AS first_seen,
          ${millis('last_seen')} AS last_seen, open, because`,
      values: [cases, jsonRows(tickets.map(({ source, ticketKey }) => ({ source, ticket_key: ticketKey })))],
    });
    return rows.map(({ case_id: caseId, source, ticket_key: ticketKey, events, open, ...row }) => ({
      ...{ caseId, source, ticketKey, events, open, firstSeen: row.first_seen, lastSeen: row.last_seen },
      because: JSON.parse(row.because) as Texts,
    }));
  }

  async put(tx: Tx, members: readonly MemberRow[]): Promise<void> {
    if (members.length === 0) return;
    const rows = members.map(({ caseId, source, ticketKey, because, ...member }) => ({
      ...{ case_id: caseId, source, ticket_key: ticketKey, because: JSON.stringify(because) },
      ...{ events: member.events, open: member.open, first: member.firstSeen, last: member.lastSeen },
    }));
    await tx.query({
      name: 'routing.put-members',
      text: `INSERT INTO ${SCHEMA}.case_member (case_id, source, ticket_key, events, first_seen, last_seen, open, because)
        SELECT case_id, source, ticket_key, events, ${instant('first')}, ${instant('last')}, open, because
        FROM json_to_recordset($1::json) AS r(case_id bigint, source text, ticket_key text, events int, first float8,
          last float8, open boolean, because text)`,
      values: [jsonRows(rows)],
    });
  }
}
