import { randomBytes } from 'node:crypto';
import type { Config, Instant, MaintenanceView, NewMaintenance } from '@tocsin/contracts';
import type { Transactions } from '@tocsin/event-log';
import { scopeOf } from '@tocsin/rules';
import { NOW } from '../json-rows.js';
import type { QuietWindowStore } from '../quiet-window.store.js';
import type { WakeSignal } from '../wake-signal.js';
import { windowFaults } from './window-faults.js';
import type { WindowRefusal } from './window-refusal.js';
import { recordedView, stateOf } from './window-view.js';

interface PlanParts {
  readonly transactions: Transactions;
  readonly windows: QuietWindowStore;
  readonly config: () => Config;
  readonly wake: WakeSignal;
  /** There may be something to tell of a window. */
  readonly tellWake: WakeSignal;
}

interface Caller {
  readonly tenant: string;
  readonly by: string;
}

type Result =
  | { readonly ok: true; readonly window: MaintenanceView }
  | { readonly ok: false; readonly refused: WindowRefusal };

const refuse = (refused: WindowRefusal): Result => ({ ok: false, refused });

/** Of an id no letter can be taken for a digit. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const newId = (): string =>
  `mnt_${Array.from(randomBytes(26), (byte) => LETTERS.charAt(byte % 32)).join('')}`;

/** Makes maintenance windows beside the config, ends them early and cancels them. */
export class PlanMaintenance {
  constructor(private readonly parts: PlanParts) {}

  /** A window that has not ended keeps its name to itself, so the same request twice makes one window. */
  record(body: NewMaintenance, { tenant, by }: Caller): Promise<Result> {
    const { transactions, windows, config, tellWake } = this.parts;
    return transactions.run('cold', async (tx) => {
      await windows.lock(tx, tenant);
      const now = await this.now(tx);
      const taken = (await windows.list(tx, tenant, false)).map(({ name }) => name);
      const wanted = wantedOf(body, now);
      const faults = windowFaults(wanted, config(), taken, now);
      if (faults.length > 0) return refuse({ reason: 'faults', faults });
      const { safety, reason } = body;
      const recorded = await windows.record(tx, tenant, { ...wanted, id: newId(), safety, by, reason });
      tx.afterCommit(() => tellWake.tell(now));
      return { ok: true, window: recordedView(recorded, now) };
    });
  }

  /** What it hushed pages at once. */
  end(id: string, caller: Caller): Promise<Result> {
    return this.stop(id, caller, 'ended');
  }

  /** One that has begun has hushed, and that stays on record: it can only be ended. */
  cancel(id: string, caller: Caller): Promise<Result> {
    return this.stop(id, caller, 'cancelled');
  }

  private stop(id: string, { tenant, by }: Caller, as: 'ended' | 'cancelled'): Promise<Result> {
    const { transactions, windows, wake, tellWake } = this.parts;
    return transactions.run('cold', async (tx) => {
      await windows.lock(tx, tenant);
      const now = await this.now(tx);
      const window = await windows.find(tx, tenant, id);
      if (window === undefined) return refuse({ reason: 'unknown-window' });
      const state = stateOf(window, now);
      if (state === 'ended' || state === 'cancelled') return refuse({ reason: 'over' });
      if (as === 'ended' && state === 'planned') return refuse({ reason: 'not-begun' });
      if (as === 'cancelled' && state === 'active') return refuse({ reason: 'begun' });
      const stopped = await windows.stop(tx, tenant, { id, by, as });
      if (stopped === undefined) throw new Error('a locked window changed meanwhile');
      await windows.wakeSuppressed(tx, tenant);
      tx.afterCommit(() => [wake, tellWake].forEach((signal) => signal.tell(now)));
      return { ok: true, window: recordedView(stopped, stopped.endedAt ?? now) };
    });
  }

  /** After the lock was granted. */
  private async now(tx: Parameters<QuietWindowStore['lock']>[0]): Promise<Instant> {
    const [row] = await tx.query<{ now: number }>({
      name: 'routing.now',
      text: `SELECT ${NOW} AS now`,
      values: [],
    });
    if (row === undefined) throw new Error('the clock gave no row');
    return row.now;
  }
}

/** The stretch that a body means: from its beginning, or now, until its end or for so long. */
export function wantedOf(body: NewMaintenance, now: Instant) {
  const from = body.from === undefined ? now : Date.parse(body.from);
  const until = body.until === undefined ? from + (body.for ?? 0) * 1000 : Date.parse(body.until);
  return { name: body.name, scope: scopeOf(body), from, until };
}
