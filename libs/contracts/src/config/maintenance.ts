import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { MAINTENANCE_SHAPE_TEXTS } from '../messages/maintenance.js';
import { RuleMode } from './rule-mode.js';
import { ClockTime, Duration, TimeZone } from './units.js';
import { Weekdays } from './weekdays.js';

/** Which cases a window hushes: all that is given must hold; an empty scope is every case. */
export const QuietScope = z.strictObject({
  services: z.array(ConfigName).min(1).optional(),
  markets: z.array(z.string().min(1)).min(1).optional(),
  sources: z.array(ConfigName).min(1).optional(),
  /** CEL over `case.*`. */
  when: z.string().min(1).optional(),
});
export type QuietScope = z.infer<typeof QuietScope>;

/** `exempt`: urgent safety cases page all the same; `muted`: they are hushed too. */
export const QuietSafety = z.enum(['exempt', 'muted']);

const name = z.string().min(1).max(200);

/**
 * Maintenance: cases open and are counted, and nobody is paged until it is over. `on` one day, or `every` so many days
 * of the week, `from` a clock time `for` so long. `until` is the last day on which it begins.
 */
export const MaintenanceRule = z
  .strictObject({
    name,
    ...QuietScope.shape,
    on: z.iso.date().optional(),
    every: Weekdays.optional(),
    from: ClockTime,
    for: Duration.refine((s) => s >= 60 && s <= 7 * 86_400, MAINTENANCE_SHAPE_TEXTS.length.en),
    timeZone: TimeZone,
    since: z.iso.date().optional(),
    until: z.iso.date().optional(),
    safety: QuietSafety.default('exempt'),
    mode: RuleMode.optional(),
  })
  .refine(({ on, every }) => (on === undefined) !== (every === undefined), {
    error: MAINTENANCE_SHAPE_TEXTS.onOrEvery.en,
  })
  .refine(({ on, since, until }) => on === undefined || (since === undefined && until === undefined), {
    error: MAINTENANCE_SHAPE_TEXTS.onAlone.en,
    path: ['on'],
  });
export type MaintenanceRule = z.infer<typeof MaintenanceRule>;
