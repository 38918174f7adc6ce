import { ON_CALL_ROLES } from '@tocsin/contracts';
import { namedIn } from '@tocsin/rules';
import { calendarEntries, type Published } from '../publish-calendar/calendar-entries.js';
import type { CalendarEntry } from '../publish-calendar/render-calendar.js';
import type { FeedOf } from './calendar-feed.store.js';

/** What a feed shows of a window. What the config no longer has, has no shifts. */
export function feedEntries(
  of: FeedOf,
  known: Pick<Published, 'config' | 'changes' | 'window'>,
): CalendarEntry[] {
  if (!('person' in of)) return calendarEntries({ ...known, ...of });
  const { person } = of;
  return Object.entries(known.config.schedules)
    .flatMap(([name, schedule]) =>
      ON_CALL_ROLES.map((role) => ({ name, schedule, role, changes: known.changes.of(name, role) })),
    )
    .filter((lane) => namedIn(lane).includes(person))
    .flatMap(({ name, role }) => calendarEntries({ ...known, schedule: name, role, person }));
}
