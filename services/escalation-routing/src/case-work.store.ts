import type { EventLog, Tx } from '@tocsin/event-log';
import type { CaseStore } from './case.store.js';
import type { CaseWork } from './case-work.js';
import type { KeepSla } from './keep-sla/keep-sla.js';
import { parentOf, speakingOf } from './case-row.js';
import type { ParentStore } from './parent.store.js';
import type { QuietWindowStore } from './quiet-window.store.js';
import type { EngineInputStore } from './record-inputs/engine-input.store.js';
import type { PassRoutingFailpoint } from './routing-failpoints.js';
import type { RoutingMetrics } from './routing-metrics.js';
import type { TurnStore } from './turn.store.js';
import type { WatchedRuleStore } from './watch-rules/watched-rule.store.js';
import type { WakeSignal } from './wake-signal.js';

interface CaseWorkParts {
  readonly cases: CaseStore;
  readonly eventLog: EventLog;
  readonly wake: WakeSignal;
  readonly keepSla: KeepSla;
  readonly pass: PassRoutingFailpoint;
  readonly turns: TurnStore;
  readonly windows: QuietWindowStore;
  readonly parents: ParentStore;
  readonly metrics: RoutingMetrics;
  readonly inputs: EngineInputStore;
  readonly watched: WatchedRuleStore;
}

/** Writes what was decided: cases, escalations, planned steps and events commit together or not at all. */
export class CaseWorkStore {
  constructor(private readonly parts: CaseWorkParts) {}

  async save(tx: Tx, work: CaseWork): Promise<void> {
    const { cases, eventLog, wake, keepSla, pass, turns, inputs } = this.parts;
    pass('router.after_plan');
    await keepSla.keep(tx, work);
    const { lines } = work.record;
    // Of an act that was refused nothing else is written: what could not be then may be by another config.
    if (work.cases.length === 0) await inputs.append(tx, lines);
    else await cases.save(tx, work.cases, work.plans, lines);
    await turns.count(tx, work.turns);
    await this.parts.watched.append(tx, work.watched.rows, work.now);
    await this.recheckHushed(tx, work);
    await this.recheckParents(tx, work);
    pass('router.after_save');
    if (work.events.length > 0) await eventLog.append(tx, work.events);
    pass('router.after_append');
    const { wakeAt } = work;
    const hushed = work.events.filter(({ type }) => type === 'EscalationSuppressed').length;
    if (hushed > 0) tx.afterCommit(() => this.parts.metrics.suppressed.inc(hushed));
    if (wakeAt !== undefined) tx.afterCommit(() => wake.tell(wakeAt));
  }

  /** A window that ends while a case is being hushed by it must not leave the case silent. */
  private async recheckHushed(tx: Tx, work: CaseWork): Promise<void> {
    const hushed = work.cases.filter(({ escalation }) => escalation.status === 'suppressed');
    for (const tenant of new Set(hushed.map((routed) => routed.tenant))) {
      const theirs = hushed.filter((routed) => routed.tenant === tenant);
      const [first] = theirs;
      if (first === undefined) continue;
      const { windowsVersion } = work.contextOf(first);
      await this.parts.windows.recheck(
        tx,
        tenant,
        windowsVersion,
        theirs.map(({ id }) => id),
      );
    }
  }

  /** A case that closes, or becomes less urgent, lets go of those that were quiet for it, in the same transaction. */
  private async recheckParents(tx: Tx, work: CaseWork): Promise<void> {
    const { parents, wake } = this.parts;
    const pairs = work.cases.flatMap((routed) => {
      const parent = parentOf(routed);
      return parent === undefined ? [] : [{ child: routed.id, parent }];
    });
    await parents.recheck(tx, pairs);
    const needed = work.cases.filter(
      (routed) => routed.service !== undefined && work.contextOf(routed).dependedOn.includes(routed.service),
    );
    if (needed.length === 0) return;
    const woken = await parents.wakeChildren(tx, needed.map(speakingOf));
    if (woken > 0) tx.afterCommit(() => wake.tell(work.now));
  }
}
