import { z } from 'zod';
import { PlannedRisk } from './config-approval.js';
import { HISTORY_UNKNOWN, PlannedHistory } from './config-history.js';

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
  /** What it makes worse for P1 and P2 cases. */
  risks: z.array(PlannedRisk),
  /** Who approved exactly this plan so far. */
  approvedBy: z.array(z.string()),
  /** What it would have meant to the newest 30 days of recorded history, replayed by the server. */
  history: PlannedHistory.optional(),
  /** Why history could not be replayed: no risk comes from it then. */
  historyUnknown: z.object({ reason: z.enum(HISTORY_UNKNOWN), detail: z.string() }).optional(),
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
