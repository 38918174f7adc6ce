import { type AttemptRecorded, type CaseAnswered, type DeliveryEvent, parseCaseId } from '@tocsin/contracts';
import type { EventLog, NewEvent, Tx } from '@tocsin/event-log';
import type { Host } from '@tocsin/runtime';
import type { CaseStore } from '../case.store.js';
import { CaseWork, timelineRow } from '../case-work.js';
import type { CaseWorkStore } from '../case-work.store.js';
import type { KnowContacts } from '../know-contacts/know-contacts.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { RespondToCase } from '../respond-to-case/respond-to-case.js';

/** A delivery event and the trace it belongs to. */
export interface CausedDelivery {
  readonly event: DeliveryEvent;
  readonly traceparent?: string | undefined;
}

interface RecordParts {
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
  readonly respondToCase: RespondToCase;
  readonly eventLog: EventLog;
  readonly knowContacts: KnowContacts;
  readonly log: Host['log'];
}

/** Writes into the timelines what notification did, and lets the engine know whom it could not reach. */
export class RecordDelivery {
  constructor(private readonly parts: RecordParts) {}

  async record(tx: Tx, batch: readonly CausedDelivery[]): Promise<void> {
    await this.recordAttempts(tx, batch);
    await this.recordUnreachable(tx, batch);
    for (const { event, traceparent } of batch)
      if (event.type === 'CaseAnswered') await this.applyAnswer(tx, event, traceparent);
    // Last, so that its lock is held for the shortest time.
    await this.parts.knowContacts.attempted(
      tx,
      batch.flatMap(({ event }) => (event.type === 'AttemptRecorded' ? [event] : [])),
    );
  }

  /** No lock: an attempt moves nothing, it is only told. */
  private async recordAttempts(tx: Tx, batch: readonly CausedDelivery[]): Promise<void> {
    const rows = batch.flatMap(({ event, traceparent }) =>
      event.type === 'AttemptRecorded' ? attemptRow(event, traceparent) : [],
    );
    if (rows.length > 0) await this.parts.eventLog.append(tx, rows);
  }

  private async recordUnreachable(tx: Tx, batch: readonly CausedDelivery[]): Promise<void> {
    const found = batch.flatMap(({ event, traceparent }) => {
      const id = event.type === 'PageUnreachable' ? parseCaseId(event.caseId) : undefined;
      return event.type === 'PageUnreachable' && id !== undefined ? [{ event, id, traceparent }] : [];
    });
    if (found.length === 0) return;
    const locked = await this.parts.cases.lock(tx, [...new Set(found.map(({ id }) => id))]);
    if (locked.now === undefined) return;
    const { contextOf } = await this.parts.configs.load(tx, locked.cases);
    const work = new CaseWork(locked.now, contextOf);
    for (const { event, id, traceparent } of found) {
      const routed = locked.cases.find((c) => c.id === id && c.tenant === event.tenant);
      if (routed === undefined) continue;
      const { epoch, round, step, person, reason } = event;
      const facts = { round, step, person, reason };
      work.tell(routed, { type: 'PageUnreachable', by: 'tocsin', facts, epoch, traceparent });
      work.act(routed, { type: 'StepUnreachable', epoch, round, step, person }, { traceparent });
    }
    await this.parts.works.save(tx, work);
  }

  /**
   * An answer that notification took while routing was away: the same act as over HTTP, at most once because the event
   * is handled once and the engine refuses a second owner. A refused one is told, so that its giver can be told.
   */
  private async applyAnswer(tx: Tx, event: CaseAnswered, traceparent: string | undefined): Promise<void> {
    const caseId = parseCaseId(event.caseId);
    if (caseId === undefined) return;
    const { tenant, person, act, via, epoch } = event;
    const result = await this.parts.respondToCase.respondIn(tx, {
      tenant,
      caseId,
      act,
      by: person,
      body: { via, epoch },
      traceparent,
    });
    if (result.ok) return;
    this.parts.log.info(
      { caseId: event.caseId, person, act, reason: result.refused.reason },
      'late answer refused',
    );
    const [routed] = (await this.parts.cases.lock(tx, [caseId])).cases;
    if (routed?.tenant !== tenant) return;
    const facts = { person, act, via, answeredAt: event.at, reason: result.refused.reason };
    const told = {
      type: 'EventIgnored',
      by: person,
      facts,
      at: Date.parse(event.at),
      epoch,
      traceparent,
    } as const;
    const row = timelineRow(routed, told);
    await this.parts.eventLog.append(tx, [row]);
  }
}

function attemptRow(event: AttemptRecorded, traceparent: string | undefined): NewEvent[] {
  const id = parseCaseId(event.caseId);
  if (id === undefined) return [];
  const { tenant, epoch, round, step, person, channel, method, state, reason, repeat } = event;
  const facts = {
    round,
    step,
    person,
    channel,
    method,
    try: event.try,
    state,
    repeat,
    ...(reason === undefined ? {} : { reason }),
  };
  const told = {
    type: 'AttemptRecorded',
    by: 'notification',
    facts,
    at: Date.parse(event.at),
    epoch,
    traceparent,
  } as const;
  return [timelineRow({ tenant, id }, told)];
}
