import { z } from 'zod';
import { CaseId } from '../ids.js';
import { IsoInstant } from '../time.js';

/** The lists of the config whose rules can be watched before they decide. */
export const MONITORED_KINDS = ['priority', 'routing', 'grouping', 'sla', 'maintenance'] as const;
export const MonitoredKind = z.enum(MONITORED_KINDS);
export type MonitoredKind = z.infer<typeof MonitoredKind>;

/** Query of `GET /v1/monitored-rules`: one rule by its name; from when on, 7 days before now unless told. */
export const MonitoredRulesQuery = z.object({
  rule: z.string().min(1).optional(),
  from: IsoInstant.optional(),
});
export type MonitoredRulesQuery = z.infer<typeof MonitoredRulesQuery>;

/** What rules in mode `monitor` would have decided otherwise; a case counts once for each rule. */
export const MonitoredRulesView = z.object({
  from: IsoInstant,
  until: IsoInstant,
  revision: z.int(),
  rules: z.array(
    z.object({
      kind: MonitoredKind,
      /** A routing rule has no name: its condition stands for it. */
      name: z.string(),
      /** Since when it is watched as it stands now. */
      since: IsoInstant.optional(),
      /** Cases that it would have decided about. */
      matched: z.int(),
      /** Those of them that would have become something else. */
      differed: z.int(),
      /** From what to what, the most frequent first; "" is nothing. */
      changes: z.array(z.object({ real: z.string(), would: z.string(), cases: z.int() })),
      /** Pages that a maintenance window would have held back; of other kinds only a replay can tell. */
      pagesHeld: z.int().optional(),
      /** The newest that differed. */
      examples: z.array(
        z.object({ caseId: CaseId, at: IsoInstant, revision: z.int(), real: z.string(), would: z.string() }),
      ),
      /** Where it stands, and what to write there so that it decides. */
      live: z.object({ pointer: z.string(), line: z.string() }),
    }),
  ),
});
export type MonitoredRulesView = z.infer<typeof MonitoredRulesView>;
