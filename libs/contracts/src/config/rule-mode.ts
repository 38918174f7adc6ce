import { z } from 'zod';

/** `monitor`: the rule decides nothing; what it would have decided is recorded. Without it a rule is live. */
export const RuleMode = z.enum(['live', 'monitor']);
export type RuleMode = z.infer<typeof RuleMode>;
