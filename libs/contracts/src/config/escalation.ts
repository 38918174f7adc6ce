import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { Priority } from '../priority.js';
import { Closing } from './closing.js';
import { Band } from './people.js';
import { StepTargets, Targets, TeamTarget } from './targets.js';
import { TimeZone, Wait } from './units.js';

/** What a step does outside of its condition: `skip` it, `hold` until it is met, or go to a later step. */
export const Otherwise = z.union([
  z.enum(['skip', 'hold']),
  z.strictObject({ 'go-to': z.string() }).transform((otherwise) => ({ goTo: otherwise['go-to'] })),
]);

export const PolicyStep = z.strictObject({
  name: z.string().min(1),
  page: StepTargets,
  /** CEL over `case.*` and `now.*`; without it the step always pages. */
  when: z.string().min(1).optional(),
  /** Whose wall clock `now.*` shows. */
  timeZone: TimeZone.optional(),
  otherwise: Otherwise.optional(),
  /** Seconds until the next step, when nobody answers. */
  wait: Wait,
  /** Rounds after the first: `times: 1` is two rounds in all. Only on the last step. */
  repeat: z.strictObject({ from: z.string(), times: z.int().min(1).max(9) }).optional(),
});
export type PolicyStep = z.infer<typeof PolicyStep>;

/** How long an acknowledgement holds: the owner is reminded this often, then loses the case. */
export const AcknowledgedRule = z.strictObject({
  remind: Wait.optional(),
  reopen: Wait.optional(),
  /** The step that the case then starts at; without it the first. */
  restart: z.string().optional(),
});
export type AcknowledgedRule = z.infer<typeof AcknowledgedRule>;

/** A step that pages one of a team in turn; equals are told apart by the preferences in their order. */
export const RoundRobin = z.strictObject({
  step: z.string(),
  of: TeamTarget,
  prefer: z.array(z.enum(['language', 'load'])).default([]),
});
export type RoundRobin = z.infer<typeof RoundRobin>;

export const Policy = z.strictObject({
  steps: z.array(PolicyStep).min(1),
  fallback: z.strictObject({ page: Targets }).optional(),
  /** Cases below this band open without an escalation; case and explain say so. */
  escalates: Band.prefault('P1-P4'),
  /** By priority; a priority that is not named keeps its acknowledgement for ever. */
  acknowledged: z.partialRecord(Priority, AcknowledgedRule).default({}),
  'round-robin': RoundRobin.optional(),
});
export type Policy = z.infer<typeof Policy>;

const ladderRung = Targets;

export const Team = z.strictObject({
  members: z.array(ConfigName).min(1),
  ladder: z
    .strictObject({ tier1: ladderRung, tier2: ladderRung, manager: ladderRung, executive: ladderRung })
    .partial()
    .default({}),
  market: z.array(z.string()).default([]),
});
export type Team = z.infer<typeof Team>;

export const Service = z.strictObject({
  team: ConfigName,
  policy: ConfigName,
  /** Categories of the taxonomy that this service answers for. */
  handles: z.array(z.string()).default([]),
  /** Services without which it cannot work: while a case of theirs is open, its own cases are hushed. */
  'depends-on': z.array(ConfigName).min(1).optional(),
  /** How its cases end and come back, where not as those of all. */
  closing: Closing.optional(),
});
export type Service = z.infer<typeof Service>;
