import { z } from 'zod';
import { CaseId, Tenant } from '../ids.js';
import { IsoInstant } from '../time.js';
import { CaseBrief } from './case-brief.js';

/** What happened to a case: the payloads of topic `cases` and the rows of its timeline, written by escalation-routing. */
export const CASE_EVENT_TYPES = [
  'CaseOpened',
  'CaseUpdated',
  'EventIgnored',
  'PriorityChanged',
  'PriorityPinned',
  'PriorityUnpinned',
  'EscalationStarted',
  'EscalationNotStarted',
  'StepStarted',
  'StepSkipped',
  'RoundStarted',
  'FallbackPaged',
  'EscalationExhausted',
  'CaseAcknowledged',
  'CaseResolved',
  'CaseReopened',
  'CaseEscalated',
  'NoteAdded',
  'AttemptRecorded',
  'PageUnreachable',
  'SlaStarted',
  'SlaPaused',
  'SlaResumed',
  'SlaAtRisk',
  'SlaBreached',
  'SlaEnded',
  'StepHeld',
  'OwnerReminded',
  'OwnershipConfirmed',
  'CaseSnoozed',
  'SnoozeEnded',
  'OwnerTimesChanged',
  'CaseReassigned',
  'ResponderAdded',
  'ResponderJoined',
  'EscalationMigrated',
  'EscalationSuppressed',
  'SuppressionEnded',
  'ResolveAwaited',
  'ResolveWithdrawn',
  'TicketJoined',
  'TicketCleared',
  'GroupFull',
  'CaseJoined',
  'FlapStarted',
  'FlapEnded',
  'CaseMerged',
  'CaseUnmerged',
  'PagesRepeated',
  'TicketsJoined',
  'TicketsLeft',
  'CaseRefiled',
] as const;

export const CaseEvent = z.object({
  type: z.enum(CASE_EVENT_TYPES),
  tenant: Tenant,
  caseId: CaseId,
  epoch: z.int().nonnegative(),
  at: IsoInstant,
  /** A person's name, a source, or `tocsin`. */
  by: z.string(),
  /** Facts of this type of event: `CASE_FACTS`, published in docs/events. */
  facts: z.record(z.string(), z.unknown()),
  /** The case as this left it, where the writer held it; a timeline leaves it out. */
  case: CaseBrief.optional(),
});
export type CaseEvent = z.infer<typeof CaseEvent>;
