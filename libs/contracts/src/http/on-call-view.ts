import { z } from 'zod';
import { OnCallRole } from '../config/on-call.js';
import { ConfigName } from '../ids.js';
import { Texts } from '../texts.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/oncall`. Without `at` it is now; without a name every schedule and policy is answered. */
export const OnCallQuery = z.object({
  at: IsoInstant.optional(),
  schedule: ConfigName.optional(),
  policy: ConfigName.optional(),
  /** Only schedules are asked for a role; policies page the primary. */
  role: OnCallRole.default('primary'),
  /** What was believed then: config and changes as they were known at that instant. */
  'as-of': IsoInstant.optional(),
});
export type OnCallQuery = z.infer<typeof OnCallQuery>;

export const OnCallPerson = z.object({ person: z.string(), name: z.string(), via: z.string() });
export type OnCallPerson = z.infer<typeof OnCallPerson>;

/** A voice in who is on call: a layer, a temporary one, leave, an override or a swap. */
export const OnCallVoice = z.object({
  by: z.enum(['layer', 'temporary', 'leave', 'override', 'swap']),
  person: z.string(),
  layer: z.int().optional(),
  change: z.string().optional(),
  /** The only person whose turns an override takes. */
  replaces: z.string().optional(),
  /** Who gave the turn of a swap away. */
  of: z.string().optional(),
});
export type OnCallVoice = z.infer<typeof OnCallVoice>;

/** Who is on call at an instant, and by what. */
export const OnCallView = z.object({
  at: IsoInstant,
  asOf: IsoInstant.optional(),
  revision: z.int(),
  schedules: z.array(
    z.object({
      schedule: z.string(),
      /** Absent when nobody is on call. */
      person: z.string().optional(),
      name: z.string().optional(),
      role: OnCallRole,
      /** What decides; `no-layer` and `leave` are why nobody is on call. */
      by: z.enum(['layer', 'temporary', 'override', 'swap', 'leave', 'no-layer']),
      layer: z.int().optional(),
      /** Absent where it has no end: one person stands alone. */
      from: IsoInstant.optional(),
      until: IsoInstant.optional(),
      /** From the weakest to the strongest: the last one decides. */
      path: z.array(OnCallVoice),
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

/** Query of `GET /v1/oncall/gaps`: from now for 90 days unless told. */
export const GapsQuery = z.object({
  schedule: ConfigName.optional(),
  role: OnCallRole.default('primary'),
  from: IsoInstant.optional(),
  until: IsoInstant.optional(),
});
export type GapsQuery = z.infer<typeof GapsQuery>;

/** Where nobody is on call though the schedule requires somebody, schedule by schedule. */
export const GapsView = z.object({
  from: IsoInstant,
  until: IsoInstant,
  schedules: z.array(
    z.object({
      schedule: z.string(),
      requires: z.string(),
      gaps: z.array(
        z.object({
          from: IsoInstant,
          until: IsoInstant,
          by: z.enum(['no-layer', 'leave']),
          person: z.string().optional(),
          change: z.string().optional(),
        }),
      ),
      /** Turns of people whom no page of P1 can reach; somebody is on call, and nobody would come. */
      unreachable: z.array(
        z.object({ from: IsoInstant, until: IsoInstant, person: z.string(), missing: z.array(Texts) }),
      ),
    }),
  ),
});
export type GapsView = z.infer<typeof GapsView>;

/** Query of `GET /v1/schedules/{name}/calendar.ics`. */
export const CalendarQuery = z.object({ role: OnCallRole.default('primary') });
export type CalendarQuery = z.infer<typeof CalendarQuery>;
