import { z } from 'zod';
import { EscalationState } from '../../http/case-view.js';
import { SlaKind } from '../../config/sla.js';
import { CaseId } from '../../ids.js';
import { Priority } from '../../priority.js';
import { Millis, NAMED_PLACE, PagedPersons, PLACE, QuietBy } from './told-facts.js';

/** What the engine tells of a case's way through its policy. */
export const ESCALATION_FACTS = {
  EscalationStarted: { policy: z.string().optional(), service: z.string().optional(), steps: z.int() },
  EscalationNotStarted: {
    /** `no-policy` or `below-band`; of a breach that pages nobody, why the engine stayed or refused. */
    reason: z.string(),
    priority: Priority.optional(),
    policy: z.string().optional(),
    clocks: z.array(SlaKind).optional(),
  },
  StepStarted: {
    ...NAMED_PLACE,
    steps: z.int(),
    persons: PagedPersons,
    /** Seconds until the next step when nobody answers. */
    wait: z.number(),
    /** Why its condition could not be evaluated; it pages all the same. */
    conditionError: z.string().optional(),
    /** Whose turn it was of a round robin, and what that was picked by. */
    inTurn: z
      .object({
        of: z.string(),
        turn: z.int(),
        prefer: z.array(z.enum(['language', 'load'])),
        loads: z.record(z.string(), z.number()),
      })
      .optional(),
  },
  StepSkipped: {
    ...PLACE,
    stepName: z.string().optional(),
    reason: z.enum(['step.empty', 'step.condition', 'step.unreachable']),
    /** Targets that led to nobody, in the words of the config. */
    targets: z.array(z.string()).optional(),
    when: z.string().optional(),
  },
  StepHeld: { ...NAMED_PLACE, when: z.string().optional(), lookedAtAgain: Millis },
  RoundStarted: { round: z.int(), from: z.string() },
  FallbackPaged: { ...PLACE, persons: PagedPersons, reminder: z.boolean() },
  EscalationExhausted: {
    reason: z.enum(['ended', 'all-empty', 'no-policy', 'fallback.empty', 'fallback.unreachable']),
    round: z.int(),
    persons: PagedPersons,
  },
  EscalationMigrated: {
    /** Config revisions. */
    from: z.int(),
    to: z.int(),
    policy: z.string().optional(),
    stepBefore: z.string(),
    stepAfter: z.string(),
  },
  EscalationSuppressed: {
    by: QuietBy,
    until: Millis,
    ...PLACE,
    due: z.enum(['step', 'fallback', 'reminder']).optional(),
    stepName: z.string().optional(),
    /** What kept it quiet until now. */
    was: QuietBy.optional(),
  },
  SuppressionEnded: { suppressedBy: QuietBy, since: Millis },
  CaseAcknowledged: { ...PLACE, was: EscalationState },
  OwnerReminded: {
    ...NAMED_PLACE,
    owner: z.string(),
    since: Millis,
    persons: PagedPersons,
    reopenAt: Millis.optional(),
    /** The owner is no person, such as a token: nobody is paged. */
    reason: z.literal('owner.no-person').optional(),
  },
  OwnershipConfirmed: { remindedAt: Millis },
  CaseReopened: {
    after: EscalationState,
    /** Who owned or resolved it. */
    was: z.string().optional(),
    reason: z.literal('acknowledgement.expired').optional(),
    since: Millis.optional(),
  },
  CaseEscalated: { after: EscalationState, step: z.int().optional() },
  CaseSnoozed: { until: Millis, reason: z.string(), after: EscalationState, was: z.string().optional() },
  OwnerTimesChanged: {
    owner: z.string(),
    /** Seconds of silence after which the owner is reminded, and loses the case; absent: never. */
    remind: z.number().optional(),
    reopen: z.number().optional(),
    until: Millis,
    reason: z.string(),
  },
  SnoozeEnded: {
    reason: z.enum(['time', 'priority.raised', 'by-hand']),
    snoozedBy: z.string(),
    until: Millis,
  },
  CaseReassigned: {
    ...NAMED_PLACE,
    /** In the words of the config. */
    to: z.array(z.string()),
    persons: PagedPersons,
    after: EscalationState,
    was: z.string().optional(),
  },
  ResponderAdded: { ...NAMED_PLACE, person: z.string(), persons: PagedPersons },
  ResponderJoined: { owner: z.string() },
  CaseMerged: { into: CaseId, was: EscalationState, ...PLACE },
  CaseUnmerged: { from: CaseId, mergedAt: Millis, is: EscalationState },
  PagesRepeated: { ...NAMED_PLACE, persons: PagedPersons },
};
