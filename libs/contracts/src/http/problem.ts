import { z } from 'zod';

/** RFC 9457 problem details; `errors[]` names each fault by JSON pointer and says the cure. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  /** 409 about a case: who holds or resolved it, and since when. */
  owner: z.string().optional(),
  at: z.string().optional(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
