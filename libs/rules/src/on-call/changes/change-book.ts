import type { Instant, OnCallRole } from '@tocsin/contracts';
import type { TimeSpan } from '../on-call-shift.js';
import { occurrencesOf } from './recurrence.js';
import type { Leave, Override, ShiftChange, Swap, TemporaryLayers } from './shift-change.js';

/** A span that a swap gives to a person. */
export interface SwappedSpan extends TimeSpan {
  readonly change: string;
  readonly person: string;
  /** Who gave it away. */
  readonly of: string;
}

/** The changes that concern one lane, the newest first: of two that overlap the later recorded wins. */
export interface LaneChanges {
  readonly swaps: readonly SwappedSpan[];
  /** Of one that repeats each stretch by itself. */
  readonly overrides: readonly Override[];
  readonly temporary: readonly TemporaryLayers[];
  readonly leaveOf: (person: string) => readonly Leave[];
}

/** The changes as known at one instant, looked up by lane. */
export interface ChangeBook {
  readonly of: (schedule: string, role: OnCallRole) => LaneChanges;
  readonly leaveOf: (person: string) => readonly Leave[];
}

const NONE: readonly never[] = [];
const noLeave = (): readonly Leave[] => NONE;

export const NO_LANE_CHANGES: LaneChanges = {
  swaps: NONE,
  overrides: NONE,
  temporary: NONE,
  leaveOf: noLeave,
};
export const NO_CHANGES: ChangeBook = { of: () => NO_LANE_CHANGES, leaveOf: noLeave };

/**
 * What of these changes was known at an instant (X10): recorded by then and not yet cancelled.
 *
 * @param asOf without it everything that is recorded counts, unless it is cancelled
 */
export const knownAt = (changes: readonly ShiftChange[], asOf?: Instant): ShiftChange[] =>
  changes.filter(({ recordedAt, cancelledAt }) =>
    asOf === undefined
      ? cancelledAt === undefined
      : recordedAt <= asOf && (cancelledAt === undefined || cancelledAt > asOf),
  );

/** Orders the changes by lane, once per transaction, so that a look-up does not read them all. */
export function changeBook(changes: readonly ShiftChange[], asOf?: Instant): ChangeBook {
  const known = knownAt(changes, asOf).toSorted(newestFirst);
  if (known.length === 0) return NO_CHANGES;
  const leave = new Map<string, Leave[]>();
  const lanes = new Map<string, (Override | Swap)[]>();
  const temporary = new Map<string, TemporaryLayers[]>();
  for (const change of known) {
    if (change.kind === 'leave') put(leave, change.person, change);
    else if (change.kind === 'temporary') put(temporary, change.schedule, change);
    else put(lanes, laneKey(change.schedule, change.role), change);
  }
  const leaveOf = (person: string): readonly Leave[] => leave.get(person) ?? NONE;
  const ready = new Map<string, LaneChanges>();
  const of = (schedule: string, role: OnCallRole): LaneChanges => {
    const key = laneKey(schedule, role);
    let lane = ready.get(key);
    if (lane === undefined)
      ready.set(
        key,
        (lane = {
          ...laneOf(lanes.get(key) ?? NONE),
          temporary: temporary.get(schedule) ?? NONE,
          leaveOf,
        }),
      );
    return lane;
  };
  return { of, leaveOf };
}

function put<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

const laneKey = (schedule: string, role: OnCallRole): string => `${role} ${schedule}`;

const newestFirst = (a: ShiftChange, b: ShiftChange): number =>
  b.recordedAt - a.recordedAt || (a.id < b.id ? 1 : -1);

const laneOf = (changes: readonly (Override | Swap)[]): Pick<LaneChanges, 'swaps' | 'overrides'> => ({
  swaps: changes.flatMap((change) => (change.kind === 'swap' ? swapped(change) : [])),
  overrides: changes.flatMap((change) => (change.kind === 'override' ? stretchesOf(change) : [])),
});

function stretchesOf(change: Override): Override[] {
  const { repeats, ...override } = change;
  if (repeats === undefined) return [override];
  return occurrencesOf({ ...override, repeats }).map((span) => ({ ...override, ...span }));
}

const swapped = ({ id, first, second }: Swap): SwappedSpan[] => [
  { change: id, person: second.person, of: first.person, from: first.from, until: first.until },
  { change: id, person: first.person, of: second.person, from: second.from, until: second.until },
];
