import { z } from 'zod';
import { ConfigName } from '../ids.js';
import { Band } from './people.js';
import { Targets } from './targets.js';
import { Wait } from './units.js';

export const PolicyStep = z.strictObject({
  name: z.string().min(1),
  page: Targets,
  /** Seconds until the next step, when nobody answers. */
  wait: Wait,
  /** Rounds after the first: `times: 1` is two rounds in all. Only on the last step. */
  repeat: z.strictObject({ from: z.string(), times: z.int().min(1).max(9) }).optional(),
});
export type PolicyStep = z.infer<typeof PolicyStep>;

export const Policy = z.strictObject({
  steps: z.array(PolicyStep).min(1),
  fallback: z.strictObject({ page: Targets }).optional(),
  /** Cases below this band open without an escalation; case and explain say so. */
  escalates: Band.prefault('P1-P4'),
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
});
export type Service = z.infer<typeof Service>;
