import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { CONFIG_SHAPE_TEXTS } from '../messages/rules.js';
import { ClockTime, Duration, Handover, TimeZone } from './units.js';
import { Weekdays } from './weekdays.js';

export const ON_CALL_ROLES = ['primary', 'secondary', 'shadow'] as const;
/** The lanes of a schedule. A schedule as a target means its primary; a shadow is never paged. */
export const OnCallRole = z.enum(ON_CALL_ROLES);
export type OnCallRole = z.infer<typeof OnCallRole>;

/**
 * When a layer covers, on the wall clock of the schedule: on these days from `from` until `to`. A `to` that is not
 * after `from` lies on the next day; without both it is the whole day.
 */
export const LayerHours = z.strictObject({
  days: Weekdays,
  from: ClockTime.prefault('00:00'),
  to: ClockTime.prefault('00:00'),
});
export type LayerHours = z.infer<typeof LayerHours>;

/**
 * A rotation: the first named takes the first handover on or after `from`. Within a role a later layer wins where it
 * covers. One person alone needs no rotation: without `every` the layer stands, from `from` on if that is given.
 */
export const Layer = z.strictObject({
  people: z.array(ConfigName).min(1),
  role: OnCallRole.default('primary'),
  every: Duration.optional(),
  handover: Handover.optional(),
  by: z.enum(['wall-clock', 'elapsed']).default('wall-clock'),
  from: z.iso.date().optional(),
  only: z.array(LayerHours).min(1).optional(),
});
export type Layer = z.infer<typeof Layer>;

/** `24x7`, or `calendar NAME`: hours in which somebody must be on call; gaps outside of them are intended. */
export const RequiredHours = z.string().transform((text, ctx): '24x7' | { readonly calendar: string } => {
  if (text === '24x7') return text;
  const [, calendar] = /^calendar (\S+)$/.exec(text) ?? [];
  if (calendar !== undefined && ConfigName.safeParse(calendar).success) return { calendar };
  ctx.addIssue({ code: 'custom', message: CONFIG_SHAPE_TEXTS.requires.en });
  return z.NEVER;
});
export type RequiredHours = z.infer<typeof RequiredHours>;

export const Schedule = z.strictObject({
  timeZone: TimeZone,
  requires: RequiredHours.prefault('24x7'),
  layers: z.array(Layer).min(1),
});
export type Schedule = z.infer<typeof Schedule>;
