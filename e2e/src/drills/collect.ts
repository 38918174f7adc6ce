import { caseIdText, instantOf } from '@tocsin/contracts';
import type { HistoryLine, LineOf, OpenDatabase } from '@tocsin/test-rig';

/**
 * What the database says in the end, as history lines: which events took effect, what was planned, who stopped it.
 * Read by the drill from the tables themselves, not asked of the services on trial.
 */
export async function collect(database: OpenDatabase): Promise<HistoryLine[]> {
  const tickets = await ticketsByCase(database);
  return [
    ...(await applied(database)),
    ...(await timeline(database, tickets)),
    ...(await outcomes(database)),
  ];
}

async function ticketsByCase(database: OpenDatabase): Promise<Map<string, string>> {
  const rows = await database.query<{ id: string; ticket_key: string }>(
    'SELECT id, ticket_key FROM escalation_routing.case_record',
  );
  return new Map(rows.map(({ id, ticket_key }) => [caseIdText(BigInt(id)), ticket_key]));
}

/** The sender's own id of every event that routing applied: intake kept the body, routing that it took effect. */
async function applied(database: OpenDatabase): Promise<HistoryLine[]> {
  const rows = await database.query<{ body: string; at: Date }>(`
    SELECT r.body, r.received_at AS at
      FROM escalation_routing.applied_event a
      JOIN ticket_intake.raw_event r ON r.event_id = a.event_id`);
  return rows.map(({ body, at }) => {
    const event = JSON.parse(body) as { id: string; key: string };
    return { t: at.getTime(), ev: 'ticket.applied', eventId: event.id, ticket: event.key };
  });
}

interface Told {
  readonly type: string;
  readonly caseId: string;
  readonly epoch: number;
  readonly at: string;
  readonly facts: Record<string, unknown>;
}

async function timeline(
  database: OpenDatabase,
  tickets: ReadonlyMap<string, string>,
): Promise<HistoryLine[]> {
  const rows = await database.query<{ payload: string }>(
    `SELECT payload FROM escalation_routing.outbox WHERE topic = 'cases' ORDER BY batch, n`,
  );
  return rows.flatMap(({ payload }) => {
    const told = JSON.parse(payload) as Told;
    return lineOf(told, tickets.get(told.caseId) ?? told.caseId);
  });
}

function lineOf({ type, epoch, at, facts }: Told, ticket: string): HistoryLine[] {
  const t = instantOf(at);
  const here = { t, ticket, epoch };
  switch (type) {
    case 'EscalationStarted':
      return [{ ...here, ev: 'esc.started' }];
    case 'StepStarted':
    case 'FallbackPaged':
      return [
        {
          ...here,
          ev: 'step.planned',
          round: Number(facts['round']),
          step: Number(facts['step']),
          persons: (facts['persons'] as { person: string }[]).map(({ person }) => person),
        },
      ];
    case 'EscalationExhausted':
      return [{ ...here, ev: 'esc.ended', reason: 'exhausted' }];
    case 'CaseAcknowledged':
      return stopped({ ...here, ev: 'ack.committed' }, 'acknowledged', facts);
    case 'CaseResolved':
      return stopped({ ...here, ev: 'resolve.committed' }, 'resolved', facts);
    default:
      return [];
  }
}

/** A stop ends the escalation, unless it had ended before; a case that pages nobody (epoch 0) has none. */
function stopped(
  line: LineOf<'ack.committed'> | LineOf<'resolve.committed'>,
  reason: string,
  { was }: Told['facts'],
): HistoryLine[] {
  if (line.epoch === 0) return [];
  return was === 'running'
    ? [line, { t: line.t, ev: 'esc.ended', ticket: line.ticket, epoch: line.epoch, reason }]
    : [line];
}

async function outcomes(database: OpenDatabase): Promise<HistoryLine[]> {
  const rows = await database.query<{ key: string; try: number; state: string; again: boolean; at: Date }>(`
    SELECT format('%s/%s/%s.%s.%s/%s/%s', a.tenant, a.case_id, a.epoch, a.round, a.step, a.person, a.method) AS key, a.try, a.state, coalesce(a.outcome_at, a.due_at) AS at,
           EXISTS (SELECT FROM notification.attempt b
                    WHERE (b.tenant, b.case_id, b.epoch, b.round, b.step, b.person, b.method)
                        = (a.tenant, a.case_id, a.epoch, a.round, a.step, a.person, a.method) AND b.try = a.try + 1) AS again
      FROM notification.attempt a`);
  return rows.map(({ key, try: nth, state, again, at }) => ({
    t: at.getTime(),
    ev: 'page.outcome',
    key,
    try: nth,
    outcome: state === 'failed' && again ? 'retryable' : state,
  }));
}
