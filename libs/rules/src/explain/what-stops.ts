import type { CaseEvent } from '@tocsin/contracts';

/** Events after which steps go on, whatever had stopped them. */
const GOES_ON: readonly CaseEvent['type'][] = [
  ...(['EscalationStarted', 'CaseReopened', 'StepStarted', 'StepHeld', 'FallbackPaged'] as const),
  ...(['EscalationExhausted', 'SuppressionEnded', 'SnoozeEnded', 'CaseReassigned', 'CaseEscalated'] as const),
];

/** Events that stop the steps, and those of them that each does not speak for, because that one stopped them first. */
const YIELDS_TO: Partial<Record<CaseEvent['type'], readonly CaseEvent['type'][]>> = {
  CaseAcknowledged: ['EscalationSuppressed'],
  CaseResolved: ['EscalationSuppressed', 'CaseAcknowledged'],
  CaseSnoozed: [],
  EscalationSuppressed: [],
  CaseMerged: ['EscalationSuppressed', 'CaseAcknowledged', 'CaseSnoozed'],
};

/**
 * What has stopped the steps of a case, up to the last row of its timeline; undefined while they go on. How a silent case
 * closed later does not change why it was silent.
 */
export function whatStops(timeline: readonly CaseEvent[]): CaseEvent | undefined {
  let stops: CaseEvent | undefined;
  for (const event of timeline) {
    const yieldsTo = YIELDS_TO[event.type];
    const isTakenBack = event.type === 'CaseUnmerged' && stops?.type === 'CaseMerged';
    if (GOES_ON.includes(event.type) || isTakenBack) stops = undefined;
    else if (yieldsTo !== undefined && (stops === undefined || !speaksFirst(stops, event, yieldsTo)))
      stops = event;
  }
  return stops;
}

/** What its source had said to be over, and then was, was resolved, not muted. */
const speaksFirst = (first: CaseEvent, event: CaseEvent, yieldsTo: readonly CaseEvent['type'][]): boolean =>
  yieldsTo.includes(first.type) && !(event.type === 'CaseResolved' && saidOver(first));

const saidOver = ({ facts }: CaseEvent): boolean => {
  const by = facts['by'];
  return typeof by === 'object' && by !== null && 'kind' in by && by.kind === 'resolving';
};
