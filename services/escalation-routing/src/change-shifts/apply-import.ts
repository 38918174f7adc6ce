import type { Tx } from '@tocsin/event-log';
import { type ImportedLeave, type ImportPlan, knownAt, type Leave, type TimeSpan } from '@tocsin/rules';
import { randomId } from '../random-id.js';
import type { Reads, ShiftChangeStore } from '../shift-change.store.js';

/** Series are laid out so far ahead; importing again goes on from there. */
export const IMPORT_AHEAD_MS = 400 * 86_400_000;

/** Stretches of one import; each is a row for ever. */
export const MOST_IMPORTED = 2000;

/** No stretch of leave lasts longer. */
const LONGEST_MS = 400 * 86_400_000;

export const tooLong = (leave: readonly ImportedLeave[]): ImportedLeave | undefined =>
  leave.find(({ from, until }) => until - from > LONGEST_MS);

interface OfCalendar {
  readonly calendar: string;
  /** Without it everybody's. */
  readonly person?: string | undefined;
}

/** What earlier imports of a calendar have put in force. */
export async function standingLeave(
  db: Reads,
  changes: ShiftChangeStore,
  { tenant, calendar, person, window }: OfCalendar & { readonly tenant: string; readonly window: TimeSpan },
): Promise<Leave[]> {
  const known = knownAt(await changes.touching(db, tenant, window));
  return known.filter(
    (change): change is Leave =>
      change.kind === 'leave' &&
      change.imported?.calendar === calendar &&
      (person === undefined || change.person === person),
  );
}

/** Call with the lock of the tenant's changes held. */
export async function applyImport(
  tx: Tx,
  changes: ShiftChangeStore,
  plan: Pick<ImportPlan, 'record' | 'cancel'>,
  { tenant, calendar, by }: { readonly tenant: string; readonly calendar: string; readonly by: string },
): Promise<void> {
  for (const { id } of plan.cancel) await changes.cancel(tx, tenant, { id, kind: 'leave', by });
  for (const { key, ...leave } of plan.record) {
    const change = { kind: 'leave', ...leave, imported: { calendar, key } } as const;
    await changes.record(tx, tenant, change, { id: randomId('chg'), by });
  }
}
