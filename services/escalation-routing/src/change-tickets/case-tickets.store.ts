import type { Tx } from '@tocsin/event-log';
import { isResolved, type MemberTicket } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { jsonRows } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';
import { keyOf } from '../triage-event/ticket.store.js';

interface TicketRow {
  readonly case_id: string;
  readonly source: string;
  readonly ticket_key: string;
  readonly status: string | null;
  readonly opened_at: number | null;
  readonly opened_tie: string | null;
  readonly resolved_at: number | null;
  readonly resolved_tie: string | null;
  readonly group_key: string | null;
  readonly heard: string;
}

/** A ticket as the link to its case. */
export interface CaseTicket extends MemberTicket {
  /** The case that goes on with it: the one that its row names, or what grouping has made that part of. */
  readonly caseId: bigint;
  readonly status?: string;
}

/** Cases with those that have become part of them; the keys under which rules group them. */
export interface Families {
  readonly rootOf: ReadonlyMap<string, bigint>;
  readonly keys: readonly string[];
}

const HEARD = `md5(row(version_by, seen_at, seen_tie, opened_at, opened_tie, resolved_at, resolved_tie, status)::text)`;

const COLUMNS = `case_id::text AS case_id, source, ticket_key, status, opened_at, opened_tie, resolved_at, resolved_tie,
  group_key, ${HEARD} AS heard`;

/** Which tickets' events reach which cases. Triage locks tickets before cases, and so does whoever moves them. */
export class CaseTicketsStore {
  /** Those that a person has merged belong to it too: their tickets have left them, what was told of them has not. */
  async families(db: Reads, tenant: string, cases: readonly bigint[]): Promise<Families> {
    const rows = await db.query<{ root: string; id: string; group_key: string | null }>({
      name: 'routing.case-families',
      text: `WITH RECURSIVE family AS (
          SELECT id AS root, id, group_key FROM ${SCHEMA}.case_record WHERE tenant = $1 AND id = ANY ($2::bigint[])
          UNION SELECT f.root, c.id, c.group_key FROM family f JOIN ${SCHEMA}.case_record c
            ON c.joined_into = f.id)
        SELECT root::text AS root, id::text AS id, group_key FROM family`,
      values: [tenant, cases.map(String)],
    });
    return {
      rootOf: new Map(rows.map(({ root, id }) => [id, BigInt(root)])),
      keys: [...new Set(rows.flatMap(({ group_key: key }) => key ?? []))],
    };
  }

  /** Locks the tickets of these cases in the order of their keys. */
  async lock(tx: Tx, tenant: string, families: Families): Promise<CaseTicket[]> {
    const rows = await tx.query<TicketRow>({
      name: 'routing.lock-case-tickets',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.ticket WHERE tenant = $1 AND case_id = ANY ($2::bigint[])
        ORDER BY tenant, source, ticket_key FOR UPDATE`,
      values: [tenant, [...families.rootOf.keys()]],
    });
    return rows.map((row) => ticketOf(row, families));
  }

  async read(db: Reads, tenant: string, families: Families): Promise<CaseTicket[]> {
    const rows = await db.query<TicketRow>({
      name: 'routing.case-tickets',
      text: `SELECT ${COLUMNS} FROM ${SCHEMA}.ticket WHERE tenant = $1 AND case_id = ANY ($2::bigint[])
        ORDER BY source, ticket_key`,
      values: [tenant, [...families.rootOf.keys()]],
    });
    return rows.map((row) => ticketOf(row, families));
  }

  /** Their events reach the case that each names from now on. */
  async link(
    tx: Tx,
    tenant: string,
    links: readonly Pick<MemberTicket, 'source' | 'ticketKey' | 'linked' | 'groupKey'>[],
  ): Promise<void> {
    if (links.length === 0) return;
    const rows = links.map(({ source, ticketKey, linked, groupKey }) => ({
      ...{ source, ticket_key: ticketKey, case_id: linked, group_key: groupKey },
    }));
    await tx.query({
      name: 'routing.link-tickets',
      text: `UPDATE ${SCHEMA}.ticket t SET case_id = k.case_id, group_key = k.group_key
        FROM json_to_recordset($2::json) AS k(source text, ticket_key text, case_id bigint, group_key text)
        WHERE t.tenant = $1 AND t.source = k.source AND t.ticket_key = k.ticket_key`,
      values: [tenant, jsonRows(rows)],
    });
  }

  /** The SLA clocks of a case that is part of another are not looked at; what they are stays. */
  async stopClocks(tx: Tx, caseId: bigint): Promise<void> {
    await tx.query({
      name: 'routing.stop-clocks',
      text: `UPDATE ${SCHEMA}.sla_clock SET wake_at = NULL WHERE case_id = $1`,
      values: [caseId.toString()],
    });
  }
}

const versionOf = (at: number | null, tie: string | null) =>
  at === null || tie === null ? undefined : { at, tie };

function ticketOf(row: TicketRow, { rootOf }: Families): CaseTicket {
  const { source, ticket_key: ticketKey, status, heard, case_id: linked, group_key: groupKey } = row;
  const opened = versionOf(row.opened_at, row.opened_tie);
  const resolved = versionOf(row.resolved_at, row.resolved_tie);
  const said = {
    ...(opened === undefined ? {} : { opened }),
    ...(resolved === undefined ? {} : { resolved }),
  };
  return {
    ...{ source, ticketKey, heard, linked, open: !isResolved(said) },
    caseId: rootOf.get(linked) ?? BigInt(linked),
    ...(groupKey === null ? {} : { groupKey }),
    ...(status === null ? {} : { status }),
  };
}

/** The same for the same tickets in the same cases. */
export const linksOf = (tenant: string, tickets: readonly CaseTicket[]): string =>
  JSON.stringify(tickets.map((ticket) => [keyOf({ tenant, ...ticket }), String(ticket.caseId)]).toSorted());
