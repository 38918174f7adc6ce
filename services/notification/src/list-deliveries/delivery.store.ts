import type { AttemptState, CaseId } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';

/** An attempt as the API lists it. Instants are ISO 8601. */
export interface DeliveryRow {
  readonly caseId: CaseId;
  readonly epoch: number;
  readonly round: number;
  readonly step: number;
  readonly person: string;
  readonly method: string;
  readonly channel: string;
  readonly try: number;
  readonly state: AttemptState;
  readonly repeat: boolean;
  readonly reason: string | null;
  readonly dueAt: string;
  readonly handedAt: string | null;
  readonly outcomeAt: string | null;
}

const MOST = 1000;
const iso = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

export class DeliveryStore {
  constructor(private readonly db: Transactions) {}

  ofCase(tenant: string, caseId: CaseId): Promise<DeliveryRow[]> {
    return this.db.query<DeliveryRow>('cold', {
      name: 'deliveries.of-case',
      text: `SELECT case_id AS "caseId", epoch, round, step, person, method, channel, try, state, repeat, reason,
          ${iso('due_at')} AS "dueAt", ${iso('handed_at')} AS "handedAt", ${iso('outcome_at')} AS "outcomeAt"
        FROM notification.attempt WHERE tenant = $1 AND case_id = $2
        ORDER BY due_at, epoch, round, step, person, method, try LIMIT ${MOST}`,
      values: [tenant, caseId],
    });
  }
}
