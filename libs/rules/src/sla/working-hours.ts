import {
  ALWAYS,
  type Calendar,
  type ClockSpan,
  type Config,
  type HolidayTable,
  type Seconds,
} from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import { DAY_MS } from '../on-call/zone-clock.js';
import { own } from '../own.js';

/** A calendar, ready to be counted by. */
export interface WorkingHours {
  /** IANA. */
  readonly timeZone: string;
  /** What `1d` is under this calendar: its longest regular day. */
  readonly dayLength: Seconds;
  /** The worked parts of a local date, in order; `day` counts local days since 1970-01-01. */
  readonly spansOn: (day: number) => readonly ClockSpan[];
}

const WHOLE_DAY: readonly ClockSpan[] = [{ from: 0, until: 24 * 60 }];
const NOTHING: readonly ClockSpan[] = [];

const EVERY_SECOND: WorkingHours = { timeZone: 'UTC', dayLength: 86_400, spansOn: () => WHOLE_DAY };

const known = new WeakMap<Calendar, WorkingHours>();

/**
 * @param name of a calendar of the config, or `24x7`
 * @throws RangeError when there is none; reading a config refuses such a name
 */
export function workingHours(
  { calendars, holidays }: Pick<Config, 'calendars' | 'holidays'>,
  name: string,
): WorkingHours {
  if (name === ALWAYS) return EVERY_SECOND;
  const calendar = own(calendars, name);
  if (calendar === undefined) throw new RangeError(`«${name}» is no calendar`);
  const made = known.get(calendar) ?? hoursOf(calendar, tableOf(calendar, holidays));
  known.set(calendar, made);
  return made;
}

/**
 * The public holidays of a calendar, as local days since 1970-01-01; a worked date is none.
 *
 * @throws RangeError when there is no such calendar
 */
export function holidaysOf(
  { calendars, holidays }: Pick<Config, 'calendars' | 'holidays'>,
  name: string,
): ReadonlySet<number> {
  const calendar = own(calendars, name);
  if (calendar === undefined) throw new RangeError(`«${name}» is no calendar`);
  const table = tableOf(calendar, holidays);
  const worked = daysOf([...table.worked, ...calendar.worked]);
  return new Set([...daysOf(table.days.map(({ date }) => date))].filter((day) => !worked.has(day)));
}

const tableOf = ({ holidays }: Calendar, tables: Readonly<Record<string, HolidayTable>>): HolidayTable =>
  typeof holidays === 'string'
    ? (own(tables, holidays) ?? { days: [], worked: [] })
    : { days: holidays, worked: [] };

/**
 * A worked date beats a holiday. It has the hours of its weekday; a weekend day, which has none, those of the
 * longest regular day.
 */
function hoursOf({ timeZone, hours, worked }: Calendar, table: HolidayTable): WorkingHours {
  const longest = hours.reduce((long, spans) => (lengthOf(spans) > lengthOf(long) ? spans : long), []);
  const free = daysOf(table.days.map(({ date }) => date));
  const taken = daysOf([...table.worked, ...worked]);
  const spansOn = (day: number): readonly ClockSpan[] => {
    const regular = hours[weekdayOf(day)] ?? NOTHING;
    if (taken.has(day)) return regular.length === 0 ? longest : regular;
    return free.has(day) ? NOTHING : regular;
  };
  return { timeZone, dayLength: lengthOf(longest) * 60, spansOn };
}

const lengthOf = (spans: readonly ClockSpan[]): number =>
  spans.reduce((sum, { from, until }) => sum + until - from, 0);

const daysOf = (dates: readonly string[]): ReadonlySet<number> =>
  new Set(
    dates.map((date) => Temporal.PlainDate.from(date).toZonedDateTime('UTC').epochMilliseconds / DAY_MS),
  );

/** Monday is 0; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
