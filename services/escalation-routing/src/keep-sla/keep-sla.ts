import type { Config, SlaKind } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import {
  kindsOf,
  pickSla,
  runClock,
  type SlaEffect,
  type SlaInput,
  type SlaTell,
  type SlaTerms,
  slaTerms,
  slaWakeAt,
  startClock,
} from '@tocsin/rules';
import type { Host } from '@tocsin/runtime';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';
import type { WakeSignal } from '../wake-signal.js';
import type { KeptClock, SlaClockStore } from './sla-clock.store.js';
import type { SlaMetrics } from './sla-metrics.js';

interface KeepParts {
  readonly clocks: SlaClockStore;
  readonly wake: WakeSignal;
  readonly metrics: SlaMetrics;
  readonly log: Host['log'];
}

type Step = CaseWork['sla']['steps'][number];
type Clocks = Map<bigint, KeptClock[]>;

/** Starts, moves and ends the SLA clocks of cases in the transaction that changes the cases. */
export class KeepSla {
  constructor(private readonly parts: KeepParts) {}

  /** Costs nothing where the configs of the cases promise nothing; else a read for known cases, and a write. */
  async keep(tx: Tx, work: CaseWork): Promise<void> {
    const cases = new Map(work.cases.map((routed) => [routed.id, routed]));
    const configOf = (id: bigint): Config | undefined => {
      const routed = cases.get(id);
      return routed === undefined ? undefined : work.contextOf(routed).config;
    };
    const steps = work.sla.steps.filter(({ caseId }) => (configOf(caseId)?.sla.length ?? 0) > 0);
    if (steps.length === 0) return;
    const opened = new Set(steps.flatMap((step) => ('facts' in step ? [step.caseId] : [])));
    const known = [...new Set(steps.map(({ caseId }) => caseId))].filter((id) => !opened.has(id));
    const clocks: Clocks = new Map();
    for (const kept of known.length === 0 ? [] : await this.parts.clocks.read(tx, known))
      clocks.set(kept.caseId, [...(clocks.get(kept.caseId) ?? []), kept]);
    for (const step of steps) {
      const routed = cases.get(step.caseId);
      if (routed !== undefined) this.take(step, routed, work, clocks);
    }
    await this.save(tx, work, clocks);
  }

  private take(step: Step, routed: RoutedCase, work: CaseWork, clocks: Clocks): void {
    const { config } = work.contextOf(routed);
    if ('facts' in step) {
      const name = pickSla(config, step.facts);
      const terms = name === undefined ? undefined : slaTerms(config, name);
      if (terms !== undefined) clocks.set(routed.id, this.start(step, routed, terms, work));
      return;
    }
    const kept = clocks.get(routed.id);
    const terms = kept?.[0] === undefined ? undefined : slaTerms(config, kept[0].policy);
    if (kept === undefined || kept.length === 0) return;
    // A revision is never removed; were it, promises that nobody can read any more must not stop the case itself.
    if (terms === undefined)
      return this.parts.log.error({ caseId: routed.id.toString() }, 'the policy of an SLA clock is lost');
    clocks.set(routed.id, this.run(kept, step.input, routed, { terms, work }));
  }

  private start(
    { facts, told }: Extract<Step, { facts: unknown }>,
    routed: RoutedCase,
    terms: SlaTerms,
    work: CaseWork,
  ): KeptClock[] {
    const { by, event, status } = told;
    const opening = { by, event, status, priority: facts.priority };
    const begun = kindsOf(terms).map((kind) => startClock(kind, opening, terms, work.now));
    this.follow(
      begun.flatMap(({ effects }) => effects),
      routed,
      work,
    );
    const { id: caseId, tenant, revision } = routed;
    return begun.map(({ clock }) => ({ caseId, tenant, policy: terms.policy.name, revision, clock }));
  }

  private run(
    kept: readonly KeptClock[],
    input: SlaInput,
    routed: RoutedCase,
    { terms, work }: { readonly terms: SlaTerms; readonly work: CaseWork },
  ): KeptClock[] {
    const decided = kept.map(({ clock }) => {
      const before = slaWakeAt(clock, terms);
      if (before !== undefined && before <= work.now)
        this.parts.metrics.lateness.observe((work.now - before) / 1000);
      return runClock(clock, input, terms, work.now);
    });
    this.follow(
      decided.flatMap(({ effects }) => effects),
      routed,
      work,
    );
    return kept.map((each, i) => ({ ...each, clock: decided[i]?.clock ?? each.clock }));
  }

  /** Rows of the timeline first, then the steps that a breach asks for: one reads it in that order. */
  private follow(effects: readonly SlaEffect[], routed: RoutedCase, work: CaseWork): void {
    for (const { event, by, clocks, facts } of joined(effects)) {
      if (event === 'SlaBreached') for (const kind of clocks) this.parts.metrics.breached.inc({ kind });
      work.tell(work.put(work.latest(routed)), { type: event, by, facts: { clocks, ...facts } });
    }
    for (const effect of effects) if (effect.type === 'Escalate') escalate(effect.kind, routed, work);
  }

  private async save(tx: Tx, work: CaseWork, clocks: Clocks): Promise<void> {
    const timed = [...clocks.values()].flat().map((kept) => ({ ...kept, wakeAt: this.wakeOf(kept, work) }));
    if (timed.length === 0) return;
    await this.parts.clocks.save(tx, timed);
    const wakes = timed.flatMap(({ wakeAt }) => (wakeAt === undefined ? [] : [wakeAt]));
    if (wakes.length > 0) tx.afterCommit(() => this.parts.wake.tell(Math.min(...wakes)));
  }

  private wakeOf({ caseId, clock, policy }: KeptClock, work: CaseWork): number | undefined {
    const routed = work.cases.find(({ id }) => id === caseId);
    const terms = routed === undefined ? undefined : slaTerms(work.contextOf(routed).config, policy);
    return terms === undefined ? undefined : slaWakeAt(clock, terms);
  }
}

/** A breach by itself pages the next step; where that cannot be, the timeline says why. */
function escalate(kind: SlaKind, routed: RoutedCase, work: CaseWork): void {
  const latest = work.latest(routed);
  const { refused, stayed } = work.act(
    latest,
    { type: 'EscalateNow', by: 'tocsin' },
    { facts: { sla: kind } },
  );
  const reason = refused?.reason ?? stayed;
  if (reason === undefined) return;
  work.tell(work.put(work.latest(routed)), {
    type: 'EscalationNotStarted',
    by: 'tocsin',
    facts: { reason, sla: kind },
  });
}

/** Several clocks of a case that tell the same are one row. */
function joined(effects: readonly SlaEffect[]): SlaTell[] {
  const rows = new Map<string, SlaTell>();
  for (const effect of effects) {
    if (effect.type !== 'Tell') continue;
    const { clocks, ...same } = effect;
    const key = JSON.stringify(same);
    rows.set(key, { ...effect, clocks: [...(rows.get(key)?.clocks ?? []), ...clocks] });
  }
  return [...rows.values()];
}
