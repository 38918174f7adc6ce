import { type Instant, instantOf, type MaintenanceView } from '@tocsin/contracts';
import { scopeOf } from './config-windows.js';
import type { QuietWindow } from './quiet-window.js';

/** A window made at run time, and what became of it. */
export interface QuietWindowRecord extends Pick<QuietWindow, 'name' | 'scope' | 'safety'> {
  readonly id: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly recordedAt: Instant;
  /** Before its time. */
  readonly endedAt?: Instant | undefined;
  readonly cancelledAt?: Instant | undefined;
}

/** What a window made at run time hushes, as the engine looks at it; undefined when it no longer can. */
export function quietWindowOf(recorded: QuietWindowRecord): QuietWindow | undefined {
  const { id, name, scope, safety, from, endedAt, cancelledAt } = recorded;
  if (cancelledAt !== undefined) return undefined;
  const until = Math.min(recorded.until, endedAt ?? Infinity);
  return until <= from ? undefined : { id, name, scope, safety, times: { kind: 'once', from, until } };
}

/** A window made at run time from what the API shows; undefined for one of the config. */
export function windowRecordOf(view: MaintenanceView): QuietWindowRecord | undefined {
  const { id, name, safety, from, until, recordedAt, endedAt, cancelledAt } = view;
  if (id === undefined || from === undefined || until === undefined || recordedAt === undefined)
    return undefined;
  const at = (text: string | undefined): Instant | undefined =>
    text === undefined ? undefined : instantOf(text);
  return {
    ...{ id, name, safety, scope: scopeOf(view), from: instantOf(from), until: instantOf(until) },
    ...{ recordedAt: instantOf(recordedAt), endedAt: at(endedAt), cancelledAt: at(cancelledAt) },
  };
}
