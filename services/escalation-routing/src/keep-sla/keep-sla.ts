import type { CaseFact, Config, SlaKind } from '@tocsin/contracts';
import type { Tx } from '@tocsin/event-log';
import {
  kindsOf,
  pickSla,
  runClock,
  type SlaDecision,
  type SlaEffect,
  type SlaInput,
  type SlaTell,
  type SlaTerms,
  slaTerms,
  slaWakeAt,
  startClock,
  wouldPromise,
} from '@tocsin/rules';
import type { Host } from '@tocsin/runtime';
import type { CaseWork } from '../case-work.js';
import type { RoutedCase } from '../routed-case.js';
import type { WakeSignal } from '../wake-signal.js';
import type { KeptClock, SlaClockStore } from './sla-clock.store.js';
import type { SlaMetrics } from './sla-metrics.js';
import { weighPromise } from './weigh-promise.js';

interface KeepParts {
  readonly clocks: SlaClockStore;
  readonly wake: WakeSignal;
  readonly metrics: SlaMetrics;
  readonly log: Host['log'];
}

type Step = CaseWork['sla']['steps'][number];

/** The clocks of one case and what they promise. */
interface RunningClocks {
  readonly routed: RoutedCase;
  readonly terms: SlaTerms;
  readonly kept: readonly KeptClock[];
}

/** What one transaction does with the clocks; counted when it has committed. */
interface Keeping {
  readonly work: CaseWork;
  readonly running: Map<bigint, RunningClocks>;
  readonly breached: SlaKind[];
  /** Milliseconds after the instant at which a clock had to be looked at. */
  readonly late: number[];
}

/** Starts, moves and ends the SLA clocks of cases in the transaction that changes the cases. */
export class KeepSla {
  constructor(private readonly parts: KeepParts) {}

  /** Costs nothing where the configs of the cases promise nothing; else a read for known cases, and a write. */
  async keep(tx: Tx, work: CaseWork): Promise<void> {
    const cases = new Map(work.cases.map((routed) => [routed.id, routed]));
    const heard = work.sla.steps.length;
    const steps = work.sla.steps.flatMap((step) => {
      const routed = cases.get(step.caseId);
      const config = routed === undefined ? undefined : work.contextOf(routed).config;
      return routed === undefined || config === undefined || config.sla.length === 0
        ? []
        : [{ step, routed, config }];
    });
    if (steps.length === 0) return;
    const keeping: Keeping = { work, running: new Map(), breached: [], late: [] };
    await this.load(tx, steps, keeping.running);
    for (const { step, routed, config } of steps) {
      if ('facts' in step) start(step, routed, config, keeping);
      else run(step.input, keeping.running.get(step.caseId), keeping);
    }
    weighPromises(keeping, heard);
    await this.save(tx, keeping);
  }

  private async load(
    tx: Tx,
    steps: readonly { readonly step: Step; readonly routed: RoutedCase; readonly config: Config }[],
    running: Keeping['running'],
  ): Promise<void> {
    const opened = new Set(steps.flatMap(({ step }) => ('facts' in step ? [step.caseId] : [])));
    const known = new Map(
      steps.filter(({ step }) => !opened.has(step.caseId)).map((each) => [each.step.caseId, each]),
    );
    if (known.size === 0) return;
    const clocks = Map.groupBy(await this.parts.clocks.read(tx, [...known.keys()]), ({ caseId }) => caseId);
    for (const [id, kept] of clocks) {
      const found = known.get(id);
      const terms = found === undefined ? undefined : slaTerms(found.config, kept[0]?.policy ?? '');
      if (found !== undefined && terms !== undefined) running.set(id, { routed: found.routed, terms, kept });
      else this.lost(id, found?.step);
    }
  }

  /** A revision is never removed; were it, promises that nobody can read must stop their timer but not their case. */
  private lost(id: bigint, step: Step | undefined): void {
    const caseId = id.toString();
    if (step !== undefined && 'input' in step && step.input.type === 'Woke')
      throw new Error(`the config has no policy any more for the SLA clocks of case ${caseId}`);
    this.parts.log.error({ caseId }, 'the policy of SLA clocks is lost');
  }

  private async save(tx: Tx, { running, breached, late }: Keeping): Promise<void> {
    const timed = [...running.values()].flatMap(({ kept, terms }) =>
      kept.map((each) => ({ ...each, wakeAt: slaWakeAt(each.clock, terms) })),
    );
    if (timed.length === 0) return;
    await this.parts.clocks.save(tx, timed);
    const wakes = timed.flatMap(({ wakeAt }) => (wakeAt === undefined ? [] : [wakeAt]));
    const { metrics, wake } = this.parts;
    tx.afterCommit(() => {
      for (const kind of breached) metrics.breached.inc({ kind });
      for (const ms of late) metrics.lateness.observe(ms / 1000);
      if (wakes.length > 0) wake.tell(Math.min(...wakes));
    });
  }
}

function start(
  { facts, told }: Extract<Step, { facts: unknown }>,
  routed: RoutedCase,
  config: Config,
  keeping: Keeping,
): void {
  keeping.work.watched.add(routed, wouldPromise(facts, config), routed.revision);
  const policy = pickSla(config, facts);
  const terms = policy === undefined ? undefined : slaTerms(config, policy);
  if (policy === undefined || terms === undefined) return;
  const { by, event, status } = told;
  const opening = { by, event, status, priority: facts.priority };
  const begun = kindsOf(terms).map((kind) => startClock(kind, opening, terms, keeping.work.now));
  const { id: caseId, tenant, revision } = routed;
  const kept = begun.map(({ clock }) => ({ caseId, tenant, policy, revision, clock }));
  keeping.running.set(caseId, { routed, terms, kept });
  follow(begun, routed, keeping);
}

function run(input: SlaInput, clocks: RunningClocks | undefined, keeping: Keeping): void {
  if (clocks === undefined) return;
  const { routed, terms, kept } = clocks;
  const { now, record } = keeping.work;
  const { inForce } = keeping.work.contextOf(routed);
  const decisions = kept.map(({ clock }) => {
    const wakeAt = slaWakeAt(clock, terms);
    if (wakeAt !== undefined && wakeAt <= now) keeping.late.push(now - wakeAt);
    if (wakeAt !== undefined) record.clockDue(routed, inForce.revision, wakeAt);
    return runClock(clock, input, terms, now);
  });
  const moved = kept.map((each, i) => ({ ...each, clock: decisions[i]?.clock ?? each.clock }));
  keeping.running.set(routed.id, { routed, terms, kept: moved });
  follow(decisions, routed, keeping);
}

/**
 * Weighs what the clocks say now, and lets them hear what follows.
 * @param heard steps that the clocks have heard of already
 */
function weighPromises(keeping: Keeping, heard: number): void {
  const { work, running } = keeping;
  for (const { routed, kept } of running.values())
    weighPromise(
      work,
      routed,
      kept.map(({ clock }) => clock),
    );
  const steps = work.sla.steps.slice(heard);
  if (steps.length === 0) return;
  for (const step of steps) if ('input' in step) run(step.input, running.get(step.caseId), keeping);
  weighPromises(keeping, heard + steps.length);
}

/** Rows of the timeline first, then the steps that a breach asks for: one reads it in that order. */
function follow(decisions: readonly SlaDecision[], routed: RoutedCase, { work, breached }: Keeping): void {
  const effects = decisions.flatMap((decision) => decision.effects);
  for (const { event, by, clocks, due, facts } of joined(effects)) {
    if (event === 'SlaBreached') {
      breached.push(...clocks);
      work.record.breached(routed, work.contextOf(routed).inForce.revision, clocks);
    }
    const told = { clocks, ...facts, ...(due === undefined ? {} : { due }) };
    // The type and its facts belong together.
    const fact = { type: event, facts: told } as CaseFact;
    work.tell(work.put(work.latest(routed)), { ...fact, by });
  }
  for (const effect of effects) if (effect.type === 'Escalate') escalate(effect.kind, routed, work);
}

/** A breach by itself pages the next step; where that cannot be, the timeline says why. */
function escalate(kind: SlaKind, routed: RoutedCase, work: CaseWork): void {
  const latest = work.latest(routed);
  const { refused, stayed } = work.act(
    latest,
    { type: 'EscalateNow', by: 'tocsin' },
    { facts: { sla: kind }, follows: true },
  );
  const reason = refused?.reason ?? stayed;
  if (reason === undefined) return;
  work.tell(work.put(work.latest(routed)), {
    type: 'EscalationNotStarted',
    by: 'tocsin',
    facts: { clocks: [kind], reason },
  });
}

/** Several clocks of a case that tell the same are one row. */
function joined(effects: readonly SlaEffect[]): SlaTell[] {
  const rows = new Map<string, SlaTell>();
  for (const effect of effects) {
    if (effect.type !== 'Tell') continue;
    const { clocks, due, ...same } = effect;
    const key = JSON.stringify(same);
    const row = rows.get(key);
    const dues = [...(row?.due ?? []), ...(due ?? [])];
    rows.set(key, {
      ...effect,
      clocks: [...(row?.clocks ?? []), ...clocks],
      ...(dues.length === 0 ? {} : { due: dues }),
    });
  }
  return [...rows.values()];
}
