import { z } from 'zod';
import { Priority } from '../priority.js';
import { IsoInstant } from '../time.js';

export const CASE_STATES = ['open', 'acknowledged', 'snoozed', 'resolved', 'merged'] as const;
export const CaseState = z.enum(CASE_STATES);
export type CaseState = z.infer<typeof CaseState>;

/** A case in few words, as it was when something was told of it: for readers that have no case of their own. */
export const CaseBrief = z.object({
  state: CaseState,
  priority: Priority,
  /** Then nothing else of it leaves the building but its category, priority and link. */
  restricted: z.boolean(),
  subject: z.string(),
  source: z.string(),
  ticketKey: z.string(),
  link: z.string().optional(),
  policy: z.string().optional(),
  acknowledgedBy: z.string().optional(),
  openedAt: IsoInstant,
  version: z.int(),
  /** What conditions over `case.*` read beside the members above; what nobody said is "". */
  party: z.string(),
  category: z.string(),
  market: z.string(),
  language: z.string(),
  channel: z.string(),
  tier: z.string(),
  service: z.string(),
  status: z.string(),
  events: z.int(),
});
export type CaseBrief = z.infer<typeof CaseBrief>;
