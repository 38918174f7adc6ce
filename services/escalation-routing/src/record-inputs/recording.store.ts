import { caseIdText, type Instant, type RecordedInput } from '@tocsin/contracts';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, millis, NOW } from '../json-rows.js';
import type { PoolReads } from '../pool-reads.js';

/** Lines of one page: less than a megabyte. */
export const LINES_PER_PAGE = 2000;

/** What the recording holds from an instant on. */
export interface RecordedSpan {
  readonly now: Instant;
  /** Absent when nothing is recorded. */
  readonly first: Instant | undefined;
  readonly lines: number;
}

interface LineRow {
  readonly id: number;
  readonly at: number;
  readonly case_id: string | null;
  readonly revision: number;
  readonly tx: number | null;
  readonly body: string;
}

/** Reads the recording for a replay; never in a transaction that decides. */
export class RecordingStore {
  constructor(private readonly reads: PoolReads) {}

  async span(tenant: string, from: Instant): Promise<RecordedSpan> {
    const [row] = await this.reads.query<{ now: number; first: number | null; lines: number }>({
      name: 'routing.recorded-span',
      text: `SELECT ${NOW} AS now, ${millis('min(at)')} AS first, count(*)::float8 AS lines
        FROM ${SCHEMA}.engine_input WHERE tenant = $1 AND at >= ${instant('$2::float8')}`,
      values: [tenant, from],
    });
    if (row === undefined) throw new Error('an aggregate gave no row');
    return { now: row.now, first: row.first ?? undefined, lines: row.lines };
  }

  /** The trees by which lines from an instant on were decided. */
  async revisions(
    tenant: string,
    from: Instant,
  ): Promise<{ revision: number; tree: Record<string, unknown> }[]> {
    const rows = await this.reads.query<{ revision: number; document: string }>({
      name: 'routing.recorded-revisions',
      text: `SELECT revision, document FROM ${SCHEMA}.config_revision WHERE tenant = $1 AND revision IN (
          SELECT DISTINCT revision FROM ${SCHEMA}.engine_input WHERE tenant = $1 AND at >= ${instant('$2::float8')})
        ORDER BY revision`,
      values: [tenant, from],
    });
    return rows.map(({ revision, document }) => ({
      revision,
      tree: JSON.parse(document) as Record<string, unknown>,
    }));
  }

  /** One page in the order of ids. @param after id of the last line that is known */
  async lines(tenant: string, from: Instant, after: number): Promise<RecordedInput[]> {
    const rows = await this.reads.query<LineRow>({
      name: 'routing.recorded-lines',
      text: `SELECT id::float8 AS id, ${millis('at')} AS at, case_id::text AS case_id, revision,
          tx::float8 AS tx, body
        FROM ${SCHEMA}.engine_input
        WHERE tenant = $1 AND at >= ${instant('$2::float8')} AND id > $3 ORDER BY id LIMIT ${LINES_PER_PAGE}`,
      values: [tenant, from, after],
    });
    return rows.map(lineOf);
  }
}

const lineOf = ({ id, at, case_id: caseId, revision, tx, body }: LineRow): RecordedInput => ({
  ...{ id, at, revision },
  ...(tx === null ? {} : { tx }),
  ...(caseId === null ? {} : { case: caseIdText(BigInt(caseId)) }),
  ...(JSON.parse(body) as Pick<RecordedInput, 'due' | 'input' | 'came'>),
});
