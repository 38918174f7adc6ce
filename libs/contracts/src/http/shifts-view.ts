import { z } from 'zod';
import { OnCallRole } from '../config/on-call.js';
import { ConfigName } from '../ids.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/oncall/shifts`: from now for 14 days unless told, every schedule and role that has layers. */
export const ShiftsQuery = z.object({
  schedule: ConfigName.optional(),
  /** Only turns of this person. */
  person: ConfigName.optional(),
  role: OnCallRole.optional(),
  from: IsoInstant.optional(),
  until: IsoInstant.optional(),
  /** What was believed then: config and changes as they were known at that instant. */
  'as-of': IsoInstant.optional(),
});
export type ShiftsQuery = z.infer<typeof ShiftsQuery>;

/** Who has which turns in a window, with all changes applied; turns are cut at the window's ends. */
export const ShiftsView = z.object({
  from: IsoInstant,
  until: IsoInstant,
  asOf: IsoInstant.optional(),
  revision: z.int(),
  shifts: z.array(
    z.object({
      schedule: z.string(),
      role: OnCallRole,
      person: z.string(),
      name: z.string(),
      from: IsoInstant,
      until: IsoInstant,
      by: z.enum(['layer', 'temporary', 'override', 'swap']),
      layer: z.int().optional(),
      /** The change that gives the turn, where it is no layer of the config. */
      change: z.string().optional(),
    }),
  ),
});
export type ShiftsView = z.infer<typeof ShiftsView>;
