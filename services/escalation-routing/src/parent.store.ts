import { caseIdText } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import type { OpenParent } from '@tocsin/rules';
import { SCHEMA } from './escalation-routing.migration.js';
import { jsonRows } from './json-rows.js';
import type { Reads } from './shift-change.store.js';

/** A case that is quiet, and the one that it is quiet for. */
export interface ParentedCase {
  readonly child: bigint;
  readonly parent: bigint;
}

/** A case that others may be quiet for. */
export interface SpeakingCase {
  readonly parent: bigint;
  /** Rank of the priority down to which it still speaks for others. */
  readonly urgency: number | undefined;
}

interface ParentRow {
  readonly id: string;
  readonly service: string;
  readonly market: string | null;
  readonly priority: string;
}

/** Cases that others are quiet for. */
export class ParentStore {
  /** Of each of these services and each market the most urgent open case for which somebody is or was paged. */
  async open(db: Reads, tenant: string, services: readonly string[]): Promise<readonly OpenParent[]> {
    if (services.length === 0) return [];
    const rows = await db.query<ParentRow>({
      name: 'routing.open-parents',
      text: `SELECT DISTINCT ON (c.service, c.market) c.id::text AS id, c.service, c.market, c.priority
        FROM ${SCHEMA}.case_record c JOIN ${SCHEMA}.escalation e ON e.case_id = c.id
        WHERE c.tenant = $1 AND c.state IN ('open', 'acknowledged', 'snoozed') AND c.service = ANY ($2::text[])
          AND e.status <> 'none'
        ORDER BY c.service, c.market, e.urgency, c.id`,
      values: [tenant, services],
    });
    return rows.map(({ id, service, market, priority }) => ({
      caseId: caseIdText(BigInt(id)),
      service,
      ...(market === null ? {} : { market }),
      priority: priority as OpenParent['priority'],
    }));
  }

  /**
   * What this transaction keeps quiet for a case that has closed or become less urgent meanwhile is looked at again at
   * once. Waits for whoever works on the parent; who changes it later waits for this transaction, and then finds what is
   * quiet for it.
   */
  async recheck(tx: Tx, pairs: readonly ParentedCase[]): Promise<void> {
    if (pairs.length === 0) return;
    await tx.query({
      name: 'routing.recheck-parents',
      text: `WITH pair AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS p(child bigint, parent bigint)),
        found AS MATERIALIZED (
          SELECT case_id, status, urgency FROM ${SCHEMA}.escalation WHERE case_id IN (SELECT parent FROM pair)
          ORDER BY case_id FOR SHARE)
        UPDATE ${SCHEMA}.escalation e SET wake_at = event_log.tocsin_now()
        FROM pair JOIN found ON found.case_id = pair.parent
        WHERE e.case_id = pair.child
          AND (found.status IN ('none', 'resolved', 'cancelled') OR found.urgency > e.urgency)`,
      values: [jsonRows(pairs)],
    });
  }

  /**
   * What is quiet for these cases and no longer may be is looked at again at once; who works on it now rechecks it
   * before committing.
   * @param parents the urgency down to which each still speaks for others; none where it has closed
   * @returns how many were woken
   */
  async wakeChildren(tx: Tx, parents: readonly SpeakingCase[]): Promise<number> {
    const rows = await tx.query({
      name: 'routing.wake-children',
      text: `WITH spoke AS MATERIALIZED (SELECT * FROM json_to_recordset($1::json) AS p(parent bigint, urgency int)),
        child AS MATERIALIZED (
          SELECT e.case_id FROM ${SCHEMA}.escalation e JOIN spoke ON spoke.parent = e.parent_case
          WHERE spoke.urgency IS NULL OR spoke.urgency > e.urgency
          ORDER BY e.case_id FOR UPDATE OF e SKIP LOCKED)
        UPDATE ${SCHEMA}.escalation SET wake_at = event_log.tocsin_now()
        WHERE case_id IN (SELECT case_id FROM child) RETURNING case_id`,
      values: [jsonRows(parents)],
    });
    return rows.length;
  }
}
