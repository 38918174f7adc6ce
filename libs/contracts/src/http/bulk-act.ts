import { z } from 'zod';
import { Targets } from '../config/targets.js';
import { CaseId, parseCaseId } from '../ids.js';
import { CaseState } from '../events/case-brief.js';
import { CaseAct } from './case-view.js';
import { Problem } from './problem.js';
import { Resolution } from './resolve-case.js';

/** Cases in one request. */
export const MOST_AT_ONCE = 1000;

/** As people type them; what names no case is refused alone, like a case that does not exist. */
const Cases = z
  .array(z.string())
  .min(1)
  .max(MOST_AT_ONCE)
  .superRefine((ids, { addIssue }) => {
    const seen = new Set<string>();
    for (const [n, text] of ids.entries()) {
      const id = parseCaseId(text)?.toString() ?? text;
      if (seen.has(id)) addIssue({ code: 'custom', path: [n], message: `«${text}» stands here twice` });
      seen.add(id);
    }
  });

const Bulk = CaseAct.omit({ epoch: true }).extend({
  cases: Cases,
  /** Nothing is done when one of the cases refuses. */
  allOrNone: z.boolean().default(false),
});

/** Body of `POST /v1/cases/bulk`: one act on many cases. */
export const BulkAct = z.discriminatedUnion('act', [
  Bulk.extend({ act: z.literal('acknowledge') }),
  Bulk.extend({ act: z.literal('resolve'), ...Resolution.shape }),
  Bulk.extend({ act: z.literal('escalate') }),
  Bulk.extend({ act: z.literal('reassign'), to: Targets }),
  Bulk.extend({ act: z.literal('note') }).required({ note: true }),
]);
export type BulkAct = z.infer<typeof BulkAct>;

/** What became of one case: the status and the problem that the act alone would have had. */
export const BulkResult = z.union([
  z.object({ case: CaseId, status: z.literal(200), state: CaseState, version: z.int() }),
  z.object({ case: z.string(), status: z.int(), error: Problem }),
]);
export type BulkResult = z.infer<typeof BulkResult>;

/** Answer of `POST /v1/cases/bulk`: a result for each case, in the caller's order. */
export const BulkResults = z.object({
  done: z.int(),
  refused: z.int(),
  results: z.array(BulkResult),
});
export type BulkResults = z.infer<typeof BulkResults>;
