import { type CaseState, type EscalationState, parseCaseId, type Priority } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { CASE_COLUMNS, type CaseRow, caseOf } from '../case-row.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant } from '../json-rows.js';
import type { RoutedCase } from '../routed-case.js';

/** Which cases; all that are given must hold. */
export interface CaseFilter {
  readonly tenant: string;
  readonly state?: CaseState | undefined;
  readonly escalation?: EscalationState | undefined;
  readonly priority?: Priority | undefined;
  readonly source?: string | undefined;
  readonly ticketKey?: string | undefined;
  /** An event id: the case that it was applied to. */
  readonly event?: string | undefined;
  /** The cases that are quiet because this one is open. */
  readonly suppressedBy?: string | undefined;
}

/** The last case of the page before; newest first, the id parts cases of the same millisecond. */
export interface CasePlace {
  readonly openedAt: number;
  readonly id: bigint;
}

const FROM = `${SCHEMA}.case_record c JOIN ${SCHEMA}.escalation e ON e.case_id = c.id`;

const COLUMN = {
  state: 'c.state',
  escalation: 'e.status',
  priority: 'c.priority',
  source: 'c.source',
  ticketKey: 'c.ticket_key',
} as const;
const EQUAL_TO = ['state', 'escalation', 'priority', 'source', 'ticketKey'] as const;

/** Reads cases for people, without locks. */
export class CaseListStore {
  constructor(private readonly transactions: Transactions) {}

  /** @returns undefined also when the case is another tenant's */
  async find(tenant: string, id: bigint): Promise<RoutedCase | undefined> {
    const [row] = await this.transactions.query<CaseRow>('cold', {
      name: 'routing.find-case',
      text: `SELECT ${CASE_COLUMNS} FROM ${FROM} WHERE c.id = $1 AND c.tenant = $2`,
      values: [id.toString(), tenant],
    });
    return row === undefined ? undefined : caseOf(row);
  }

  /** How many cases are quiet because this one is open. */
  async countSuppressedBy(parent: bigint): Promise<number> {
    const [row] = await this.transactions.query<{ count: number }>('cold', {
      name: 'routing.count-children',
      text: `SELECT count(*)::int AS count FROM ${SCHEMA}.escalation WHERE parent_case = $1`,
      values: [parent.toString()],
    });
    return row?.count ?? 0;
  }

  async list(filter: CaseFilter, after: CasePlace | undefined, limit: number): Promise<RoutedCase[]> {
    const values: unknown[] = [];
    const put = (value: unknown): string => `$${values.push(value)}`;
    const tenant = put(filter.tenant);
    const where = [`c.tenant = ${tenant}`];
    // Said in the words of the partial index, so that a million resolved cases are not looked at.
    if (filter.state !== undefined && filter.state !== 'resolved') where.push(`c.state <> 'resolved'`);
    for (const key of EQUAL_TO)
      if (filter[key] !== undefined) where.push(`${COLUMN[key]} = ${put(filter[key])}`);
    if (filter.event !== undefined)
      where.push(
        `c.id = (SELECT case_id FROM ${SCHEMA}.applied_event WHERE tenant = ${tenant} AND event_id = ${put(filter.event)})`,
      );
    if (filter.suppressedBy !== undefined)
      where.push(`e.parent_case = ${put(parseCaseId(filter.suppressedBy)?.toString() ?? null)}::bigint`);
    if (after !== undefined)
      where.push(
        `(c.opened_at, c.id) < (${instant(`${put(after.openedAt)}::float8`)}, ${put(after.id.toString())}::bigint)`,
      );
    const rows = await this.transactions.query<CaseRow>('cold', {
      text: `SELECT ${CASE_COLUMNS} FROM ${FROM} WHERE ${where.join(' AND ')}
        ORDER BY c.opened_at DESC, c.id DESC LIMIT ${put(limit)}`,
      values,
    });
    return rows.map(caseOf);
  }
}
