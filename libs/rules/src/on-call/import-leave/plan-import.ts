import type { Leave } from '../changes/shift-change.js';
import type { ImportedLeave } from './imported-leave.js';

/** What an import does: nothing to what stands already. */
export interface ImportPlan {
  readonly record: readonly ImportedLeave[];
  readonly cancel: readonly Leave[];
  readonly unchanged: number;
}

/**
 * The file is the whole calendar: what it names anew is recorded, what it names no longer, or otherwise, is cancelled.
 *
 * @param standing leave in force from earlier imports of the same calendar, within the same window and of the same people
 */
export function planImport(standing: readonly Leave[], named: readonly ImportedLeave[]): ImportPlan {
  const idOf = ({
    person,
    from,
    until,
    key,
    reason,
  }: Omit<ImportedLeave, 'key'> & { readonly key: string }): string =>
    JSON.stringify([person, key, from, until, reason ?? '']);
  const wanted = new Map(named.map((leave) => [idOf(leave), leave]));
  const kept = new Set<string>();
  const cancel = standing.filter((leave) => {
    const id = idOf({ ...leave, key: leave.imported?.key ?? '' });
    if (!wanted.has(id) || kept.has(id)) return true;
    kept.add(id);
    return false;
  });
  return {
    record: [...wanted].flatMap(([id, leave]) => (kept.has(id) ? [] : [leave])),
    cancel,
    unchanged: kept.size,
  };
}
