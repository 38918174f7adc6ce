import type { Tx } from '@tocsin/event-log';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows } from '../json-rows.js';
import type { UnwrittenInput } from './work-record.js';

/** Appends what was refused to the recording; what was decided goes with the cases, in their statement. */
export class EngineInputStore {
  async append(tx: Tx, lines: readonly UnwrittenInput[]): Promise<void> {
    if (lines.length === 0) return;
    await tx.query({
      name: 'routing.record-inputs',
      text: appendLines('$1'),
      values: [linesJson(lines)],
    });
  }
}

/** SQL that appends the lines of one JSON parameter, in their order. */
export const appendLines = (parameter: string): string =>
  `INSERT INTO ${SCHEMA}.engine_input (tenant, case_id, at, revision, body)
    SELECT tenant, case_id, ${instant('at')}, revision, body FROM json_to_recordset(${parameter}::json)
      AS l(n int, tenant text, case_id bigint, at float8, revision int, body text) ORDER BY n`;

export const linesJson = (lines: readonly UnwrittenInput[]): string => jsonRows(lines.map(rowOf));

const rowOf = ({ tenant, caseId, at, revision, due, input, came }: UnwrittenInput, n: number): object => ({
  ...{ n, tenant, case_id: caseId, at, revision },
  body: JSON.stringify({ ...(Object.keys(due).length === 0 ? {} : { due }), input, came }),
});
