import { z } from 'zod';
import { SEVERITIES } from '../priority.js';
import { ServiceTarget } from './priority.js';
import { ClockTime, Duration, SecretRef, TimeZone, WEEKDAYS } from './units.js';

/**
 * A sign of life that must come: `every` so often, or `at` a clock time of each day or of the days in `on`. Silence
 * beyond `grace` raises an alert for the service; `within` bounds how long a run may last that said «start».
 */
export const Heartbeat = z
  .strictObject({
    every: Duration.optional(),
    at: ClockTime.optional(),
    on: z.array(z.enum(WEEKDAYS)).min(1).optional(),
    timeZone: TimeZone.optional(),
    grace: Duration.prefault('5m'),
    within: Duration.optional(),
    to: ServiceTarget,
    severity: z.enum(SEVERITIES).default('high'),
    /** Bearer key of whoever sends the sign; a token of the API may send it as well. */
    key: SecretRef.optional(),
    enabled: z.boolean().default(true),
  })
  .refine(({ every, at }) => (every === undefined) !== (at === undefined), {
    error: 'write either «every: 24h» or «at: "02:30"» with a time zone',
  })
  .refine(({ at, timeZone }) => (at === undefined) === (timeZone === undefined), {
    error: '«at» needs «timeZone: Asia/Singapore», and «every» has none',
    path: ['timeZone'],
  })
  .refine(({ at, on }) => at !== undefined || on === undefined, {
    error: '«on» names the days of «at»',
    path: ['on'],
  });
export type Heartbeat = z.infer<typeof Heartbeat>;
