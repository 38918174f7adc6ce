import {
  type AttemptRecorded,
  type AttemptState,
  type DeliveryEvent,
  isoOf,
  type Instant,
  type Lane,
  laneOf,
  type PageUnreachable,
  type Priority,
} from '@tocsin/contracts';
import type { NewEvent } from '@tocsin/event-log';
import type { AttemptFacts, PageId } from './attempt.js';

/** @param at the database's clock */
export function attemptRecorded(
  a: AttemptFacts,
  state: AttemptState,
  at: Instant,
  {
    reason,
    deadAddress,
  }: { readonly reason?: string | undefined; readonly deadAddress?: string | undefined } = {},
): AttemptRecorded {
  return {
    type: 'AttemptRecorded',
    tenant: a.tenant,
    caseId: a.caseId,
    epoch: a.epoch,
    round: a.round,
    step: a.step,
    person: a.person,
    channel: a.channel,
    method: a.method,
    try: a.try,
    state,
    ...(reason === undefined ? {} : { reason }),
    repeat: a.repeat,
    ...(deadAddress === undefined ? {} : { deadAddress }),
    at: isoOf(at),
  };
}

export function pageUnreachable(page: PageId, at: Instant, reason: string): PageUnreachable {
  const { tenant, caseId, epoch, round, step, person } = page;
  return { type: 'PageUnreachable', tenant, caseId, epoch, round, step, person, reason, at: isoOf(at) };
}

/** A delivery event as the log takes it. Order is kept per case. */
export function deliveryEvent(event: DeliveryEvent, lane: Lane | Priority, traceparent?: string): NewEvent {
  return {
    topic: 'deliveries',
    lane: lane === 'hot' || lane === 'cold' ? lane : laneOf(lane),
    key: `${event.tenant}:${event.caseId}`,
    type: event.type,
    payload: JSON.stringify(event),
    traceparent,
  };
}
