import { z } from 'zod';
import { PRIORITIES, type Priority } from '../priority.js';
import { Language } from '../texts.js';
import { ClockTime, Duration, SecretRef, TimeZone } from './units.js';

/** `P1`, `P1-P2`: a band of priorities, read as the list of them. */
export const Band = z
  .string()
  .regex(/^P[1-5](-P[1-5])?$/, 'a priority or a band such as P1-P2')
  .transform((text): Priority[] => {
    const from = Number(text.charAt(1));
    const to = Number(text.charAt(text.length - 1));
    return PRIORITIES.slice(from - 1, to);
  })
  .refine((band) => band.length > 0, 'a band runs from the more urgent to the less urgent');

/** One way to reach a person. Exactly one of the kinds below. */
export const ContactMethod = z.union([
  z.strictObject({ sandbox: z.literal(true) }),
  z.strictObject({ webhook: z.url(), secret: SecretRef.optional() }),
  z.strictObject({ email: z.email() }),
  z.strictObject({ sms: z.string() }),
  z.strictObject({ call: z.string() }),
  z.strictObject({ push: z.literal(true) }),
]);
export type ContactMethod = z.infer<typeof ContactMethod>;

const via = z
  .union([z.string(), z.array(z.string()).min(1)])
  .transform((v) => (typeof v === 'string' ? [v] : v));

/** A step of a personal rule: methods to use, `after` the page was due. */
export const NotifyStep = z.strictObject({ via, after: Duration.optional() });

/**
 * A calendar of the person's leave that is read again and again. Its address is mostly a secret, so it may be referred
 * to: `env:NAME`, `vault:path`.
 */
export const LeaveCalendar = z.strictObject({
  calendar: z.union([SecretRef, z.url({ protocol: /^https?$/ })]),
  /** Only events whose title has one of these words, in any case; without them every event is leave. */
  match: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .transform((words) => (typeof words === 'string' ? [words] : words))
    .optional(),
});
export type LeaveCalendar = z.infer<typeof LeaveCalendar>;

export const Person = z.strictObject({
  name: z.string(),
  language: Language.default('en'),
  timeZone: TimeZone,
  skills: z.array(z.string()).default([]),
  speaks: z.array(z.string()).default([]),
  contact: z.record(z.string(), ContactMethod).default({}),
  /** Personal rules per band; the first step starts at once. Keys are bands such as `P1-P2`. */
  notify: z.record(z.string().regex(/^P[1-5](-P[1-5])?$/), z.array(NotifyStep)).default({}),
  leave: LeaveCalendar.optional(),
  quiet: z.strictObject({ from: ClockTime, to: ClockTime, bands: Band }).optional(),
});
export type Person = z.infer<typeof Person>;
