import type { QuietWindowRecord } from '../recorded-window.js';
import type { WindowsChange } from './change-windows.js';
import type { ToldWindows } from './told-windows.js';

/** A window made at run time, with who did what to it. */
export interface WindowHistory extends QuietWindowRecord {
  readonly recordedBy: string;
  readonly reason?: string | undefined;
  readonly endedBy?: string | undefined;
  readonly cancelledBy?: string | undefined;
}

/** What has become of windows made at run time that has not been told. */
export const recordedChanges = (
  { windows }: ToldWindows,
  histories: readonly WindowHistory[],
): WindowsChange[] =>
  histories.flatMap((history) => [
    ...(Object.hasOwn(windows, history.id) ? [] : [recordedOf(history)]),
    ...(Object.hasOwn(windows, history.id) && windows[history.id]?.over === true ? [] : stoppedOf(history)),
  ]);

function recordedOf(history: WindowHistory): WindowsChange {
  const { id, name, scope, safety, from, until, recordedAt, recordedBy, reason } = history;
  return {
    ...{ kind: 'recorded', at: recordedAt, by: recordedBy, reason },
    window: { name, id, scope, safety, times: { kind: 'once', from, until } },
  };
}

function stoppedOf({ id, endedAt, endedBy, cancelledAt, cancelledBy }: WindowHistory): WindowsChange[] {
  if (cancelledAt !== undefined)
    return [{ kind: 'stopped', at: cancelledAt, id, as: 'cancelled', by: cancelledBy ?? '' }];
  if (endedAt !== undefined) return [{ kind: 'stopped', at: endedAt, id, as: 'ended', by: endedBy ?? '' }];
  return [];
}
