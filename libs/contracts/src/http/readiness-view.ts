import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { Priority } from '../priority.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/readiness`; with `missing=true` only who lacks something. */
export const ReadinessQuery = z.object({
  person: ConfigName.optional(),
  missing: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export type ReadinessQuery = z.infer<typeof ReadinessQuery>;

export const MISSING = [
  'not-in-config',
  'no-method',
  'unverified',
  'dead-address',
  'not-reached',
  'not-tested',
  'no-rule',
] as const;

/** Everybody who may be paged within 90 days, and what each lacks to be surely paged. */
export const ReadinessView = z.object({
  at: IsoInstant,
  revision: z.int(),
  persons: z.array(
    z.object({
      person: z.string(),
      /** By what the person may be paged. */
      askedBy: z.array(
        z.object({ kind: z.enum(['person', 'team', 'schedule', 'override', 'everyone']), name: z.string() }),
      ),
      nextShift: z.object({ schedule: z.string(), from: IsoInstant, until: IsoInstant }).optional(),
      /** Some page of every priority that escalates may arrive. */
      reachable: z.boolean(),
      /** Nothing is missing. */
      ready: z.boolean(),
      missing: z.array(
        z.object({
          what: z.enum(MISSING),
          methods: z.array(z.string()).optional(),
          priorities: z.array(Priority).optional(),
          text: Texts,
        }),
      ),
    }),
  ),
});
export type ReadinessView = z.infer<typeof ReadinessView>;
