import type { MigratedCase } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { type PolicyPlan, placeIn, remainingSteps } from '@tocsin/rules';
import type { CaseStore } from '../case.store.js';
import { viewOf } from '../case-view.js';
import type { CaseWorkStore } from '../case-work.store.js';
import { openCase } from '../open-case.js';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { ActRefusal } from '../respond-to-case/respond-to-case.js';
import type { RoutedCase } from '../routed-case.js';

export interface MigrateRequest {
  readonly tenant: string;
  readonly caseId: bigint;
  readonly by: string;
  /** Only shows what would be. */
  readonly preview: boolean;
  readonly traceparent?: string | undefined;
}

export type MigrateResult =
  | { readonly ok: true; readonly migrated: MigratedCase }
  | { readonly ok: false; readonly refused: ActRefusal };

interface MigrateParts {
  readonly transactions: Transactions;
  readonly cases: CaseStore;
  readonly works: CaseWorkStore;
  readonly configs: PinnedConfigs;
}

/** Moves a running escalation from the revision that its case pinned to the newest one, or shows what that would do. */
export class MigrateCase {
  constructor(private readonly parts: MigrateParts) {}

  migrate({ tenant, caseId, by, preview, traceparent }: MigrateRequest): Promise<MigrateResult> {
    const { transactions, cases, works, configs } = this.parts;
    return transactions.run('hot', async (tx): Promise<MigrateResult> => {
      const opened = await openCase(tx, { cases, configs }, { tenant, caseId });
      if ('refused' in opened) return { ok: false, refused: opened.refused };
      const { routed, work } = opened;
      const { current, contextOf } = opened.configs;
      const before = contextOf(routed).plan;
      const moved = { ...routed, revision: current.revision };
      const after = contextOf(moved).plan;
      const shown = { from: routed.revision, to: current.revision, ...remaining(routed, before, after) };
      if (preview) return { ok: true, migrated: shown };
      // The plan is looked up by the revision that the case pins, so the case moves first; a refusal saves neither.
      if (moved.revision !== routed.revision) work.put(withPolicy(moved, after));
      const input = { from: { revision: routed.revision, plan: before }, revision: current.revision };
      const { refused } = work.act(routed, { type: 'Migrated', by, ...input }, { traceparent });
      if (refused !== undefined) return { ok: false, refused };
      await works.save(tx, work);
      return { ok: true, migrated: { ...shown, case: viewOf(work.latest(routed)) } };
    });
  }
}

/** Where no policy applies any more, the case keeps the name of the one that it had. */
const withPolicy = (routed: RoutedCase, { policy }: PolicyPlan): RoutedCase =>
  policy === undefined ? routed : { ...routed, policy };

const remaining = ({ escalation }: RoutedCase, before: PolicyPlan, after: PolicyPlan) => ({
  before: remainingSteps(before, escalation),
  after: remainingSteps(after, placeIn(after, before, escalation)),
});
