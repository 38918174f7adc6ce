import { z } from 'zod';
import { Priority } from '../priority.js';
import { ConfigTexts } from './config-texts.js';

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
});
export type PriorityRule = z.infer<typeof PriorityRule>;

export const PriorityTable = z.strictObject({
  default: Priority.default('P4'),
  rules: z.array(PriorityRule).default([]),
});
export type PriorityTable = z.infer<typeof PriorityTable>;

/** A category of the taxonomy by its dotted path, such as `live.payout`. */
export const Category = z.strictObject({
  label: ConfigTexts,
  priority: Priority.optional(),
  floor: Priority.optional(),
  restricted: z.boolean().default(false),
});
export type Category = z.infer<typeof Category>;

/** Which service takes an event; first match wins, else the service that handles the category. */
export const RoutingRule = z.strictObject({
  when: z.string().min(1),
  to: z
    .string()
    .regex(/^service [a-z0-9][a-z0-9._-]*$/, 'service NAME')
    .transform((text) => text.slice('service '.length)),
});
export type RoutingRule = z.infer<typeof RoutingRule>;
