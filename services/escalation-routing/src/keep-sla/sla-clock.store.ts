import type { Instant } from '@tocsin/contracts';
import type { Statement, Transactions, Tx } from '@tocsin/event-log';
import type { SlaClock } from '@tocsin/rules';
import { SCHEMA } from '../escalation-routing.migration.js';
import { instant, jsonRows, millis, ONE_NOW } from '../json-rows.js';

/** A clock with what it is pinned to. */
export interface KeptClock {
  readonly caseId: bigint;
  readonly tenant: string;
  /** Name of the policy in that revision. */
  readonly policy: string;
  readonly revision: number;
  readonly clock: SlaClock;
}

interface ClockRow {
  readonly case_id: string;
  readonly tenant: string;
  readonly policy: string;
  readonly revision: number;
  readonly state: string;
}

/** The clocks of cases. Whoever writes one holds the lock of its case. */
export class SlaClockStore {
  constructor(private readonly transactions: Transactions) {}

  async read(tx: Tx, caseIds: readonly bigint[]): Promise<KeptClock[]> {
    return (await tx.query<ClockRow>(clocksOf(caseIds))).map(clockOf);
  }

  /** The clocks of one case, to be shown. */
  async show(caseId: bigint): Promise<KeptClock[]> {
    return (await this.transactions.query<ClockRow>('cold', clocksOf([caseId]))).map(clockOf);
  }

  async save(
    tx: Tx,
    clocks: readonly (KeptClock & { readonly wakeAt: Instant | undefined })[],
  ): Promise<void> {
    const rows = clocks.map(({ caseId, clock, wakeAt, ...pinned }) => ({
      case_id: caseId,
      kind: clock.kind,
      ...pinned,
      state: JSON.stringify(clock),
      wake: wakeAt,
    }));
    await tx.query({ name: 'routing.save-sla-clocks', text: SAVE, values: [jsonRows(rows)] });
  }

  /**
   * Cases with a clock that is due, locked by their escalations, passing over what another instance holds.
   * @returns ids of cases; one that changed meanwhile may have no due clock any more
   */
  async claimDue(tx: Tx, limit: number): Promise<bigint[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'routing.claim-sla',
      text: `SELECT case_id::text AS id FROM ${SCHEMA}.escalation WHERE case_id IN (
          SELECT case_id FROM ${SCHEMA}.sla_clock WHERE wake_at <= ${ONE_NOW} ORDER BY wake_at LIMIT $1)
        ORDER BY case_id FOR UPDATE SKIP LOCKED`,
      values: [limit],
    });
    return rows.map(({ id }) => BigInt(id));
  }

  /** Milliseconds until the next clock is due; undefined when none runs. */
  async untilNext(): Promise<number | undefined> {
    const [next] = await this.transactions.query<{ ms: number | null }>('hot', {
      name: 'routing.next-sla',
      text: `SELECT ${millis('min(wake_at) - event_log.tocsin_now()')} AS ms FROM ${SCHEMA}.sla_clock
        WHERE wake_at IS NOT NULL`,
      values: [],
    });
    return next?.ms ?? undefined;
  }

  async putOff(caseId: bigint, seconds: number): Promise<void> {
    await this.transactions.query('hot', {
      text: `UPDATE ${SCHEMA}.sla_clock SET wake_at = event_log.tocsin_now() + make_interval(secs => $2)
        WHERE case_id = $1 AND wake_at <= event_log.tocsin_now()`,
      values: [caseId.toString(), seconds],
    });
  }
}

const clocksOf = (caseIds: readonly bigint[]): Statement => ({
  name: 'routing.sla-clocks',
  text: `SELECT case_id::text AS case_id, tenant, policy, revision, state FROM ${SCHEMA}.sla_clock
    WHERE case_id = ANY ($1::bigint[]) ORDER BY case_id, kind`,
  values: [caseIds.map(String)],
});

const clockOf = ({ case_id: id, tenant, policy, revision, state }: ClockRow): KeptClock => ({
  caseId: BigInt(id),
  tenant,
  policy,
  revision,
  clock: JSON.parse(state) as SlaClock,
});

const SAVE = `
  INSERT INTO ${SCHEMA}.sla_clock (case_id, tenant, kind, policy, revision, state, wake_at)
  SELECT case_id, tenant, kind, policy, revision, state, ${instant('wake')} FROM json_to_recordset($1::json)
    AS r(case_id bigint, tenant text, kind text, policy text, revision int, state text, wake float8)
  ON CONFLICT (case_id, kind) DO UPDATE SET state = EXCLUDED.state, wake_at = EXCLUDED.wake_at`;
