import { type Instant, TimeZone } from '@tocsin/contracts';
import { DAY_MS, HOUR_MS, instantOfLocal, localTimeAt, type LocalTime } from '../zone-clock.js';
import type { IcsLine } from './ics-lines.js';
import { Unreadable } from './imported-leave.js';

/** A date or a time of a zone's wall clock. */
export interface IcsTime {
  readonly local: LocalTime;
  readonly zone: string;
  readonly isDate: boolean;
}

export const instantOf = ({ zone, local }: IcsTime): Instant => instantOfLocal(zone, local);

const TIME = /^(\d{8})(?:(T\d{6})(Z)?)?$/;

/** @returns undefined for a day or a time that does not exist, such as the 30th of February */
function wallClock(date: string, clock: string): LocalTime | undefined {
  const iso = `${date}${clock}`.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:$6Z');
  const local = Date.parse(iso);
  return Number.isNaN(local) || stampOf(local) !== `${date}${clock}Z` ? undefined : local;
}

/**
 * The times of a line such as DTSTART or EXDATE. A date, and a time without a zone, are of the person's zone.
 *
 * @throws Unreadable for what is no time of the calendar or an unknown zone
 */
export function timesOf({ line, name, params, value }: IcsLine, personZone: string): IcsTime[] {
  const { TZID: named = personZone } = params;
  if (!TimeZone.safeParse(named).success)
    throw new Unreadable({ line, message: 'importZone', facts: { zone: named } });
  return value.split(',').map((text) => {
    const [, date, clock, utc] = TIME.exec(text.trim()) ?? [];
    const local = date === undefined ? undefined : wallClock(date, clock ?? 'T000000');
    if (local === undefined) throw new Unreadable({ line, message: 'importTime', facts: { name, text } });
    return { local, zone: utc === undefined ? named : 'UTC', isDate: clock === undefined };
  });
}

/** The only time of a line. @throws Unreadable when it names several */
export function timeOf(line: IcsLine, personZone: string): IcsTime {
  const [time, more] = timesOf(line, personZone);
  if (time === undefined || more !== undefined)
    throw new Unreadable({
      line: line.line,
      message: 'importTime',
      facts: { name: line.name, text: line.value },
    });
  return time;
}

const DURATION = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds on the wall clock. @throws Unreadable when it is no duration that goes forward */
export function durationOf({ line, value }: IcsLine): number {
  const [, ...parts] = DURATION.exec(value.trim()) ?? [];
  const sizes = [7 * DAY_MS, DAY_MS, HOUR_MS, 60_000, 1000];
  const length = sizes.reduce((sum, size, index) => sum + size * Number(parts[index] ?? 0), 0);
  if (length <= 0) throw new Unreadable({ line, message: 'importDuration', facts: { text: value } });
  return length;
}

/** A time as the rule library reads it: the wall clock, written as if it were UTC. */
export const stampOf = (local: LocalTime): string =>
  `${new Date(local).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** UNTIL of a rule on the wall clock of the event: RFC 5545 gives it in UTC, many calendars as a day or a local time. */
export const untilOnWallClock = (rule: string, zone: string): string =>
  rule.replace(/UNTIL=(\d{8})(T\d{6})?(Z)?/i, (_, day: string, time: string | undefined, utc: string) => {
    if (time === undefined) return `UNTIL=${day}T235959Z`;
    if (utc !== 'Z') return `UNTIL=${day}${time}Z`;
    const at = wallClock(day, time);
    return at === undefined ? `UNTIL=${day}${time}Z` : `UNTIL=${stampOf(localTimeAt(zone, at))}`;
  });
