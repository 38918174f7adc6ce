import { z } from 'zod';
import { CaseId, Tenant } from '../ids.js';
import { Priority } from '../priority.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** Which page this is: with tenant, person and channel it makes the page key (S5). */
export const PagePosition = z.object({
  caseId: CaseId,
  /** 1 at the case's first escalation, +1 at every reopening, restart, reminder, or page beside an owner. */
  epoch: z.int().positive(),
  /** 1, +1 at each repeat of the policy. */
  round: z.int().positive(),
  /**
   * Index of the step in the pinned policy, from 0; the fallback is the index after the last step, and responders asked
   * for beside a step come behind it, each at an index of their own.
   */
  step: z.int().nonnegative(),
});
export type PagePosition = z.infer<typeof PagePosition>;

/** A person is to be paged: routing's decision. Notification expands it into attempts by that person's own rules. */
export const PageRequested = PagePosition.extend({
  type: z.literal('PageRequested'),
  tenant: Tenant,
  person: z.string(),
  priority: Priority,
  /** When the step became due; nothing of this page may be sent before it. */
  dueAt: IsoInstant,
  subject: z.string(),
  service: z.string().optional(),
  category: z.string().optional(),
  ticketKey: z.string(),
  link: z.string().optional(),
  /** Why this priority, in both languages, under 240 characters. */
  because: Texts,
  /** Why this person: policy, step n of m, and what comes next. */
  policy: z.string(),
  stepName: z.string(),
  steps: z.int().positive(),
  nextStepAt: IsoInstant.optional(),
  /** A page outside of the policy's own turn: what is asked of the person, and who asks. */
  asked: z.object({ as: z.enum(['reminder', 'responder', 'owner']), by: z.string() }).optional(),
  restricted: z.boolean(),
  revision: z.int(),
});
export type PageRequested = z.infer<typeof PageRequested>;

/** No attempt of this epoch may begin any more (S7). */
export const PagesStopped = z.object({
  type: z.literal('PagesStopped'),
  tenant: Tenant,
  caseId: CaseId,
  epoch: z.int().positive(),
  reason: z.enum(['acknowledged', 'resolved', 'cancelled', 'restarted', 'snoozed']),
  by: z.string().optional(),
  at: IsoInstant,
});
export type PagesStopped = z.infer<typeof PagesStopped>;

/** The payloads of topic `pages`, written by escalation-routing. */
export const PageEvent = z.discriminatedUnion('type', [PageRequested, PagesStopped]);
export type PageEvent = z.infer<typeof PageEvent>;
