import type { Config, Instant } from '@tocsin/contracts';
import { configWindows } from '../../quiet/config-windows.js';
import type { QuietWindow } from '../../quiet/quiet-window.js';
import { type QuietWindowRecord, quietWindowOf } from '../../quiet/recorded-window.js';

/** Windows made at run time as they were known at each instant; each state of knowledge is put together once. */
export class KnownWindows {
  /** Instants at which windows ended before their time or were cancelled: what they hushed was looked at again. */
  readonly stops: readonly Instant[];
  private readonly turns: readonly Instant[];
  private readonly known = new Map<number, readonly QuietWindow[]>();
  private readonly standing = new WeakMap<Config, readonly QuietWindow[]>();

  constructor(private readonly records: readonly QuietWindowRecord[]) {
    const stops = records.flatMap(({ endedAt, cancelledAt }) => endedAt ?? cancelledAt ?? []);
    this.stops = inOrder(stops);
    this.turns = inOrder([...stops, ...records.map(({ recordedAt }) => recordedAt)]);
  }

  /** Those of a config, and those made at run time. */
  at(config: Config, at: Instant): readonly QuietWindow[] {
    const standing = this.standing.get(config) ?? configWindows(config);
    this.standing.set(config, standing);
    const made = this.madeBy(this.turns.findLastIndex((turn) => turn <= at));
    return made.length === 0 ? standing : [...standing, ...made];
  }

  private madeBy(index: number): readonly QuietWindow[] {
    const turn = this.turns[index];
    if (turn === undefined) return [];
    const found = this.known.get(index) ?? this.records.flatMap((record) => asKnown(record, turn));
    this.known.set(index, found);
    return found;
  }
}

function asKnown(record: QuietWindowRecord, at: Instant): QuietWindow[] {
  if (record.recordedAt > at) return [];
  const until = (then: Instant | undefined): Instant | undefined =>
    then === undefined || then > at ? undefined : then;
  const known = { ...record, endedAt: until(record.endedAt), cancelledAt: until(record.cancelledAt) };
  const window = quietWindowOf(known);
  return window === undefined ? [] : [window];
}

const inOrder = (instants: readonly Instant[]): Instant[] => [...new Set(instants)].sort((a, b) => a - b);
