import type { Instant, PagesStopped } from '@tocsin/contracts';
import type { EventLog, Tx } from '@tocsin/event-log';
import { isState, type AttemptFacts } from './attempt.js';
import { attemptRecorded, deliveryEvent } from './delivery-events.js';
import type { Epoch, StoppedEpochs } from './stopped-epochs.js';

export type Stop = Pick<PagesStopped, 'tenant' | 'caseId' | 'epoch' | 'reason' | 'by'>;

interface StopParts {
  readonly eventLog: EventLog;
  readonly stopped: StoppedEpochs;
}

interface CancelledAttempt extends AttemptFacts {
  readonly reason: string;
  readonly now: Instant;
}

/**
 * Stops epochs: no attempt of theirs begins any more (S7). The first stop of an epoch is kept.
 * The planned attempts are cancelled and told in the same transaction.
 * @returns the epochs that had not been stopped before
 */
export async function stopPages(
  tx: Tx,
  { eventLog, stopped }: StopParts,
  stops: readonly Stop[],
): Promise<Epoch[]> {
  const epochs = JSON.stringify(stops);
  const fresh = await tx.query<Epoch>({ name: 'stop.insert', text: INSERT, values: [epochs] });
  const cancelled = await tx.query<CancelledAttempt>({ name: 'stop.cancel', text: CANCEL, values: [epochs] });
  if (cancelled.length > 0)
    await eventLog.append(
      tx,
      cancelled.map((a) =>
        deliveryEvent(attemptRecorded(a, 'cancelled', a.now, { reason: a.reason }), a.priority),
      ),
    );
  tx.afterCommit(() => {
    for (const stop of stops) stopped.add(stop);
  });
  return fresh;
}

const INSERT = `INSERT INTO notification.stopped (tenant, case_id, epoch, reason, by)
  SELECT DISTINCT ON (tenant, "caseId", epoch) tenant, "caseId", epoch, reason, by
  FROM json_to_recordset($1) AS s(tenant text, "caseId" text, epoch int, reason text, by text)
  ON CONFLICT DO NOTHING RETURNING tenant, case_id AS "caseId", epoch`;

const CANCEL = `UPDATE notification.attempt a SET state = 'cancelled', outcome_at = event_log.tocsin_now(), reason = s.reason
  FROM json_to_recordset($1) AS s(tenant text, "caseId" text, epoch int, reason text)
  WHERE a.tenant = s.tenant AND a.case_id = s."caseId" AND a.epoch = s.epoch AND ${isState('planned')}
  RETURNING a.tenant, a.case_id AS "caseId", a.epoch, a.round, a.step, a.person, a.method, a.try, a.channel, a.priority, a.repeat,
    a.reason, (extract(epoch FROM a.outcome_at) * 1000)::float8 AS now`;
