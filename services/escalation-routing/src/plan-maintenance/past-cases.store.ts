import type { Instant, QuietScope } from '@tocsin/contracts';
import { CASE_COLUMNS, type CaseRow, caseOf } from '../case-row.js';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant } from '../json-rows.js';
import type { RoutedCase } from '../routed-case.js';
import type { Reads } from '../shift-change.store.js';

/** A month of a busy tenant; a preview of more would only be a larger number. */
const MOST = 100_000;

/** Cases that opened since an instant, the newest first; what a scope names plainly is looked for by the database. */
export class PastCasesStore {
  async since(
    db: Reads,
    tenant: string,
    from: Instant,
    { services, markets, sources }: QuietScope,
  ): Promise<RoutedCase[]> {
    const values: unknown[] = [tenant, from];
    const among = (column: string, names: readonly string[] | undefined): string =>
      names === undefined ? '' : `AND ${column} = ANY ($${values.push(names)}::text[])`;
    const narrower = [
      among('c.service', services),
      among('c.market', markets),
      among('c.source', sources),
    ].join(' ');
    const rows = await db.query<CaseRow>({
      text: `SELECT ${CASE_COLUMNS} FROM ${SCHEMA}.case_record c JOIN ${SCHEMA}.escalation e ON e.case_id = c.id
        WHERE c.tenant = $1 AND c.opened_at >= ${instant('$2::float8')} ${narrower}
        ORDER BY c.opened_at DESC, c.id DESC LIMIT ${MOST}`,
      values,
    });
    return rows.map(caseOf);
  }
}
