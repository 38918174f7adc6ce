import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/oncall`. Without `at` it is now; without a name every schedule and policy is answered. */
export const OnCallQuery = z.object({
  at: IsoInstant.optional(),
  schedule: ConfigName.optional(),
  policy: ConfigName.optional(),
});
export type OnCallQuery = z.infer<typeof OnCallQuery>;

export const OnCallPerson = z.object({ person: z.string(), name: z.string(), via: z.string() });
export type OnCallPerson = z.infer<typeof OnCallPerson>;

/** Who is on call at an instant, and by which layer. */
export const OnCallView = z.object({
  at: IsoInstant,
  revision: z.int(),
  schedules: z.array(
    z.object({
      schedule: z.string(),
      /** Absent when nobody is on call. */
      person: z.string().optional(),
      name: z.string().optional(),
      layer: z.int().optional(),
      from: IsoInstant.optional(),
      until: IsoInstant.optional(),
    }),
  ),
  policies: z.array(
    z.object({
      policy: z.string(),
      service: z.string().optional(),
      steps: z.array(
        z.object({
          step: z.string(),
          /** Seconds from the start of the escalation, when nobody answers. */
          after: z.int(),
          persons: z.array(OnCallPerson),
          /** Targets that lead to nobody. */
          empty: z.array(z.string()),
        }),
      ),
    }),
  ),
});
export type OnCallView = z.infer<typeof OnCallView>;
