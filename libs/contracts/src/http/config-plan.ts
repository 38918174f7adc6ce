import { z } from 'zod';
import { Priority } from '../priority.js';
import { IsoInstant } from '../time.js';

/** Seconds from the first event to the pages of one person, where nobody answers; empty when never paged. */
const PageTimes = z.array(z.int());

/** One person's pages by one service at some priorities, before and after. */
const PagesChange = z.object({
  service: z.string(),
  priorities: z.array(Priority),
  before: PageTimes,
  after: PageTimes,
});

/** Hours on call in the span of the plan. */
const OnCallChange = z.object({ schedule: z.string(), before: z.number(), after: z.number() });

/** What a change of config means to one person. */
export const PersonChange = z.object({
  person: z.string(),
  pages: z.array(PagesChange),
  onCall: z.array(OnCallChange),
});
export type PersonChange = z.infer<typeof PersonChange>;

/** How long one person alone has a P1; null: nobody else is ever paged. */
export const SecondPersonChange = z.object({
  service: z.string(),
  before: z.int().nullable(),
  after: z.int().nullable(),
  worsens: z.boolean(),
});
export type SecondPersonChange = z.infer<typeof SecondPersonChange>;

/** What a change means to people, over a span of time sampled at every change of shift. */
export const PeoplePlan = z.object({
  from: IsoInstant,
  until: IsoInstant,
  people: z.array(PersonChange),
  secondPerson: z.array(SecondPersonChange),
});
export type PeoplePlan = z.infer<typeof PeoplePlan>;

/** A fault of a tree that does not refuse it. */
export const ConfigWarning = z.object({ pointer: z.string(), detail: z.string() });
export type ConfigWarning = z.infer<typeof ConfigWarning>;

const Difference = z.object({
  /** JSON pointer in the tree. */
  pointer: z.string(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

/** One object of the tree that an apply would touch; without a name a kind that is one table. */
const PlannedChange = z.object({
  kind: z.string(),
  name: z.string().optional(),
  change: z.enum(['added', 'removed', 'changed']),
  differences: z.array(Difference).optional(),
});

/** The answer of `POST /v1/config/plan`. */
export const PlannedConfig = z.object({
  revision: z.int(),
  hash: z.string().optional(),
  changes: z.array(PlannedChange),
  warnings: z.array(ConfigWarning),
  /** Absent when nothing differs. */
  meaning: PeoplePlan.optional(),
});
export type PlannedConfig = z.infer<typeof PlannedConfig>;

/** The answer of `PUT /v1/config` and `POST /v1/config/apply`. */
export const AppliedConfig = z.object({
  revision: z.int(),
  hash: z.string(),
  changed: z.boolean(),
  warnings: z.array(ConfigWarning),
});
export type AppliedConfig = z.infer<typeof AppliedConfig>;
