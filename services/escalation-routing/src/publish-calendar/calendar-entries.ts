import type { Config, OnCallRole } from '@tocsin/contracts';
import { type ChangeBook, finalShifts, type OnCallShift, onCallAt, type TimeSpan } from '@tocsin/rules';
import type { CalendarEntry } from './render-calendar.js';

export interface Published {
  readonly config: Config;
  readonly changes: ChangeBook;
  readonly schedule: string;
  readonly role: OnCallRole;
  readonly window: TimeSpan;
  /** Only the shifts of this person. */
  readonly person?: string | undefined;
}

/**
 * The shifts of a lane as entries. Those at the window's ends are shown in their full length, so that an entry does
 * not change from day to day as the window moves; a shift without beginning or end is cut.
 */
export function calendarEntries(published: Published): CalendarEntry[] {
  const { config, changes, schedule, role, window, person } = published;
  const found = Object.hasOwn(config.schedules, schedule) ? config.schedules[schedule] : undefined;
  if (found === undefined) return [];
  const lane = { role, changes: changes.of(schedule, role) };
  const { shifts } = finalShifts(found, window, lane);
  const wanted = person === undefined ? shifts : shifts.filter((shift) => shift.person === person);
  return wanted.map((shift) => {
    const atEdge = shift.from === window.from || shift.until === window.until;
    const { from, until } = atEdge ? onCallAt(found, shift.from, lane) : shift;
    const name = config.people[shift.person]?.name ?? shift.person;
    return {
      uid: `${schedule}.${role}.${Number.isFinite(from) ? from : 'always'}@tocsin`,
      summary: role === 'primary' ? `${name}: ${schedule}` : `${name}: ${schedule} (${role})`,
      description: reasonOf(shift),
      from: Number.isFinite(from) ? from : shift.from,
      until: Number.isFinite(until) ? until : shift.until,
    };
  });
}

const reasonOf = ({ why }: OnCallShift): string =>
  [why.by, 'change' in why ? why.change : '', 'layer' in why ? `${why.layer}` : '']
    .filter((word) => word !== '')
    .join(' ');
