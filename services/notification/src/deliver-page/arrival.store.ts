import { isState } from '../ledger/attempt.js';
import { type AttemptState, type Lane, laneOf } from '@tocsin/contracts';
import type { EventLog, Transactions } from '@tocsin/event-log';
import type { PostgresEventLog } from '@tocsin/postgres';
import { attemptRecorded } from '../ledger/delivery-events.js';
import type { Ended } from './settle.js';

/** The log as hot statements use it: appending inside a statement of their own. */
export type InlineLog = EventLog & Pick<PostgresEventLog, 'appendCtes' | 'appended'>;

/** An attempt that arrived: nothing follows from it but the record. */
export type Arrival = Ended & { readonly ending: { readonly type: 'accepted' | 'delivered' } };

export const isArrival = (ended: Ended): ended is Arrival =>
  ended.ending.type === 'delivered' || ended.ending.type === 'accepted';

/**
 * Records attempts that arrived, with their events and the hand-off to routing, in one statement and one round trip:
 * this is the end of every ordinary page.
 */
export class ArrivalStore {
  private readonly text: string;

  constructor(
    private readonly db: Transactions,
    private readonly log: InlineLog,
  ) {
    this.text = textOf(log);
  }

  /** @returns the states of those that were still ours (S10); the others changed nothing */
  async record(
    lane: Lane,
    arrivals: readonly Arrival[],
  ): Promise<{ channel: string; state: AttemptState }[]> {
    const rows = await this.db.query<{ n: number; lane: Lane }>(lane, {
      name: 'arrival.record',
      text: this.text,
      values: [JSON.stringify(arrivals.map(rowOf))],
    });
    this.log.appended('deliveries', [...new Set(rows.map((row) => row.lane))]);
    return rows.flatMap(({ n }) => {
      const arrival = arrivals[n];
      return arrival === undefined ? [] : [{ channel: arrival.attempt.channel, state: arrival.ending.type }];
    });
  }
}

function rowOf({ attempt, token, ending, traceparent }: Arrival, n: number): object {
  const { tenant, caseId, epoch, round, step, person, method, try: nth } = attempt;
  return {
    ...{ n, tenant, caseId, epoch, round, step, person, method, token },
    try: nth,
    state: ending.type,
    externalId: ending.externalId ?? null,
    lane: laneOf(attempt.priority),
    key: `${tenant}:${caseId}`,
    // All of the event but its time, which is the database's: the statement closes the object.
    head: `${JSON.stringify({ ...attemptRecorded(attempt, ending.type, 0), at: undefined }).slice(0, -1)},"at":"`,
    traceparent: traceparent ?? null,
  };
}

const textOf = (
  log: InlineLog,
): string => `WITH b AS MATERIALIZED (SELECT nextval('event_log.batch_seq') AS batch),
  c AS MATERIALIZED (SELECT * FROM json_to_recordset($1) AS c(n int, tenant text, "caseId" text, epoch int, round int, step int,
    person text, method text, try int, token bigint, state text, "externalId" text, lane text, key text, head text, traceparent text)),
  u AS (UPDATE notification.attempt a
    SET state = c.state, outcome_at = event_log.tocsin_now(), external_id = c."externalId", lease_until = NULL
    FROM c WHERE a.tenant = c.tenant AND a.case_id = c."caseId" AND a.epoch = c.epoch AND a.round = c.round AND a.step = c.step
      AND a.person = c.person AND a.method = c.method AND a.try = c.try AND a.token = c.token AND ${isState('handed')}
    RETURNING c.n, a.outcome_at),
  e AS (SELECT b.batch, u.n, c.lane, c.key, 'AttemptRecorded' AS type,
      c.head || to_char(u.outcome_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"}' AS payload, c.traceparent
    FROM u JOIN c USING (n), b),
  ${log.appendCtes('deliveries', 'e')}
  SELECT n, lane FROM appended`;
