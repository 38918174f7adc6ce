import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { Duration, Handover, TimeZone } from './units.js';

/** A rotation: the first named takes the first handover on or after `from`. Later layers win where they cover. */
export const Layer = z.strictObject({
  people: z.array(ConfigName).min(1),
  every: Duration,
  handover: Handover,
  by: z.enum(['wall-clock', 'elapsed']).default('wall-clock'),
  from: z.iso.date(),
});
export type Layer = z.infer<typeof Layer>;

export const Schedule = z.strictObject({
  timeZone: TimeZone,
  requires: z.literal('24x7').default('24x7'),
  layers: z.array(Layer).min(1),
});
export type Schedule = z.infer<typeof Schedule>;
