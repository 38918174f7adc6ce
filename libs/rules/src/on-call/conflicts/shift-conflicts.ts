import type { Config, OnCallRole } from '@tocsin/contracts';
import type { ChangeBook } from '../changes/change-book.js';
import { finalShifts } from '../final-shifts.js';
import { isShift, type Segment } from '../lane.js';
import type { TimeSpan } from '../on-call-shift.js';
import { namedIn, type PagingLane, pagingLanes } from '../paging-lanes.js';

/** A turn, or a part of one, at which its person is away. */
export interface ShiftConflict extends TimeSpan {
  readonly schedule: string;
  readonly role: OnCallRole;
  readonly person: string;
  /** The leave that meets the turn; the first of several in a row. */
  readonly leave: string;
  /** Somebody gave them these hours by an override or a swap, so they are paged all the same. */
  readonly held: boolean;
}

/**
 * Where people are away though it is their turn, in the lanes that page, in the order of time. Leave in a row is one
 * conflict. Those at the ends of the window are cut there.
 */
export function shiftConflicts(config: Config, changes: ChangeBook, window: TimeSpan): ShiftConflict[] {
  const away = new Set(
    Object.keys(config.people).filter((person) =>
      changes.leaveOf(person).some((leave) => leave.from < window.until && window.from < leave.until),
    ),
  );
  if (away.size === 0) return [];
  return pagingLanes(config, changes)
    .filter((lane) => namedIn(lane).some((person) => away.has(person)))
    .flatMap((lane) => joined(conflictsIn(lane, changes, window)))
    .toSorted((a, b) => a.from - b.from);
}

function conflictsIn(lane: PagingLane, changes: ChangeBook, window: TimeSpan): ShiftConflict[] {
  const { shifts, gaps } = finalShifts(lane.schedule, window, lane);
  const { name: schedule, role } = lane;
  return [...shifts, ...gaps]
    .flatMap((segment) => metBy(segment, changes).map((met) => ({ schedule, role, ...met })))
    .toSorted((a, b) => a.from - b.from);
}

type Met = Omit<ShiftConflict, 'schedule' | 'role'>;

function metBy(segment: Segment, changes: ChangeBook): Met[] {
  const { from, until, why } = segment;
  if (why.by === 'leave') return [{ from, until, person: why.person, leave: why.change, held: false }];
  if (!isShift(segment)) return [];
  const { person } = segment;
  return changes
    .leaveOf(person)
    .map((leave) => ({
      ...{ person, leave: leave.id, held: true },
      ...{ from: Math.max(from, leave.from), until: Math.min(until, leave.until) },
    }))
    .filter((met) => met.from < met.until);
}

/** Leave often comes day by day. */
function joined(conflicts: readonly ShiftConflict[]): ShiftConflict[] {
  const all: ShiftConflict[] = [];
  for (const conflict of conflicts) {
    const last = all.at(-1);
    if (
      last !== undefined &&
      last.until >= conflict.from &&
      last.person === conflict.person &&
      last.held === conflict.held
    )
      all[all.length - 1] = { ...last, until: Math.max(last.until, conflict.until) };
    else all.push(conflict);
  }
  return all;
}
