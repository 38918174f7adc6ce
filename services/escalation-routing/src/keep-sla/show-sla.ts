import { isoOf, type SlaClockView } from '@tocsin/contracts';
import { clockStateOf, clockTimes, evidenceOf, presentPause, type SlaTerms, slaTerms } from '@tocsin/rules';
import type { PinnedConfigs } from '../pinned-configs.js';
import type { PoolReads } from '../pool-reads.js';
import type { RoutedCase } from '../routed-case.js';
import type { KeptClock, SlaClockStore } from './sla-clock.store.js';

/** The SLA clocks of a case as the API shows them, with the evidence of each pause. */
export class ShowSla {
  constructor(
    private readonly clocks: SlaClockStore,
    private readonly configs: PinnedConfigs,
    private readonly reads: PoolReads,
  ) {}

  /** @returns none when no policy matched the case as it opened */
  async viewsOf(routed: RoutedCase): Promise<SlaClockView[]> {
    const kept = await this.clocks.show(routed.id);
    if (kept.length === 0) return [];
    const { configOf } = await this.configs.show([routed], this.reads);
    return kept.flatMap((each) => {
      const terms = slaTerms(configOf(routed), each.policy);
      return terms === undefined ? [] : [viewOf(each, terms)];
    });
  }
}

function viewOf({ clock, policy, revision }: KeptClock, terms: SlaTerms): SlaClockView {
  const { target, atRiskAt, dueAt } = clockTimes(clock, terms) ?? {};
  const paused = presentPause(clock);
  return {
    kind: clock.kind,
    policy,
    revision,
    state: clockStateOf(clock, terms),
    startedAt: isoOf(clock.startedAt),
    ...(target === undefined ? {} : { target }),
    ...(atRiskAt === undefined ? {} : { atRiskAt: isoOf(atRiskAt) }),
    ...(dueAt === undefined ? {} : { dueAt: isoOf(dueAt) }),
    ...(paused === undefined ? {} : { pausedSince: isoOf(paused.from) }),
    ...(clock.ended === undefined ? {} : { endedAt: isoOf(clock.ended.at) }),
    pauses: evidenceOf(clock, terms),
  };
}
