import { z } from 'zod';
import { CaseId } from '../ids.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** The closed list of reasons why a person was or was not paged for a case. */
export const EXPLAIN_REASONS = [
  'paged',
  'page-failed',
  'not-yet',
  'acknowledged-before',
  'resolved-before',
  'snoozed-before',
  'merged-before',
  'step-empty',
  'on-leave',
  'step-condition',
  'step-passed',
  'turn-of-another',
  'off-shift',
  'muted',
  'suppressed-by-parent',
  'no-escalation',
  'no-policy',
  'not-a-target',
] as const;

/** `GET /v1/explain?case=&person=`: exactly one reason. */
export const ExplainView = z.object({
  caseId: CaseId,
  person: z.string(),
  reason: z.enum(EXPLAIN_REASONS),
  /** When what the reason names happened. */
  at: IsoInstant.optional(),
  text: Texts,
  /** Why no page can reach the person now; absent when one can. */
  unreachable: z.array(Texts).optional(),
});
export type ExplainView = z.infer<typeof ExplainView>;

export const ExplainQuery = z.object({ case: z.string(), person: z.string() });
export type ExplainQuery = z.infer<typeof ExplainQuery>;
