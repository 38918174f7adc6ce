import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { dueAt, workedBetween } from './count-work.js';
import { type WorkingHours, workingHours } from './working-hours.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface WrittenCalendar {
  readonly timeZone: string;
  readonly hours: Record<string, string | string[]>;
  readonly holidays?: string[];
  readonly worked?: string[];
}

const hoursOf = (calendar: WrittenCalendar): WorkingHours =>
  workingHours(Config.parse({ calendars: { ours: calendar } }), 'ours');

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

describe('counting working time', () => {
  const office = { timeZone: 'Europe/London', hours: { 'Mon-Fri': '09:00-18:00' } };

  it.each([
    ['within a day', '2026-11-03T10:00', 3600, '2026-11-03T11:00'],
    ['to the end of a day, not to the next morning', '2026-11-03T17:00', 3600, '2026-11-03T18:00'],
    ['over the weekend', '2026-11-06T17:00', 3601, '2026-11-09T09:00:01'],
    ['from a time that is not worked', '2026-11-07T12:00', 60, '2026-11-09T09:01'],
    ['nothing at all', '2026-11-07T12:00', 0, '2026-11-07T12:00'],
    ['a fraction of a second', '2026-11-03T10:00', 0.25, '2026-11-03T10:00:00.25'],
    ['over the change of the clocks', '2026-03-27T17:00', 7200, '2026-03-30T10:00'],
  ])('%s', (_, from, seconds, due) => {
    expect(dueAt(hoursOf(office), at(`${from}[Europe/London]`), seconds)).toBe(at(`${due}[Europe/London]`));
  });

  it('counts an hour that comes twice twice, and one that is skipped not at all', () => {
    const nights = hoursOf({ timeZone: 'Europe/London', hours: { 'Mon-Sun': '00:00-06:00' } });
    const worked = (day: string): number =>
      workedBetween(nights, at(`${day}T00:00[Europe/London]`), at(`${day}T12:00[Europe/London]`)) / 3600;
    expect(['2026-10-24', '2026-10-25', '2026-03-29'].map(worked)).toEqual([6, 7, 5]);
  });

  it('takes holidays away, gives worked weekend days the longest regular day, and lets worked win', () => {
    const hours = { 'Mon-Thu': ['09:00-12:00', '13:00-18:00'], Fri: '09:00-12:00' };
    const dates = { holidays: ['2026-10-01', '2026-10-02'], worked: ['2026-10-02', '2026-10-10'] };
    const calendar = hoursOf({ timeZone: 'Asia/Shanghai', hours, ...dates });
    const worked = (day: string): number =>
      workedBetween(calendar, at(`${day}T00:00[Asia/Shanghai]`), at(`${day}T23:59[Asia/Shanghai]`)) / 3600;
    expect(['2026-09-30', '2026-10-01', '2026-10-02', '2026-10-03', '2026-10-10'].map(worked)).toEqual([
      ...[8, 0, 3, 0, 8],
    ]);
    expect(calendar.dayLength).toBe(8 * 3600);
  });

  it('counts every second of 24x7, whose day is 24 hours', () => {
    const always = workingHours(Config.parse({}), '24x7');
    expect([always.dayLength, dueAt(always, 7, 1_000_000) - 7]).toEqual([86_400, 1_000_000_000]);
  });

  it('refuses a name that no config has', () => {
    expect(() => workingHours(Config.parse({}), 'sg')).toThrow(/sg/);
  });
});

const ZONES = Intl.supportedValuesOf('timeZone');

/** 2026-01-01; the cases lie in the two years that follow. */
const FIRST_DAY = 20_454;
const END = (FIRST_DAY + 3 * 366) * DAY;
const at2026 = (): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(FIRST_DAY * DAY);

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Up to two spans of a day, also such as lie around a change of the clocks. */
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 4 })
  .map((minutes) => minutes.toSorted((a, b) => a - b))
  .map((edges) =>
    [edges.slice(0, 2), edges.slice(2, 4)].flatMap(([from, until]) =>
      from === undefined || until === undefined ? [] : [`${clock(from)}-${clock(until)}`],
    ),
  );

const calendars = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 2, maxLength: 7 }),
    each: fc.array(spans, { minLength: 7, maxLength: 7 }),
    /** Days around the time of the case. */
    holidays: fc.uniqueArray(fc.integer({ min: -1, max: 4 }), { maxLength: 2 }),
    worked: fc.uniqueArray(fc.integer({ min: -1, max: 4 }), { maxLength: 2 }),
    day: fc.integer({ min: FIRST_DAY + 2, max: FIRST_DAY + 730 }),
    nearChange: fc.boolean(),
    after: fc.integer({ min: 0, max: 1440 }),
  })
  .map((given) => {
    const start = given.nearChange ? beforeChange(given.timeZone, given.day * DAY) : given.day * DAY;
    const day = Math.floor(start / DAY);
    const dates = (days: number[]): string[] => days.map((n) => dateOf(day + n));
    const hours = Object.fromEntries(given.days.map((name, n) => [name, given.each[n] ?? []]));
    const calendar = {
      timeZone: given.timeZone,
      hours,
      holidays: dates(given.holidays),
      worked: dates(given.worked),
    };
    return { calendar, from: start + given.after * MINUTE };
  });

interface Change {
  readonly from: number;
  readonly offset: number;
}

const changesKnown = new Map<string, readonly Change[]>();

/** What Temporal says of a zone's clock in these years: the offset at their beginning and each change of it. */
function changesOf(zone: string): readonly Change[] {
  const known = changesKnown.get(zone);
  if (known !== undefined) return known;
  const changes: Change[] = [];
  let zoned: Temporal.ZonedDateTime | null = at2026().toZonedDateTimeISO(zone);
  for (; zoned !== null && zoned.epochMilliseconds < END; zoned = zoned.getTimeZoneTransition('next'))
    changes.push({ from: zoned.epochMilliseconds, offset: zoned.offsetNanoseconds / 1e6 });
  changesKnown.set(zone, changes);
  return changes;
}

/** A midnight UTC of the day or two before a change of a zone's clock; the one given where it never changes. */
function beforeChange(zone: string, instant: number): number {
  const change = changesOf(zone)
    .slice(1)
    .find(({ from }) => from > instant + 2 * DAY);
  return Math.floor((change?.from ?? instant) / DAY) * DAY - (change === undefined ? 0 : DAY);
}

const dateOf = (day: number): string =>
  Temporal.Instant.fromEpochMilliseconds(day * DAY)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString();

/**
 * Looks at one instant after the other and at what the wall clock shows then; the zone's changes come from Temporal.
 * No arithmetic of intervals.
 */
function oracle(calendar: WrittenCalendar, from: number): (instant: number) => boolean {
  const changes = changesOf(calendar.timeZone);
  const minutesOn = minutesOf(calendar);
  let past = changes.findLastIndex((change) => change.from <= from);
  let offset = changes[past]?.offset ?? 0;
  let today = NaN;
  let minutes: Uint8Array = new Uint8Array();
  return (instant) => {
    const change = changes[past + 1];
    if (change !== undefined && change.from <= instant) {
      offset = change.offset;
      past += 1;
    }
    const local = instant + offset;
    const day = Math.floor(local / DAY);
    if (day !== today) [today, minutes] = [day, minutesOn(day)];
    return minutes[Math.floor((local - day * DAY) / MINUTE)] === 1;
  };
}

/** Each minute of a local day: worked or not. */
function minutesOf({ hours, worked = [], holidays = [] }: WrittenCalendar): (day: number) => Uint8Array {
  const week = WEEKDAYS.map((name) => dayOf([hours[name] ?? []].flat()));
  const sum = (day: Uint8Array): number => day.reduce((all, minute) => all + minute, 0);
  const lengths = week.map(sum);
  const longest = week[lengths.indexOf(Math.max(...lengths))] ?? dayOf([]);
  return (day) => {
    const regular = week[(day + 3) % 7] ?? longest;
    if (worked.includes(dateOf(day))) return sum(regular) === 0 ? longest : regular;
    return holidays.includes(dateOf(day)) ? dayOf([]) : regular;
  };
}

function dayOf(spans: readonly string[]): Uint8Array {
  const minutes = new Uint8Array(1440);
  const minute = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  for (const span of spans) minutes.fill(1, minute(span.slice(0, 5)), minute(span.slice(6)));
  return minutes;
}

interface Run {
  readonly calendar: WrittenCalendar;
  readonly from: number;
  /** Milliseconds between two looks. */
  readonly step: number;
  readonly steps: number;
}

/** Each step's beginning is looked at; all edges lie on steps, so that the counts must be the same exactly. */
function compare({ calendar, from, step, steps }: Run): void {
  const hours = hoursOf(calendar);
  const isWorked = oracle(calendar, from);
  let [worked, due] = [0, from];
  for (let n = 1; n <= steps; n++) {
    if (!isWorked(from + (n - 1) * step)) continue;
    worked += step;
    due = from + n * step;
    if ((worked / step) % 331 === 0 && dueAt(hours, from, worked / 1000) !== due) throw new Error(`due ${n}`);
  }
  if (workedBetween(hours, from, from + steps * step) !== worked / 1000) throw new Error(`worked ${worked}`);
  if (dueAt(hours, from, worked / 1000) !== due) throw new Error(`due after ${steps} steps`);
}

/** Mostly hours, sometimes some days. */
const steps = fc.oneof(
  { arbitrary: fc.integer({ min: 1, max: 720 }), weight: 7 },
  { arbitrary: fc.integer({ min: 1, max: 4320 }), weight: 1 },
);

describe('the same as looking at every second, in every zone', () => {
  it('in 9,900 cases on whole minutes', () => {
    fc.assert(
      fc.property(calendars, steps, ({ calendar, from }, n) =>
        compare({ calendar, from, step: MINUTE, steps: n }),
      ),
      { numRuns: runs(9900) },
    );
  });

  it('in 100 cases second by second', () => {
    fc.assert(
      fc.property(
        calendars,
        fc.integer({ min: 1, max: 60_000 }),
        fc.nat(59),
        ({ calendar, from }, n, second) =>
          compare({ calendar, from: from + second * 1000, step: 1000, steps: n }),
      ),
      { numRuns: 100 },
    );
  });
});
