import type { Tx } from '@tocsin/event-log';
import { CASE_COLUMNS, type CaseRow, caseOf, rowOf, SAVED_COLUMNS } from './case-row.js';
import { SCHEMA } from './escalation-routing.migration.js';
import { instant, jsonRows, NOW, ONE_NOW } from './json-rows.js';
import { appendLines, linesJson } from './record-inputs/engine-input.store.js';
import type { UnwrittenInput } from './record-inputs/work-record.js';
import type { RoutedCase, StepPlan } from './routed-case.js';

/** Cases locked for this transaction, with the database's time after the locks were granted. */
export interface LockedCases {
  readonly cases: readonly RoutedCase[];
  /** Undefined when there was nothing to lock. */
  readonly now: number | undefined;
}

interface TimedCaseRow extends CaseRow {
  readonly now: number;
}

const lockedOf = (rows: readonly TimedCaseRow[]): LockedCases => ({
  cases: rows.map(caseOf),
  // A row that was waited for tells a later time than one that was not.
  now: rows.length === 0 ? undefined : Math.max(...rows.map((row) => row.now)),
});

/** Both rows are locked, the escalation first: a row that was only joined would still show what it was before the wait. */
const FROM_CASES = `${SCHEMA}.escalation e JOIN ${SCHEMA}.case_record c ON c.id = e.case_id`;

export class CaseStore {
  /** Locks the cases in the order of their ids, so that two transactions never wait for each other. */
  async lock(tx: Tx, ids: readonly bigint[]): Promise<LockedCases> {
    const rows = await tx.query<TimedCaseRow>({
      name: 'routing.lock-cases',
      text: `SELECT ${CASE_COLUMNS}, ${NOW} AS now FROM ${FROM_CASES}
        WHERE e.case_id = ANY ($1::bigint[]) ORDER BY e.case_id FOR UPDATE OF e, c`,
      values: [ids.map(String)],
    });
    return lockedOf(rows);
  }

  /**
   * Claims escalations that are due, the most urgent first, passing over what another instance holds. The row locks
   * are the lease: they end with this transaction, or with the session of a process that died or was stopped.
   */
  async claimDue(tx: Tx, limit: number): Promise<LockedCases> {
    const rows = await tx.query<TimedCaseRow>({
      name: 'routing.claim-due',
      text: `WITH due AS MATERIALIZED (
          SELECT case_id FROM ${SCHEMA}.escalation WHERE wake_at <= ${ONE_NOW}
          ORDER BY urgency, wake_at LIMIT $1 FOR UPDATE SKIP LOCKED)
        SELECT ${CASE_COLUMNS}, ${NOW} AS now FROM due
        JOIN ${SCHEMA}.escalation e USING (case_id) JOIN ${SCHEMA}.case_record c ON c.id = e.case_id
        ORDER BY e.urgency, e.wake_at FOR UPDATE OF e, c`,
      values: [limit],
    });
    return lockedOf(rows);
  }

  /**
   * Writes new and changed cases, and the steps that were planned for them, and what led to it: the recording costs no
   * round trip of its own. Events are not appended here.
   * @throws when a step is planned twice (S4) or an escalation was written by somebody else meanwhile (S10)
   */
  async save(
    tx: Tx,
    cases: readonly RoutedCase[],
    plans: readonly StepPlan[],
    lines: readonly UnwrittenInput[],
  ): Promise<void> {
    if (cases.length === 0) return;
    const [saved] = await tx.query<{ escalations: number }>({
      name: 'routing.save-cases',
      text: SAVE,
      values: [jsonRows(cases.map(rowOf)), jsonRows(plans.map(planRow)), linesJson(lines)],
    });
    if (saved?.escalations !== cases.length)
      throw new StaleFence(
        `${cases.length - (saved?.escalations ?? 0)} of ${cases.length} escalations were written meanwhile`,
      );
  }
}

/** A write with an old fence was refused (S10); the transaction must be rolled back. */
export class StaleFence extends Error {
  override readonly name = 'StaleFence';
}

const planRow = ({ caseId, epoch, round, step }: StepPlan): object => ({
  case_id: caseId,
  epoch,
  round,
  step,
});

const SAVE = `
  WITH r AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS r(${SAVED_COLUMNS})),
  saved_cases AS (
    INSERT INTO ${SCHEMA}.case_record AS c (id, tenant, source, ticket_key, state, priority, because, subject, category,
      market, language, sensitivity, service, status, link, policy, no_escalation, targets, revision, events, version,
      opened_at, acknowledged_at, acknowledged_by, resolved_at, weighing, reweigh_at, resolving, resolution, close_at,
      group_key, grouping, gathered, joined_into, calm_at)
    SELECT id, tenant, source, ticket_key, case_state, priority, because, subject, category, market, language, sensitivity,
      service, ticket_status, link, policy, no_escalation, targets, revision, events, version, ${instant('opened')},
      ${instant('acknowledged')}, acknowledged_by, ${instant('resolved')}, weighing,
      ${instant('reweigh')}, resolving, resolution, ${instant('close')},
      group_key, grouping, gathered, joined_into, ${instant('calm')} FROM r
    ON CONFLICT (id) DO UPDATE SET source = EXCLUDED.source, ticket_key = EXCLUDED.ticket_key, state = EXCLUDED.state, priority = EXCLUDED.priority, because = EXCLUDED.because,
      subject = EXCLUDED.subject, sensitivity = EXCLUDED.sensitivity, category = EXCLUDED.category, market = EXCLUDED.market, language = EXCLUDED.language,
      status = EXCLUDED.status, link = EXCLUDED.link, no_escalation = EXCLUDED.no_escalation, events = EXCLUDED.events,
      policy = EXCLUDED.policy, revision = EXCLUDED.revision,
      version = EXCLUDED.version, acknowledged_at = EXCLUDED.acknowledged_at,
      acknowledged_by = EXCLUDED.acknowledged_by, resolved_at = EXCLUDED.resolved_at,
      weighing = EXCLUDED.weighing, reweigh_at = EXCLUDED.reweigh_at,
      resolving = EXCLUDED.resolving, resolution = EXCLUDED.resolution, close_at = EXCLUDED.close_at, group_key = EXCLUDED.group_key,
      grouping = EXCLUDED.grouping, gathered = EXCLUDED.gathered, joined_into = EXCLUDED.joined_into, calm_at = EXCLUDED.calm_at
  ), plans AS (
    INSERT INTO ${SCHEMA}.step_plan (case_id, epoch, round, step)
    SELECT * FROM json_to_recordset($2::json) AS p(case_id bigint, epoch int, round int, step int)
  ), recorded AS (${appendLines('$3')}
  ), escalations AS (
    INSERT INTO ${SCHEMA}.escalation AS e (case_id, tenant, status, urgency, epoch, round, step, wake_at, fence, state, parent_case)
    SELECT id, tenant, status, urgency, epoch, round, step, ${instant('wake')}, fence + 1, escalation, parent FROM r
    ON CONFLICT (case_id) DO UPDATE SET status = EXCLUDED.status, urgency = EXCLUDED.urgency, epoch = EXCLUDED.epoch,
      round = EXCLUDED.round, step = EXCLUDED.step, wake_at = EXCLUDED.wake_at, fence = EXCLUDED.fence, state = EXCLUDED.state,
      parent_case = EXCLUDED.parent_case
      WHERE e.fence = EXCLUDED.fence - 1
    RETURNING 1
  ) SELECT count(*)::int AS escalations FROM escalations`;
