import {
  type CaseFactsOf,
  isoOf,
  SLA_TEXTS,
  type SlaKind,
  type SlaPauseView,
  type Texts,
} from '@tocsin/contracts';
import { filled } from '../texts-of.js';
import { type ClockTimes, clockTimes } from './clock-times.js';
import { auditPauses } from './audit-pauses.js';
import type { SlaCause, SlaClock, SlaPause } from './sla-clock.js';
import type { SlaTell } from './sla-effect.js';
import type { SlaTerms } from './sla-terms.js';

const TOCSIN = 'tocsin';

const eventOf = ({ event }: SlaCause): { readonly eventId?: string } =>
  event === undefined ? {} : { eventId: event };

export function started(clock: SlaClock, terms: SlaTerms): SlaTell {
  const { kind, priority } = clock;
  const { policy } = terms;
  const dueAt = clockTimes(clock, terms)?.dueAt;
  return {
    type: 'Tell',
    event: 'SlaStarted',
    by: TOCSIN,
    clocks: [kind],
    ...(dueAt === undefined ? {} : { due: [{ clock: kind, dueAt: isoOf(dueAt) }] }),
    facts: { policy: policy.name, calendar: policy.calendar, priority },
  };
}

export const paused = ({ kind }: SlaClock, { status, began }: SlaPause): SlaTell => ({
  type: 'Tell',
  event: 'SlaPaused',
  by: began.by,
  clocks: [kind],
  facts: { status, ...eventOf(began), because: filled(SLA_TEXTS.paused, { status }) },
});

export const resumed = ({ kind }: SlaClock, cause: SlaCause, because: Texts): SlaTell => ({
  type: 'Tell',
  event: 'SlaResumed',
  by: cause.by,
  clocks: [kind],
  facts: { ...eventOf(cause), because },
});

export const ended = (
  clock: SlaClock,
  how: CaseFactsOf<'SlaEnded'>['how'],
  cause: SlaCause,
  { policy }: SlaTerms,
): SlaTell => ({
  type: 'Tell',
  event: 'SlaEnded',
  by: cause.by,
  clocks: [clock.kind],
  facts: { policy: policy.name, how, met: clock.told !== 'breached', ...eventOf(cause) },
});

export const notEscalated = (kind: SlaKind, reason: string): SlaTell => ({
  type: 'Tell',
  event: 'EscalationNotStarted',
  by: TOCSIN,
  clocks: [kind],
  facts: { reason },
});

/** At risk or breached, with what the clock's time is made of: it can be counted again from this row alone. */
export function dueRow(
  event: 'SlaAtRisk' | 'SlaBreached',
  clock: SlaClock,
  terms: SlaTerms,
  { target, dueAt }: ClockTimes,
): SlaTell {
  const { kind, startedAt } = clock;
  const { name: policy, 'at-risk': percent } = terms.policy;
  const due = dueAt === undefined ? {} : { dueAt: isoOf(dueAt) };
  const running = event === 'SlaAtRisk' ? SLA_TEXTS.atRisk : SLA_TEXTS.breached;
  const text = dueAt === undefined ? SLA_TEXTS.atRiskPaused : running;
  const because = filled(text, { kind, policy, percent, ...due });
  const pauses = evidenceOf(clock, terms);
  return {
    type: 'Tell',
    event,
    by: TOCSIN,
    clocks: [kind],
    facts: { policy, target, startedAt: isoOf(startedAt), ...due, because, pauses },
  };
}

/** The pauses of a clock as events and the API show them: from when to when, by whom and what, and what is odd. */
export const evidenceOf = (clock: SlaClock, terms: SlaTerms): SlaPauseView[] =>
  clock.pauses.map(({ from, until, status, began, ended: end }, i) => ({
    from: isoOf(from),
    ...(until === undefined ? {} : { until: isoOf(until) }),
    status,
    by: began.by,
    ...eventOf(began),
    ...(end === undefined ? {} : { endedBy: end.by }),
    ...(end?.event === undefined ? {} : { endedByEventId: end.event }),
    doubts: auditPauses(clock, terms).flatMap(({ pause, doubt }) => (pause === i ? [doubt] : [])),
  }));
