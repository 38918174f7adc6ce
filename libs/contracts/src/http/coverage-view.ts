import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/oncall/coverage`. */
export const CoverageQuery = z.object({
  service: ConfigName.optional(),
  days: z.coerce.number().int().min(1).max(90).default(90),
});
export type CoverageQuery = z.infer<typeof CoverageQuery>;

const stretch = z.object({ from: IsoInstant, until: IsoInstant });

/** For each service, P1 and P2: that somebody is paged in time at every instant, or the earliest at which nobody is. */
export const CoverageView = z.object({
  from: IsoInstant,
  until: IsoInstant,
  revision: z.int(),
  proofs: z.array(
    z.object({
      service: z.string(),
      policy: z.string(),
      priority: z.enum(['P1', 'P2']),
      /** Seconds within which somebody must be paged. */
      within: z.int(),
      proved: z.boolean(),
      hole: stretch.optional(),
      /** Silence by maintenance, which is planned; the first ten. */
      muted: z.array(stretch),
      /** Windows that hush cases of it, all or some, with the hours of the span and the first stretch. */
      hushed: z.array(
        z.object({
          name: z.string(),
          id: z.string().optional(),
          means: z.enum(['all', 'all-but-safety', 'some']),
          hours: z.number(),
          first: stretch,
        }),
      ),
      text: Texts,
    }),
  ),
});
export type CoverageView = z.infer<typeof CoverageView>;
