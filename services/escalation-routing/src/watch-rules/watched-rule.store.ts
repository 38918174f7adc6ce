import type { Instant, MonitoredKind } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { WatchedRule } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, millis } from '../json-rows.js';
import type { Reads } from '../shift-change.store.js';
import type { WatchedCase } from './watched-case.js';

/** How many cases of a rule went which way. */
export interface WatchedCount {
  readonly kind: MonitoredKind;
  readonly rule: string;
  readonly differs: boolean;
  readonly real: string;
  readonly would: string;
  readonly cases: number;
  readonly pages: number;
}

export interface WatchedExample extends Pick<WatchedCount, 'kind' | 'rule' | 'real' | 'would'> {
  readonly case_id: string;
  readonly at: Instant;
  readonly revision: number;
}

interface Asked {
  readonly tenant: string;
  readonly from: Instant;
}

/** The rules of a revision that only watch. */
interface WatchedNow {
  readonly revision: number;
  readonly rules: readonly WatchedRule[];
  readonly now: Instant;
}

/** Of one rule; a report of more is no easier to judge. */
const MOST_EXAMPLES = 5;

export class WatchedRuleStore {
  /** Writes what watched rules would have decided, in the transaction of the decisions; nothing where there is nothing. */
  async append(tx: Tx, rows: readonly WatchedCase[], now: Instant): Promise<void> {
    if (rows.length === 0) return;
    await tx.query({
      name: 'routing.watch-cases',
      text: `INSERT INTO ${SCHEMA}.watched_case AS w
          (tenant, kind, rule, case_id, last_at, revision, differs, real, would, pages)
        SELECT tenant, kind, rule, "caseId", ${instant('$2::float8')}, revision, differs, real, would, pages
        FROM json_to_recordset($1::json) AS t(tenant text, kind text, rule text, "caseId" bigint, revision int,
          differs boolean, real text, would text, pages int)
        ORDER BY "caseId", kind, rule
        ON CONFLICT (tenant, kind, rule, case_id) DO UPDATE SET
          last_at = excluded.last_at, pages = w.pages + excluded.pages, differs = w.differs OR excluded.differs,
          revision = CASE WHEN w.differs AND NOT excluded.differs THEN w.revision ELSE excluded.revision END,
          real = CASE WHEN w.differs AND NOT excluded.differs THEN w.real ELSE excluded.real END,
          would = CASE WHEN w.differs AND NOT excluded.differs THEN w.would ELSE excluded.would END`,
      values: [jsonRows(rows), now],
    });
  }

  /**
   * Remembers since when each rule watches as it stands. What an older form of a rule would have decided is forgotten;
   * a process that works by an older revision changes nothing.
   */
  async keep(tx: Tx, tenant: string, { revision, rules, now }: WatchedNow): Promise<void> {
    const rows = jsonRows(rules.map(({ kind, name, form }) => ({ kind, rule: name, form })));
    await tx.query({
      name: 'routing.lock-watched-rules',
      text: `SELECT pg_advisory_xact_lock(hashtextextended('watched rules ' || $1, 0))`,
      values: [tenant],
    });
    await tx.query({
      name: 'routing.forget-watched-rules',
      text: `WITH present AS (SELECT kind, rule, form FROM json_to_recordset($3::json) AS t(kind text, rule text, form text)),
        gone AS (DELETE FROM ${SCHEMA}.watched_rule r WHERE tenant = $1 AND revision < $2 AND NOT EXISTS (
          SELECT FROM present p WHERE p.kind = r.kind AND p.rule = r.rule AND p.form = r.form) RETURNING kind, rule)
        DELETE FROM ${SCHEMA}.watched_case c USING gone
        WHERE c.tenant = $1 AND c.kind = gone.kind AND c.rule = gone.rule`,
      values: [tenant, revision, rows],
    });
    await tx.query({
      name: 'routing.keep-watched-rules',
      text: `INSERT INTO ${SCHEMA}.watched_rule (tenant, kind, rule, form, revision, since)
        SELECT $1, kind, rule, form, $2, ${instant('$4::float8')}
        FROM json_to_recordset($3::json) AS t(kind text, rule text, form text)
        ON CONFLICT (tenant, kind, rule) DO UPDATE SET revision = greatest(watched_rule.revision, excluded.revision)`,
      values: [tenant, revision, rows, now],
    });
  }

  /** Since when each rule watches as it stands, by kind and name. */
  async since(db: Reads, tenant: string): Promise<ReadonlyMap<string, Instant>> {
    const rows = await db.query<{ kind: MonitoredKind; rule: string; since: Instant }>({
      name: 'routing.watched-since',
      text: `SELECT kind, rule, ${millis('since')} AS since FROM ${SCHEMA}.watched_rule WHERE tenant = $1`,
      values: [tenant],
    });
    return new Map(rows.map(({ kind, rule, since }) => [`${kind} ${rule}`, since]));
  }

  /** The most frequent first. */
  counts(db: Reads, { tenant, from }: Asked): Promise<WatchedCount[]> {
    return db.query<WatchedCount>({
      name: 'routing.watched-counts',
      text: `SELECT kind, rule, differs, real, would, count(*)::float8 AS cases, sum(pages)::float8 AS pages
        FROM ${SCHEMA}.watched_case WHERE tenant = $1 AND last_at >= ${instant('$2::float8')}
        GROUP BY kind, rule, differs, real, would ORDER BY cases DESC, real, would`,
      values: [tenant, from],
    });
  }

  /** The newest that differed, of each rule. */
  examples(db: Reads, { tenant, from }: Asked): Promise<WatchedExample[]> {
    return db.query<WatchedExample>({
      name: 'routing.watched-examples',
      text: `SELECT kind, rule, real, would, case_id::text AS case_id, ${millis('last_at')} AS at, revision FROM (
          SELECT *, row_number() OVER (PARTITION BY kind, rule ORDER BY last_at DESC, case_id DESC) AS n
          FROM ${SCHEMA}.watched_case WHERE tenant = $1 AND differs AND last_at >= ${instant('$2::float8')}) newest
        WHERE n <= ${MOST_EXAMPLES} ORDER BY kind, rule, n`,
      values: [tenant, from],
    });
  }
}
