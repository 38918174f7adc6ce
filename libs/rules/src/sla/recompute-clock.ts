import {
  type CaseEvent,
  type Instant,
  instantOf,
  Priority,
  type SlaKind,
  type Seconds,
} from '@tocsin/contracts';
import { dueAt, workedBetween } from './count-work.js';
import { type SlaTerms, targetOf } from './sla-terms.js';

interface Standstill {
  readonly from: Instant;
  readonly until: Instant | undefined;
}

/** A clock as its case's timeline tells it. */
interface ToldClock {
  readonly startedAt: Instant;
  readonly priority: Priority;
  readonly pauses: readonly Standstill[];
  readonly resolvedAt?: Instant | undefined;
  readonly isOver: boolean;
}

/**
 * Counts the due time of a clock anew from nothing but the rows of the timeline and the policy (X14): the proof that
 * what is stored is what happened.
 *
 * @param events the case's timeline, in order
 * @returns undefined when the clock never started, stands still before its due time, or has no target
 */
export function recomputeDue(
  events: readonly CaseEvent[],
  kind: SlaKind,
  terms: SlaTerms,
): Instant | undefined {
  let clock: ToldClock | undefined;
  for (const event of events) clock = told(clock, event, kind);
  if (clock === undefined) return undefined;
  const target = targetOf(terms, kind, clock.priority);
  return target === undefined ? undefined : dueWithout(clock, target, terms);
}

/** The due time moves by what was paused before it, and by what was paused in the time that it moved. */
function dueWithout(
  { startedAt, pauses }: ToldClock,
  target: Seconds,
  { hours }: SlaTerms,
): Instant | undefined {
  const workPausedUntil = (at: Instant): Seconds =>
    pauses.reduce((sum, { from, until = at }) => sum + workedBetween(hours, from, Math.min(until, at)), 0);
  for (let paused = 0; ; ) {
    const due = dueAt(hours, startedAt, target + paused);
    if (pauses.some(({ from, until }) => until === undefined && from < due)) return undefined;
    const more = workPausedUntil(due);
    if (more === paused) return due;
    paused = more;
  }
}

function told(clock: ToldClock | undefined, event: CaseEvent, kind: SlaKind): ToldClock | undefined {
  const at = instantOf(event.at);
  if (event.type === 'SlaStarted' && concerns(event, kind))
    return { startedAt: at, priority: Priority.parse(event.facts['priority']), pauses: [], isOver: false };
  if (clock === undefined || clock.isOver) return clock;
  if (event.type === 'PriorityChanged') return { ...clock, priority: Priority.parse(event.facts['to']) };
  return concerns(event, kind) ? moved(clock, event, at) : clock;
}

function moved(clock: ToldClock, { type, facts }: CaseEvent, at: Instant): ToldClock {
  const { pauses } = clock;
  switch (type) {
    case 'SlaPaused':
      return { ...clock, pauses: [...over(pauses, at), { from: at, until: undefined }] };
    case 'SlaResumed': {
      const { resolvedAt } = clock;
      const solved = resolvedAt === undefined ? [] : [{ from: resolvedAt, until: at }];
      return { ...clock, pauses: [...over(pauses, at), ...solved], resolvedAt: undefined };
    }
    case 'SlaEnded': {
      const isResolved = facts['how'] === 'resolved';
      const resolvedAt = isResolved ? at : undefined;
      return { ...clock, pauses: over(pauses, at), resolvedAt, isOver: !isResolved };
    }
    default:
      return clock;
  }
}

const over = (pauses: readonly Standstill[], at: Instant): Standstill[] =>
  pauses.map((pause) => (pause.until === undefined ? { ...pause, until: at } : pause));

const concerns = ({ facts }: CaseEvent, kind: SlaKind): boolean =>
  Array.isArray(facts['clocks']) && facts['clocks'].includes(kind);
