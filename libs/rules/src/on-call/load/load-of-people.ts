import type { Config } from '@tocsin/contracts';
import { type Span, union } from '../../coverage/interval-set.js';
import { own } from '../../own.js';
import { holidaysOf } from '../../sla/working-hours.js';
import type { ChangeBook } from '../changes/change-book.js';
import { finalShifts } from '../final-shifts.js';
import type { TimeSpan } from '../on-call-shift.js';
import { namedIn, pagingLanes } from '../paging-lanes.js';
import { type ClassedHours, classedHours } from './classed-hours.js';

/** What a person carries within a window. */
export interface PersonLoad extends ClassedHours {
  readonly person: string;
  /** Shifts that meet the window. */
  readonly turns: number;
}

interface Asked {
  readonly window: TimeSpan;
  /** Only the lanes of this schedule. */
  readonly schedule?: string | undefined;
  /** Whose public holidays count; without one there are none. */
  readonly calendar?: string | undefined;
}

const NO_DAYS: ReadonlySet<number> = new Set();

/**
 * How much each person is on call in the lanes that page: everybody who could have a turn, also those who have none.
 * Two turns at once are one time on call. The most hours first.
 *
 * @throws RangeError when there is no such calendar, or the window has no end
 */
export function loadOfPeople(
  config: Config,
  changes: ChangeBook,
  { window, schedule, calendar }: Asked,
): PersonLoad[] {
  const holidays = calendar === undefined ? NO_DAYS : holidaysOf(config, calendar);
  const spans = new Map<string, Span[]>();
  const lanes = pagingLanes(config, changes).filter(
    ({ name }) => schedule === undefined || name === schedule,
  );
  for (const lane of lanes) {
    const shifts = finalShifts(lane.schedule, window, lane).shifts;
    for (const person of [...namedIn(lane), ...shifts.map((shift) => shift.person)])
      if (!spans.has(person)) spans.set(person, []);
    for (const { person, from, until } of shifts) spans.get(person)?.push({ from, until });
  }
  return [...spans]
    .filter(([person]) => own(config.people, person) !== undefined)
    .map(([person, turns]) => ({
      ...{ person, turns: turns.length },
      ...classedHours(union(turns), own(config.people, person)?.timeZone ?? 'UTC', holidays),
    }))
    .toSorted((a, b) => b.hours - a.hours || (a.person < b.person ? -1 : 1));
}
