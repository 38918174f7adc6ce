import type { TicketEvent } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { jsonRows, NOW } from '../json-rows.js';
import type { Ticket, Version } from '@tocsin/rules';

/** One upstream key: what its row is locked by. */
export interface TicketKey {
  readonly tenant: string;
  readonly source: string;
  readonly ticketKey: string;
}

export interface KeyedTicket extends TicketKey {
  readonly ticket: Ticket;
}

/** What became of one event; `caseId` is absent when it concerned no case. */
export interface AppliedEvent {
  readonly tenant: string;
  readonly eventId: string;
  readonly outcome: string;
  readonly caseId?: bigint;
}

interface TicketRow {
  readonly tenant: string;
  readonly source: string;
  readonly ticket_key: string;
  readonly version_by: string | null;
  readonly seen_at: number | null;
  readonly seen_tie: string | null;
  readonly opened_at: number | null;
  readonly opened_tie: string | null;
  readonly resolved_at: number | null;
  readonly resolved_tie: string | null;
  readonly status: string | null;
  readonly case_id: string | null;
  readonly group_key: string | null;
  readonly now: number;
}

export const keyOf = ({ tenant, source, ticketKey }: TicketKey): string =>
  JSON.stringify([tenant, source, ticketKey]);

/** Everything about a key that no other part of routing may change. */
export class TicketStore {
  /**
   * Makes the rows that are missing and locks all of them, in the order of their keys: events of one key are triaged
   * one after the other, whichever batch or process they came by, and two batches never wait for each other.
   * @param keys each once
   */
  async lock(tx: Tx, keys: readonly TicketKey[]): Promise<{ tickets: readonly KeyedTicket[]; now: number }> {
    const json = jsonRows(keys.map((k) => ({ tenant: k.tenant, source: k.source, ticket_key: k.ticketKey })));
    await tx.query({ name: 'routing.make-tickets', text: MAKE, values: [json] });
    const rows = await tx.query<TicketRow>({ name: 'routing.lock-tickets', text: LOCK, values: [json] });
    if (rows.length < keys.length)
      throw new Error('a ticket row vanished between being made and being locked');
    return { tickets: rows.map(ticketOf), now: Math.max(...rows.map((row) => row.now)) };
  }

  /** Which of these events were applied before, under the locks of their tickets. */
  async alreadyApplied(tx: Tx, tenant: string, eventIds: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ event_id: string }>({
      name: 'routing.applied-events',
      text: `SELECT event_id FROM ${SCHEMA}.applied_event WHERE tenant = $1 AND event_id = ANY ($2::text[])`,
      values: [tenant, eventIds],
    });
    return new Set(rows.map((row) => row.event_id));
  }

  async save(tx: Tx, tickets: readonly KeyedTicket[], applied: readonly AppliedEvent[]): Promise<void> {
    await tx.query({
      name: 'routing.save-tickets',
      text: SAVE,
      values: [jsonRows(tickets.map(rowOf)), jsonRows(applied.map(appliedRow))],
    });
  }
}

const versionOf = (at: number | null, tie: string | null): Version | undefined =>
  at === null || tie === null ? undefined : { at, tie };

function ticketOf(row: TicketRow): KeyedTicket {
  const seen = versionOf(row.seen_at, row.seen_tie);
  const opened = versionOf(row.opened_at, row.opened_tie);
  const resolved = versionOf(row.resolved_at, row.resolved_tie);
  return {
    tenant: row.tenant,
    source: row.source,
    ticketKey: row.ticket_key,
    ticket: {
      ...(row.version_by === null ? {} : { versionBy: row.version_by as TicketEvent['version']['by'] }),
      ...(seen === undefined ? {} : { seen }),
      ...(opened === undefined ? {} : { opened }),
      ...(resolved === undefined ? {} : { resolved }),
      ...(row.status === null ? {} : { status: row.status }),
      ...(row.case_id === null ? {} : { caseId: BigInt(row.case_id) }),
      ...(row.group_key === null ? {} : { groupKey: row.group_key }),
    },
  };
}

const rowOf = ({ tenant, source, ticketKey, ticket }: KeyedTicket): object => ({
  tenant,
  source,
  ticket_key: ticketKey,
  version_by: ticket.versionBy,
  seen_at: ticket.seen?.at,
  seen_tie: ticket.seen?.tie,
  opened_at: ticket.opened?.at,
  opened_tie: ticket.opened?.tie,
  resolved_at: ticket.resolved?.at,
  resolved_tie: ticket.resolved?.tie,
  status: ticket.status,
  case_id: ticket.caseId,
  group_key: ticket.groupKey,
});

const appliedRow = ({ tenant, eventId, outcome, caseId }: AppliedEvent): object => ({
  tenant,
  event_id: eventId,
  outcome,
  case_id: caseId,
});

const KEYS = `json_to_recordset($1::json) AS k(tenant text, source text, ticket_key text)`;

const MAKE = `
  INSERT INTO ${SCHEMA}.ticket (tenant, source, ticket_key)
  SELECT tenant, source, ticket_key FROM ${KEYS} ORDER BY tenant, source, ticket_key
  ON CONFLICT DO NOTHING`;

const LOCK = `
  SELECT t.tenant, t.source, t.ticket_key, version_by, seen_at, seen_tie, opened_at, opened_tie, resolved_at,
    resolved_tie, status, case_id::text AS case_id, group_key, ${NOW} AS now
  FROM ${KEYS} JOIN ${SCHEMA}.ticket t USING (tenant, source, ticket_key)
  ORDER BY t.tenant, t.source, t.ticket_key FOR UPDATE OF t`;

const SAVE = `
  WITH applied AS (
    INSERT INTO ${SCHEMA}.applied_event (tenant, event_id, outcome, case_id)
    SELECT tenant, event_id, outcome, case_id
    FROM json_to_recordset($2::json) AS a(tenant text, event_id text, outcome text, case_id bigint)
  )
  UPDATE ${SCHEMA}.ticket t SET version_by = r.version_by, seen_at = r.seen_at, seen_tie = r.seen_tie,
    opened_at = r.opened_at, opened_tie = r.opened_tie, resolved_at = r.resolved_at, resolved_tie = r.resolved_tie,
    status = r.status, case_id = r.case_id, group_key = r.group_key
  FROM json_to_recordset($1::json) AS r(tenant text, source text, ticket_key text, version_by text, seen_at float8,
    seen_tie text, opened_at float8, opened_tie text, resolved_at float8, resolved_tie text, status text, case_id bigint, group_key text)
  WHERE t.tenant = r.tenant AND t.source = r.source AND t.ticket_key = r.ticket_key`;
