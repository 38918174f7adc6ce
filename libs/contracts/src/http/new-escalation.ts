import { z } from 'zod';
import { Targets } from '../config/targets.js';
import { Priority } from '../priority.js';
import { CaseView } from './case-view.js';

/** Body of `POST /v1/escalations`: pages somebody by hand. Targets are written as in a policy: `person bo`. */
export const NewEscalation = z.strictObject({
  target: Targets,
  priority: Priority,
  subject: z.string().min(1).max(1000),
  link: z.url().optional(),
});
export type NewEscalation = z.infer<typeof NewEscalation>;

/** Its 201: the case, and what the one who pages should know. */
export const StartedEscalation = z.object({ case: CaseView, warnings: z.array(z.string()) });
export type StartedEscalation = z.infer<typeof StartedEscalation>;
