import { z } from 'zod';
import { CaseAct } from './case-view.js';

const Said = (longest: number): z.ZodOptional<z.ZodString> =>
  z.string().trim().min(1).max(longest).optional();

/** How a case ended, as a person said it. */
export const Resolution = z.strictObject({
  /** Dotted path of a code of the config. */
  code: Said(100),
  /** What caused it, for whoever analyses it later. */
  cause: Said(2000),
  /** What the customer is told. */
  reply: Said(10_000),
});
export type Resolution = z.infer<typeof Resolution>;

/** Body of `POST /v1/cases/{id}/resolve`; which members are needed depends on the priority. */
export const ResolveCase = CaseAct.extend(Resolution.shape);
export type ResolveCase = z.infer<typeof ResolveCase>;
