import type { EventLog, Tx } from '@tocsin/event-log';
import type { CaseStore } from './case.store.js';
import type { CaseWork } from './case-work.js';
import type { KeepSla } from './keep-sla/keep-sla.js';
import type { EngineInputStore } from './record-inputs/engine-input.store.js';
import type { PassRoutingFailpoint } from './routing-failpoints.js';
import type { TurnStore } from './turn.store.js';
import type { WakeSignal } from './wake-signal.js';

/** Writes what was decided: cases, escalations, planned steps and events commit together or not at all. */
export class CaseWorkStore {
  constructor(
    private readonly cases: CaseStore,
    private readonly eventLog: EventLog,
    private readonly wake: WakeSignal,
    private readonly keepSla: KeepSla,
    private readonly pass: PassRoutingFailpoint,
    private readonly turns: TurnStore,
    private readonly inputs: EngineInputStore,
  ) {}

  async save(tx: Tx, work: CaseWork): Promise<void> {
    this.pass('router.after_plan');
    await this.keepSla.keep(tx, work);
    if (work.cases.length === 0) await this.record(tx, work);
    await this.cases.save(tx, work.cases, work.plans, work.record.lines);
    await this.turns.count(tx, work.turns);
    this.pass('router.after_save');
    if (work.events.length > 0) await this.eventLog.append(tx, work.events);
    this.pass('router.after_append');
    const { wakeAt } = work;
    if (wakeAt !== undefined) tx.afterCommit(() => this.wake.tell(wakeAt));
  }

  /** Of an act that was refused nothing else is written: what nobody could have now may count by another config. */
  async record(tx: Tx, { record }: CaseWork): Promise<void> {
    await this.inputs.append(tx, record.lines);
  }
}
