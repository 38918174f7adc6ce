import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows } from '../json-rows.js';
import type { UnwrittenInput } from './work-record.js';

/** Appends to the recording, in the transaction of the decisions. */
export class EngineInputStore {
  /** One statement, however many lines. */
  async append(tx: Tx, lines: readonly UnwrittenInput[]): Promise<void> {
    if (lines.length === 0) return;
    await tx.query({
      name: 'routing.record-inputs',
      text: `INSERT INTO ${SCHEMA}.engine_input (tenant, case_id, at, revision, body)
        SELECT tenant, case_id, ${instant('at')}, revision, body
        FROM json_to_recordset($1::json) AS r(n int, tenant text, case_id bigint, at float8, revision int, body text)
        ORDER BY n`,
      values: [jsonRows(lines.map(rowOf))],
    });
  }
}

const rowOf = ({ tenant, caseId, at, revision, due, input, came }: UnwrittenInput, n: number): object => ({
  ...{ n, tenant, case_id: caseId, at, revision },
  body: JSON.stringify({ ...(Object.keys(due).length === 0 ? {} : { due }), input, came }),
});
