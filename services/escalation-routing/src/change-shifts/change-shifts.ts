import type { ChangedShifts, Config } from '@tocsin/contracts';
import type { Transactions, Tx } from '@tocsin/event-log';
import { changeBook, knownAt, type ShiftChange } from '@tocsin/rules';
import { randomId } from '../random-id.js';
import { type ShiftChangeStore, spanOf, type UnrecordedChange } from '../shift-change.store.js';
import { changeFaults, personsOf } from './change-faults.js';
import { changeView } from './change-view.js';
import { shiftDifferences } from './shift-differences.js';
import type { ShiftRefusal } from './shift-refusal.js';

/** Who asks for what. */
export interface ChangeRequest {
  readonly tenant: string;
  readonly by: string;
  /** Set when the caller may change only their own shifts. */
  readonly only?: string | undefined;
  readonly preview: boolean;
}

type ChangeResult =
  | { readonly ok: true; readonly value: ChangedShifts }
  | { readonly ok: false; readonly refused: ShiftRefusal };

const refuse = (refused: ShiftRefusal): ChangeResult => ({ ok: false, refused });

/** Records and cancels overrides, swaps, temporary schedules and leave, and says before and after it who gains or loses which hours. */
export class ChangeShifts {
  constructor(
    private readonly transactions: Transactions,
    private readonly changes: ShiftChangeStore,
    private readonly config: () => Config,
  ) {}

  record(change: UnrecordedChange, request: ChangeRequest): Promise<ChangeResult> {
    const config = this.config();
    return this.transactions.run('cold', async (tx) => {
      const { tenant, by, only, preview } = request;
      if (only !== undefined && !isOwn(change, only)) return refuse({ reason: 'not-yours' });
      if (!preview) await this.changes.lock(tx, tenant);
      const others = await this.inForce(tx, tenant, change);
      const faults = changeFaults(change, config, changeBook(others));
      if (faults.length > 0) return refuse({ reason: 'faults', faults });
      const id = randomId('chg');
      // Of changes that overlap the newest wins, and that will be this one.
      const recorded: ShiftChange = preview
        ? { ...change, id, recordedAt: Infinity, recordedBy: by }
        : await this.changes.record(tx, tenant, change, { id, by });
      const differences = shiftDifferences({ config, others, change: recorded, act: 'record' });
      return { ok: true, value: shown(preview, recorded, differences) };
    });
  }

  /** The row stays: what was known before is still known to have been. */
  cancel(kind: ShiftChange['kind'], id: string, request: ChangeRequest): Promise<ChangeResult> {
    const config = this.config();
    return this.transactions.run('cold', async (tx) => {
      const { tenant, by, only, preview } = request;
      if (!preview) await this.changes.lock(tx, tenant);
      const change = await this.changes.find(tx, tenant, id);
      if (change?.kind !== kind || change.cancelledAt !== undefined)
        return refuse({ reason: 'unknown-change' });
      if (only !== undefined && !isOwn(change, only)) return refuse({ reason: 'not-yours' });
      const others = (await this.inForce(tx, tenant, change)).filter((other) => other.id !== id);
      const differences = shiftDifferences({ config, others, change, act: 'cancel' });
      const cancelled = preview ? change : await this.changes.cancel(tx, tenant, { id, kind, by });
      return { ok: true, value: shown(preview, cancelled, differences) };
    });
  }

  private async inForce(tx: Tx, tenant: string, change: UnrecordedChange): Promise<ShiftChange[]> {
    return knownAt(await this.changes.touching(tx, tenant, spanOf(change)));
  }
}

/** A whole schedule is nobody's own. */
const isOwn = (change: UnrecordedChange, person: string): boolean =>
  change.kind !== 'temporary' && personsOf(change).some(([, named]) => named === person);

const shown = (
  preview: boolean,
  change: ShiftChange | undefined,
  differences: Pick<ChangedShifts, 'differences' | 'hours'>,
): ChangedShifts => ({
  saved: !preview,
  ...(preview || change === undefined ? {} : { change: changeView(change) }),
  ...differences,
});
