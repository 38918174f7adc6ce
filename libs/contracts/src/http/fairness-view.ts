import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { IsoInstant } from '../time.js';

/** Query of `GET /v1/oncall/fairness`: the last 90 days unless told; a window may lie ahead as well. */
export const FairnessQuery = z.object({
  from: IsoInstant.optional(),
  until: IsoInstant.optional(),
  schedule: ConfigName.optional(),
  /** A calendar of the config, whose public holidays count. */
  calendar: ConfigName.optional(),
  /** What was believed then. */
  'as-of': IsoInstant.optional(),
});
export type FairnessQuery = z.infer<typeof FairnessQuery>;

/** How the time on call falls to people, on each one's own wall clock. A shadow's hours do not count. */
export const FairnessView = z.object({
  from: IsoInstant,
  until: IsoInstant,
  asOf: IsoInstant.optional(),
  revision: z.int(),
  schedule: z.string().optional(),
  calendar: z.string().optional(),
  /** Hours that each would have if all had the same. */
  evenHours: z.number(),
  /** Everybody who could have a turn, the most hours first. Night is 22:00 to 06:00; classes overlap. */
  people: z.array(
    z.object({
      person: z.string(),
      name: z.string(),
      turns: z.int(),
      hours: z.number(),
      /** Of all hours, in percent. */
      share: z.number(),
      /** Hours above (positive) or below an even share. */
      aboveEven: z.number(),
      nightHours: z.number(),
      weekendHours: z.number(),
      holidayHours: z.number(),
      /** Nights, weekends and holidays with any time on call. */
      nights: z.int(),
      weekends: z.int(),
      holidays: z.int(),
    }),
  ),
});
export type FairnessView = z.infer<typeof FairnessView>;
