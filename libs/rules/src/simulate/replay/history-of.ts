import { Config, type Instant, instantOf, type RecordedInput, type Recording } from '@tocsin/contracts';
import { shiftChangeOf } from '../../on-call/changes/shift-change-of.js';
import { windowRecordOf } from '../../quiet/recorded-window.js';
import type { RecordedHistory } from './simulate-history.js';

/** A recording with the instant from which on there is one. */
export interface DatedHistory extends RecordedHistory {
  readonly from: Instant;
}

/** A recording as the API gives it; undefined when this version can read none of its config revisions. */
export function historyOf(head: Recording, inputs: Iterable<RecordedInput>): DatedHistory | undefined {
  const configs = new Map<number, Config>();
  for (const { revision, tree } of head.revisions) {
    const read = Config.safeParse(tree);
    if (read.success) configs.set(revision, read.data);
  }
  const newest = configs.get(Math.max(...configs.keys()));
  if (newest === undefined) return undefined;
  return {
    ...{ from: instantOf(head.from), until: instantOf(head.until), inputs, configs, newest },
    changes: head.changes.map(shiftChangeOf),
    windows: head.windows.flatMap((view) => windowRecordOf(view) ?? []),
  };
}
