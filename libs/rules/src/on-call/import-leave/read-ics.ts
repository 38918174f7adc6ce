import { isoOf } from '@tocsin/contracts';
import { RRuleTemporal } from 'rrule-temporal';
import type { TimeSpan } from '../on-call-shift.js';
import { DAY_MS, instantOfLocal, type LocalTime } from '../zone-clock.js';
import { type IcsLine, icsLines, unescaped } from './ics-lines.js';
import {
  durationOf,
  type IcsTime,
  instantOf,
  stampOf,
  timeOf,
  timesOf,
  untilOnWallClock,
} from './ics-time.js';
import { type ImportedLeave, type ImportFault, type ReadLeave, Unreadable } from './imported-leave.js';

interface Whose {
  readonly person: string;
  /** Of dates, and of times that name no zone. */
  readonly zone: string;
  /** Leave that touches it is read; what is over, or further ahead than people plan, is not. */
  readonly window: TimeSpan;
}

/** A VEVENT as it stands. */
interface RawEvent {
  readonly line: number;
  readonly lines: readonly IcsLine[];
}

interface ReadEvent {
  readonly line: number;
  readonly properties: readonly IcsLine[];
  readonly uid: string;
  readonly sequence: number;
  readonly cancelled: boolean;
  readonly start: IcsTime;
  /** On the wall clock. */
  readonly length: number;
  readonly until: number;
  readonly reason: string | undefined;
  readonly rule: IcsLine | undefined;
  readonly more: readonly IcsTime[];
  readonly except: readonly IcsTime[];
  /** Of a single instance of a series: when it would begin. */
  readonly instance: IcsTime | undefined;
}

/**
 * Leave of one person from a calendar (RFC 5545): events with DTSTART and DTEND, DURATION or neither, series by RRULE
 * and RDATE without EXDATE, single instances moved or cancelled by RECURRENCE-ID.
 *
 * @returns every fault with its line; nothing is left out in silence
 */
export function readIcs(text: string, whose: Whose): ReadLeave {
  const read = readStretches(text, whose);
  return read.ok ? { ok: true, leave: read.stretches.map(({ leave }) => leave) } : read;
}

/** A stretch, and the event that it comes from. */
export interface EventStretch {
  readonly leave: ImportedLeave;
  readonly event: Pick<ReadEvent, 'line' | 'start' | 'properties'>;
}

/** As `readIcs`, with the event of each stretch. */
export function readStretches(
  text: string,
  whose: Whose,
): { readonly ok: true; readonly stretches: EventStretch[] } | Extract<ReadLeave, { ok: false }> {
  const lines = icsLines(text);
  const first = lines[0];
  if (first === undefined || !marks(first, 'BEGIN', 'VCALENDAR'))
    return { ok: false, faults: [{ line: first?.line ?? 1, message: 'importNoCalendar' }] };
  const faults: ImportFault[] = [];
  const guarded = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(error.fault);
      return otherwise;
    }
  };
  const raw = guarded(() => eventsIn(lines), []);
  const events = raw.flatMap((event) => guarded(() => [readEvent(event, whose)], []));
  const stretches = seriesOf(events).flatMap((series) => guarded(() => stretchesOf(series, whose), []));
  return faults.length > 0 ? { ok: false, faults } : { ok: true, stretches };
}

/** The events, without what lies inside of them, such as alarms. @throws Unreadable when one has no end */
function eventsIn(lines: readonly IcsLine[]): RawEvent[] {
  const events: RawEvent[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const begin = lines[index];
    if (begin === undefined || !marks(begin, 'BEGIN', 'VEVENT')) continue;
    let end = index + 1;
    while (end < lines.length && !isEventEnd(lines[end])) end += 1;
    if (end === lines.length) throw new Unreadable({ line: begin.line, message: 'importNoEnd' });
    const inside = lines.slice(index + 1, end);
    const broken = inside.find(({ name }) => name === '');
    if (broken !== undefined) throw new Unreadable({ line: broken.line, message: 'importNoColon' });
    events.push({ line: begin.line, lines: outermost(inside) });
    index = end;
  }
  return events;
}

const isEventEnd = (line: IcsLine | undefined): boolean => line !== undefined && marks(line, 'END', 'VEVENT');

const marks = ({ name, value }: IcsLine, mark: 'BEGIN' | 'END', what?: string): boolean =>
  name === mark && (what === undefined || value.trim().toUpperCase() === what);

function outermost(lines: readonly IcsLine[]): IcsLine[] {
  let depth = 0;
  return lines.filter((line) => {
    if (marks(line, 'BEGIN')) depth += 1;
    const isOutside = depth === 0;
    if (marks(line, 'END')) depth -= 1;
    return isOutside;
  });
}

function readEvent({ line, lines }: RawEvent, { zone }: Whose): ReadEvent {
  const find = (name: string): IcsLine | undefined => lines.find((one) => one.name === name);
  const needed = (name: string): IcsLine => {
    const found = find(name);
    if (found === undefined) throw new Unreadable({ line, message: 'importMissing', facts: { name } });
    return found;
  };
  const uid = needed('UID').value.trim();
  const start = timeOf(needed('DTSTART'), zone);
  const timesNamed = (name: string): IcsTime[] =>
    lines.filter((one) => one.name === name).flatMap((one) => timesOf(one, start.zone));
  const instance = find('RECURRENCE-ID');
  if (instance?.params['RANGE'] !== undefined)
    throw new Unreadable({ line: instance.line, message: 'importRange' });
  return {
    ...{
      line,
      uid,
      start,
      ...lengthOf(start, { line, end: find('DTEND'), duration: find('DURATION'), zone }),
    },
    properties: lines,
    sequence: Number(find('SEQUENCE')?.value ?? 0),
    cancelled: find('STATUS')?.value.toUpperCase() === 'CANCELLED',
    reason: reasonOf(find('SUMMARY')),
    rule: find('RRULE'),
    ...{ more: timesNamed('RDATE'), except: timesNamed('EXDATE') },
    instance: instance === undefined ? undefined : timeOf(instance, start.zone),
  };
}

const reasonOf = (summary: IcsLine | undefined): string | undefined => {
  const text = summary === undefined ? '' : unescaped(summary.value).trim();
  return text === '' ? undefined : text.slice(0, 500);
};

interface Ends {
  readonly line: number;
  readonly end: IcsLine | undefined;
  readonly duration: IcsLine | undefined;
  readonly zone: string;
}

/** Without an end a date is a day; a time without one is no stretch. */
function lengthOf(start: IcsTime, { line, end, duration, zone }: Ends): { length: number; until: number } {
  if (end === undefined) {
    if (duration === undefined && !start.isDate)
      throw new Unreadable({ line, message: 'importMissing', facts: { name: 'DTEND' } });
    const length = duration === undefined ? DAY_MS : durationOf(duration);
    return { length, until: instantOfLocal(start.zone, start.local + length) };
  }
  const ends = timeOf(end, zone);
  const until = instantOf(ends);
  if (until <= instantOf(start)) throw new Unreadable({ line: end.line, message: 'endsBeforeItBegins' });
  return { length: ends.zone === start.zone ? ends.local - start.local : until - instantOf(start), until };
}

interface Series {
  readonly master: ReadEvent | undefined;
  readonly instances: readonly ReadEvent[];
}

/** What belongs together by UID; of two versions of an event the one with the higher SEQUENCE, or the later one, holds. */
function seriesOf(events: readonly ReadEvent[]): Series[] {
  const newest = new Map<string, ReadEvent>();
  for (const event of events) {
    const id = `${event.uid}\n${event.instance === undefined ? '' : instantOf(event.instance)}`;
    if (event.sequence >= (newest.get(id)?.sequence ?? 0)) newest.set(id, event);
  }
  const all = [...newest.values()];
  return [...new Set(all.map(({ uid }) => uid))].map((uid) => {
    const own = all.filter((event) => event.uid === uid);
    return {
      master: own.find(({ instance }) => instance === undefined),
      instances: own.filter(({ instance }) => instance !== undefined),
    };
  });
}

function stretchesOf({ master, instances }: Series, { person, window }: Whose): EventStretch[] {
  const begun = master === undefined || master.cancelled ? [] : beginningsOf(master, window);
  const replaced = new Set(
    instances.map(({ instance }) => (instance === undefined ? NaN : instantOf(instance))),
  );
  const generated =
    master === undefined
      ? []
      : begun.map((local) => {
          const from = instantOfLocal(master.start.zone, local);
          const isFirst = local === master.start.local;
          const until = isFirst ? master.until : instantOfLocal(master.start.zone, local + master.length);
          return { event: master, id: from, from, until };
        });
  // A cancelled series takes its moved instances with it.
  const moved = instances
    .filter(({ cancelled }) => !cancelled && master?.cancelled !== true)
    .map((event) => ({
      ...{ event, id: instantOf(event.instance ?? event.start), from: instantOf(event.start) },
      until: event.until,
    }));
  return (
    [...generated.filter(({ from }) => !replaced.has(from)), ...moved]
      // Hours that the clock jumps over are none.
      .filter(({ from, until }) => from < until && until > window.from && from < window.until)
      .map(({ event, id, from, until }) => ({
        event,
        leave: {
          // A single event keeps its key when it is moved; an instance of a series is known by when it would begin.
          key: isSeries(master) || event.instance !== undefined ? `${event.uid}#${isoOf(id)}` : event.uid,
          ...{ person, from, until },
          ...(event.reason === undefined ? {} : { reason: event.reason }),
        },
      }))
  );
}

const isSeries = (master: ReadEvent | undefined): boolean =>
  master !== undefined && (master.rule !== undefined || master.more.length > 0);

/** When the instances of an event begin on its wall clock, in order, each once. */
function beginningsOf({ start, length, rule, more, except }: ReadEvent, window: TimeSpan): LocalTime[] {
  const ruled = rule === undefined ? [start.local] : ruledBeginnings(rule, start, { length, window });
  const all = [...new Set([...ruled, ...more.map((time) => localIn(time, start.zone))])];
  const isExcepted = (local: LocalTime): boolean =>
    except.some((time) =>
      time.isDate && !start.isDate
        ? Math.floor(local / DAY_MS) === Math.floor(time.local / DAY_MS)
        : instantOf(time) === instantOfLocal(start.zone, local),
    );
  return all.filter((local) => !isExcepted(local)).toSorted((a, b) => a - b);
}

const localIn = (time: IcsTime, zone: string): LocalTime =>
  time.zone === zone ? time.local : time.local + (instantOf(time) - instantOfLocal(zone, time.local));

const SELDOM = /FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)/i;

/** The rule is laid out on the wall clock, as if that were UTC, so that a zone's changes do not move an instance. */
function ruledBeginnings(
  { line, value }: IcsLine,
  start: IcsTime,
  { length, window }: { readonly length: number; readonly window: TimeSpan },
): LocalTime[] {
  if (!SELDOM.test(value))
    throw new Unreadable({ line, message: 'importRule', facts: { text: value, why: 'FREQ' } });
  try {
    const rule = new RRuleTemporal({
      rruleString: `DTSTART:${stampOf(start.local)}\nRRULE:${untilOnWallClock(value, start.zone)}`,
    });
    return rule
      .between(new Date(window.from - length - 2 * DAY_MS), new Date(window.until + 2 * DAY_MS), true)
      .map(({ epochMilliseconds }) => epochMilliseconds);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw new Unreadable({ line, message: 'importRule', facts: { text: value, why } });
  }
}
