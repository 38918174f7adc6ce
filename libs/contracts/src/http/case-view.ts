import { z } from 'zod';
import { CaseState } from '../events/case-brief.js';
import { CaseEvent } from '../events/case-event.js';
import { CaseId } from '../ids.js';
import { Priority } from '../priority.js';
import { CaseGroupView } from './case-group-view.js';
import { Counterfactual } from './counterfactual.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';
import { SlaClockView } from './sla-view.js';

export const ESCALATION_STATES = [
  'none',
  'running',
  'held',
  'snoozed',
  'suppressed',
  'acknowledged',
  'resolved',
  'exhausted',
  'cancelled',
] as const;
export const EscalationState = z.enum(ESCALATION_STATES);
export type EscalationState = z.infer<typeof EscalationState>;

/** Why nobody is paged for a case now. */
const SuppressedView = z.object({
  by: z.object({
    /** A maintenance window, a source that has said that it is over, or an open case of a service it depends on. */
    kind: z.enum(['window', 'resolving', 'parent']),
    name: z.string(),
    /** Of a window made at run time, or of the parent case. */
    id: z.string().optional(),
  }),
  since: IsoInstant,
  until: IsoInstant.optional(),
});

/** A case as the API shows it. */
export const CaseView = z.object({
  id: CaseId,
  state: CaseState,
  priority: Priority,
  /** Why this priority: the rule and the facts, in both languages. */
  because: Texts,
  /** What would have made another priority; absent for cases from before it was kept, until their next event. */
  counterfactual: Counterfactual.optional(),
  /** A person's priority, which stands above the computed one. */
  pin: z
    .object({ by: z.string(), reason: z.string(), until: IsoInstant.optional(), computed: Priority })
    .optional(),
  /** The facts ask for less; it follows at `at` if they still do. */
  lowering: z.object({ to: Priority, at: IsoInstant }).optional(),
  subject: z.string(),
  source: z.string(),
  ticketKey: z.string(),
  category: z.string().optional(),
  /** What the taxonomy calls it, or the nearest category above it that the taxonomy has. */
  categoryLabel: Texts.optional(),
  /** Of a case that is filed under another category than the one by which it was decided: that one. */
  decidedAs: z.string().optional(),
  market: z.string().optional(),
  service: z.string().optional(),
  /** The upstream ticket's status. */
  status: z.string().optional(),
  /** Events applied to this case, duplicates not counted. */
  events: z.int(),
  openedAt: IsoInstant,
  resolvedAt: IsoInstant.optional(),
  /** Its source has said that it is over; it closes then, if nothing is raised again. */
  resolving: z.object({ by: z.string(), since: IsoInstant, closesAt: IsoInstant }).optional(),
  /** What a person said of how it ended; `codeLabel` is what the config called the code then. */
  resolution: z
    .object({
      code: z.string().optional(),
      codeLabel: Texts.optional(),
      cause: z.string().optional(),
      reply: z.string().optional(),
    })
    .optional(),
  acknowledgedBy: z.string().optional(),
  acknowledgedAt: IsoInstant.optional(),
  escalation: z.object({
    state: EscalationState,
    /** Why there is no escalation, when there is none. */
    reason: z.string().optional(),
    policy: z.string().optional(),
    epoch: z.int(),
    round: z.int(),
    step: z.int(),
    /** When it is looked at again; of a held step, its condition is. */
    wakeAt: IsoInstant.optional(),
    /** Who wanted silence, until when and why. */
    snooze: z.object({ by: z.string(), at: IsoInstant, until: IsoInstant, reason: z.string() }).optional(),
    /** Seconds of silence after which the owner is reminded and loses the case, while they stand above the policy's. */
    ownerTimes: z
      .object({
        by: z.string(),
        at: IsoInstant,
        until: IsoInstant,
        remind: z.number().optional(),
        reopen: z.number().optional(),
        reason: z.string(),
      })
      .optional(),
    /** What keeps it quiet, since when, and until when; a window ends by the clock. */
    suppressed: SuppressedView.optional(),
  }),
  /** How many cases are quiet because this one is open, where it is shown alone and there are any. */
  hushes: z.int().optional(),
  /** The clocks of its SLA, where the case is shown alone and a policy matched. */
  sla: z.array(SlaClockView).optional(),
  /** The rule that made it one case, and what it holds; absent when no grouping rule matched. */
  group: CaseGroupView.optional(),
  /** The case that this one became part of; it is over, and its tickets go on there. */
  joinedInto: CaseId.optional(),
  /** Config revision that the case pinned. */
  revision: z.int(),
  version: z.int(),
});
export type CaseView = z.infer<typeof CaseView>;

export const CaseList = z.object({ cases: z.array(CaseView), next: z.string().optional() });
export type CaseList = z.infer<typeof CaseList>;

/** Every event in order, each with what it says in a sentence. */
export const CaseTimeline = z.object({
  caseId: CaseId,
  events: z.array(CaseEvent.omit({ case: true }).extend({ text: Texts })),
});
export type CaseTimeline = z.infer<typeof CaseTimeline>;

/** Body of `POST /v1/cases/{id}/acknowledge`: who answers, when an operator or notification speaks for a person. */
export const CaseAct = z.strictObject({
  person: z.string().optional(),
  via: z.string().optional(),
  /** Refused with 409 when the case has moved on to another epoch. */
  epoch: z.int().positive().optional(),
  note: z.string().max(10_000).optional(),
});
export type CaseAct = z.infer<typeof CaseAct>;
