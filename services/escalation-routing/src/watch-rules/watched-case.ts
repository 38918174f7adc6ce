import type { MonitoredKind } from '@tocsin/contracts';
import type { WouldBe } from '@tocsin/rules';
import type { RoutedCase } from '../routed-case.js';

/** What a watched rule would have made of one case in one transaction. */
export interface WatchedCase {
  readonly tenant: string;
  readonly kind: MonitoredKind;
  readonly rule: string;
  readonly caseId: bigint;
  readonly revision: number;
  readonly differs: boolean;
  readonly real: string;
  readonly would: string;
  readonly pages: number;
}

/** One row per rule and case, whatever a transaction decides about the case how often. */
export class WatchedCases {
  private readonly found = new Map<string, WatchedCase>();

  get rows(): WatchedCase[] {
    return [...this.found.values()];
  }

  /** @param revision of the config that has decided @param pages that were sent by the decision */
  add(routed: RoutedCase, wouldBe: readonly WouldBe[], revision: number, pages = 0): void {
    for (const { rule, real, would } of wouldBe) {
      const key = JSON.stringify([rule.kind, rule.name, routed.id.toString()]);
      const before = this.found.get(key);
      const row = {
        ...{ tenant: routed.tenant, kind: rule.kind, rule: rule.name, caseId: routed.id, revision },
        ...{ differs: real !== would, real, would, pages: pages + (before?.pages ?? 0) },
      };
      const stays = before?.differs === true && !row.differs;
      this.found.set(key, stays ? { ...before, pages: row.pages } : row);
    }
  }
}
