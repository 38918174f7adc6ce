import { z } from 'zod';
import { SLA_SHAPE_TEXTS } from '../messages/sla.js';
import { PRIORITIES, Priority } from '../priority.js';
import { ConfigName } from '../ids.js';
import { RuleMode } from './rule-mode.js';
import { ALWAYS } from './calendars.js';

/** What is promised to whom; each has a clock of its own. */
export const SLA_KINDS = ['acknowledge', 'first-response', 'next-update', 'resolve'] as const;
export const SlaKind = z.enum(SLA_KINDS);
export type SlaKind = z.infer<typeof SlaKind>;

const SECONDS_IN = { s: 1, m: 60, h: 3600 } as const;

/** A longer promise is a mistake of units, and must not be walked day by day. */
const MOST_DAYS = 366;

/** `15m`, `4h`, `2d`. A day is a whole working day of the policy's calendar, so it is kept as a day. */
const Promised = z
  .string()
  .regex(/^[1-9]\d*(s|m|h|d)$/, SLA_SHAPE_TEXTS.promised.en)
  .transform((text): { days: number; seconds: number } => {
    const count = Number(text.slice(0, -1));
    const unit = text.slice(-1);
    return unit === 'd'
      ? { days: count, seconds: 0 }
      : { days: 0, seconds: count * SECONDS_IN[unit as keyof typeof SECONDS_IN] };
  })
  .refine(({ days, seconds }) => days + seconds / 86_400 <= MOST_DAYS, SLA_SHAPE_TEXTS.promisedTooLong.en);
export type Promised = z.infer<typeof Promised>;

const ByPriority = z
  .partialRecord(Priority, Promised)
  .refine((promises) => PRIORITIES.some((priority) => priority in promises), SLA_SHAPE_TEXTS.emptyTarget.en);
export type ByPriority = z.infer<typeof ByPriority>;

/** A promise about the cases that `when` matches (CEL over `case.*`); of several policies the first that matches counts. */
export const SlaPolicy = z.strictObject({
  name: z.string().min(1),
  when: z.string().min(1),
  /** Whose hours count; `24x7` counts every second. */
  calendar: z.union([ConfigName, z.literal(ALWAYS)]),
  targets: z
    .partialRecord(SlaKind, ByPriority)
    .refine((targets) => Object.keys(targets).length > 0, SLA_SHAPE_TEXTS.noTargets.en),
  /** Percent of the target after which the clock is at risk. */
  'at-risk': z
    .string()
    .regex(/^[1-9]\d?%$/, SLA_SHAPE_TEXTS.percent.en)
    .transform((text) => Number(text.slice(0, -1)))
    .prefault('80%'),
  /** Statuses of the ticket in which the clocks stand still. */
  'pause-in': z.array(z.string()).default([]),
  /** `escalate`: the next step is paged at the breach; `tell`: the timeline says it. */
  'on-breach': z.enum(['escalate', 'tell']).default('tell'),
  mode: RuleMode.optional(),
});
export type SlaPolicy = z.infer<typeof SlaPolicy>;
