import { type Instant, type Priority, SLA_TEXTS, type SlaKind } from '@tocsin/contracts';
import { presentPause, type SlaCause, type SlaClock } from './sla-clock.js';
import type { SlaDecision, SlaEffect } from './sla-effect.js';
import type { SlaInput } from './sla-input.js';
import type { SlaTerms } from './sla-terms.js';
import { tellDue } from './tell-due.js';
import { ended, notEscalated, paused, resumed, started } from './tell-clock.js';
import { type ClockScene, closed, hearOfTicket } from './hear-of-ticket.js';

type Decision = SlaDecision;

/** The clock of one promise begins with the opening of its case. */
export function startClock(
  kind: SlaKind,
  opened: SlaCause & { readonly priority: Priority; readonly status?: string | undefined },
  terms: SlaTerms,
  now: Instant,
): Decision {
  const { by, event, priority, status } = opened;
  const clock: SlaClock = { kind, startedAt: now, priority, pauses: [], told: 'nothing' };
  const told = hearOfTicket(clock, { type: 'TicketUpdated', by, event, status }, { terms, now });
  return { clock: told.clock, effects: [started(clock, terms), ...told.effects] };
}

/**
 * What happens next to one clock: the only place that knows. Pure. Whatever was due before the input is told first, so
 * that neither the order in which a timer and an event come nor an outage changes what is told, or how often.
 *
 * @param now from the database's clock
 */
export function runClock(clock: SlaClock, input: SlaInput, terms: SlaTerms, now: Instant): Decision {
  const due = tellDue(clock, terms, now);
  const next = happen(due.clock, input, { terms, now });
  const late = tellDue(next.clock, terms, now);
  const isAnswer = ANSWERS.includes(input.type) || next.clock.ended !== clock.ended;
  const before = isAnswer ? due.effects.map(unasked) : due.effects;
  return { clock: late.clock, effects: [...before, ...next.effects, ...late.effects] };
}

const ANSWERS: readonly SlaInput['type'][] = ['Acknowledged', 'Resolved'];

/** A breach that comes to light by an answer pages nobody: that would take the case from the one who has come. */
const unasked = (effect: SlaEffect): SlaEffect =>
  effect.type === 'Escalate' ? notEscalated(effect.kind, 'answered') : effect;

function happen(clock: SlaClock, input: SlaInput, scene: ClockScene): Decision {
  switch (input.type) {
    case 'Woke':
      return { clock, effects: [] };
    case 'PriorityChanged':
      return { clock: isOver(clock) ? clock : { ...clock, priority: input.to }, effects: [] };
    case 'Reopened':
      return runOn(clock, input, scene);
    case 'Acknowledged':
      return clock.kind === 'acknowledge' && clock.ended === undefined
        ? end(clock, 'acknowledged', input, scene)
        : { clock, effects: [] };
    case 'Resolved':
      return clock.ended === undefined ? end(clock, 'resolved', input, scene) : { clock, effects: [] };
    case 'TicketUpdated':
      return hear(clock, input, scene);
  }
}

/** What people had done stays done; only a resolution can be taken back. */
const isOver = ({ ended: over }: SlaClock): boolean => over !== undefined && over.how !== 'resolved';

/** An agent's word to the customer is the first response, and the update after which the next one is awaited. */
function hear(
  clock: SlaClock,
  input: Extract<SlaInput, { type: 'TicketUpdated' }>,
  scene: ClockScene,
): Decision {
  if (clock.ended !== undefined) return { clock, effects: [] };
  if (input.reply === 'agent' && clock.kind === 'first-response')
    return end(clock, 'responded', input, scene);
  if (input.reply === 'agent' && clock.kind === 'next-update') return startAnew(clock, input, scene);
  return hearOfTicket(clock, input, scene);
}

function end(
  clock: SlaClock,
  how: 'acknowledged' | 'responded' | 'resolved',
  { by, event }: SlaCause,
  { terms, now }: ClockScene,
): Decision {
  const pauses = closed(clock, { by, event }, now);
  return {
    clock: { ...clock, pauses, ended: { how, at: now, by, event } },
    effects: [ended(clock, how, { by, event }, terms)],
  };
}

/** The next update is due after this one; a pause that lasts goes on. */
function startAnew(
  before: SlaClock,
  input: Extract<SlaInput, { type: 'TicketUpdated' }>,
  scene: ClockScene,
): Decision {
  const pause = presentPause(before);
  const pauses = pause === undefined ? [] : [{ ...pause, from: scene.now }];
  const clock: SlaClock = { ...before, startedAt: scene.now, pauses, told: 'nothing' };
  const heard = hearOfTicket(clock, input, scene);
  return {
    clock: heard.clock,
    effects: [
      ended(before, 'responded', input, scene.terms),
      started(clock, scene.terms),
      ...(pause === undefined ? [] : [paused(clock, pause)]),
      ...heard.effects,
    ],
  };
}

/** What a resolution ended runs on; between the two the clock stood still. */
function runOn(clock: SlaClock, { by, event }: SlaCause, { now }: ClockScene): Decision {
  const { ended: over, ...rest } = clock;
  if (over === undefined || isOver(clock)) return { clock, effects: [] };
  const began: SlaCause = { by: over.by, event: over.event };
  const pause = {
    from: over.at,
    until: now,
    status: 'solved',
    began,
    ended: { by, event },
    before: clock.lastReply,
  };
  return {
    clock: { ...rest, status: undefined, pauses: [...clock.pauses, pause] },
    effects: [resumed(clock, { by, event }, SLA_TEXTS.resumedByReopening)],
  };
}
