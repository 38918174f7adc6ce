import { z } from 'zod';
import { CaseView } from './case-view.js';

/** A step that an escalation still has before it; the fallback comes last and has no wait. */
export const RemainingStep = z.object({
  round: z.int(),
  step: z.string(),
  /** Targets in the words of the config. */
  page: z.array(z.string()),
  /** Seconds. */
  wait: z.number().optional(),
  when: z.string().optional(),
});
export type RemainingStep = z.infer<typeof RemainingStep>;

/** Answer of `POST /v1/cases/{id}/migrate`: the remaining steps before and after; the case only when it was moved. */
export const MigratedCase = z.object({
  from: z.int(),
  to: z.int(),
  before: z.array(RemainingStep),
  after: z.array(RemainingStep),
  case: CaseView.optional(),
});
export type MigratedCase = z.infer<typeof MigratedCase>;
