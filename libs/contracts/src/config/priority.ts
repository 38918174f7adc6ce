import { z } from 'zod';
import { Priority } from '../priority.js';
import { ConfigTexts } from './config-texts.js';
import { RuleMode } from './rule-mode.js';
import { Duration } from './units.js';

const Given = z.record(z.string(), z.unknown());

/** One rule of the ordered table; the first that matches wins. `when` is CEL over `event.*`. */
export const PriorityRule = z.strictObject({
  name: z.string().min(1),
  when: z.string().min(1),
  set: Priority,
  because: ConfigTexts,
  examples: z
    .array(z.strictObject({ given: Given, then: z.union([Priority, z.literal('not matched')]) }))
    .default([]),
  mode: RuleMode.optional(),
});
export type PriorityRule = z.infer<typeof PriorityRule>;

/** Facts that a weight may look at. `tier` and `segment` are the requester's; a category weighs for what lies below it. */
export const WEIGHED_BY = ['tier', 'segment', 'market', 'language', 'category', 'source'] as const;
export type WeighedBy = (typeof WEIGHED_BY)[number];

/** Steps towards P1 (`+1` is one step more urgent) or away from it. */
const Steps = z
  .number()
  .refine(
    (steps) => Number.isInteger(steps) && Math.abs(steps) <= 4,
    'a whole number of steps from -4 to +4; +1 is one step more urgent',
  );

export const Weights = z.partialRecord(z.enum(WEIGHED_BY), z.record(z.string(), Steps));
export type Weights = z.infer<typeof Weights>;

/** `after 30m stable`; read as seconds. */
const Stable = z
  .string()
  .regex(/^after \d+(s|m|h|d|w) stable$/, 'after 30m stable')
  .transform((text) => text.split(' ')[1] ?? '')
  .pipe(Duration);

/** When a priority follows new facts. Without `lower` only a person lowers it. */
export const Recalculate = z.strictObject({
  raise: z.literal('at once').default('at once'),
  lower: Stable.optional(),
});

export const PriorityTable = z.strictObject({
  default: Priority.default('P4'),
  rules: z.array(PriorityRule).default([]),
  weights: Weights.default({}),
  recalculate: Recalculate.prefault({}),
});
export type PriorityTable = z.infer<typeof PriorityTable>;

/** A category of the taxonomy by its dotted path, such as `live.payout`. */
export const Category = z.strictObject({
  label: ConfigTexts,
  priority: Priority.optional(),
  floor: Priority.optional(),
  restricted: z.boolean().default(false),
  /** Paths that it had before: events that still say them, and cases that are over, count as its own. */
  formerly: z.array(z.string().min(1)).max(100).default([]),
});
export type Category = z.infer<typeof Category>;

/** `service NAME`, read as the name. */
export const ServiceTarget = z
  .string()
  .regex(/^service [a-z0-9][a-z0-9._-]*$/, 'service NAME')
  .transform((text) => text.slice('service '.length));

/** Which service takes an event; first match wins, else the service that handles the category. */
export const RoutingRule = z.strictObject({
  when: z.string().min(1),
  to: ServiceTarget,
  mode: RuleMode.optional(),
});
export type RoutingRule = z.infer<typeof RoutingRule>;
