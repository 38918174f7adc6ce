import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { at, linesOf, scheduleOf, standing } from '../schedule.given.js';
import { override } from './change.given.js';
import { changeBook } from './change-book.js';
import { occurrencesOf, recurrenceFault, type Recurring } from './recurrence.js';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Singapore'];
const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const fridays = (rule: string, until = '2026-12-31T00:00[Europe/Berlin]'): Recurring => ({
  from: at('2026-11-06T18:00[Europe/Berlin]'),
  until: at('2026-11-06T22:00[Europe/Berlin]'),
  repeats: { rule, timeZone: 'Europe/Berlin', until: at(until) },
});

describe('a recurring override', () => {
  it('covers the same hours of each of its days, until its end', () => {
    const schedule = scheduleOf('Europe/Berlin', standing('ana'));
    const { from, until, repeats } = fridays('FREQ=WEEKLY;BYDAY=FR', '2026-11-21T00:00[Europe/Berlin]');
    const changes = changeBook([
      { ...override('bo', ['2026-11-06T00:00', '2026-11-06T01:00']), from, until, repeats },
    ]).of('primary', 'primary');
    expect(linesOf(schedule, '2026-11-06T00:00', '2026-12-01T00:00', { changes })).toEqual([
      '11-06T00:00 11-06T18:00 ana (layer 1)',
      '11-06T18:00 11-06T22:00 bo (override o1)',
      '11-06T22:00 11-13T18:00 ana (layer 1)',
      '11-13T18:00 11-13T22:00 bo (override o1)',
      '11-13T22:00 11-20T18:00 ana (layer 1)',
      '11-20T18:00 11-20T22:00 bo (override o1)',
      '11-20T22:00 12-01T00:00 ana (layer 1)',
    ]);
  });

  it('keeps its times of day over a change of the clock', () => {
    const { repeats, ...first } = fridays('FREQ=WEEKLY', '2027-04-10T00:00[Europe/Berlin]');
    const spans = occurrencesOf({ ...first, repeats });
    expect(spans.at(-1)).toEqual({
      from: at('2027-04-09T18:00[Europe/Berlin]'),
      until: at('2027-04-09T22:00[Europe/Berlin]'),
    });
  });

  it('on the last Friday of each month', () => {
    const recurring = { ...fridays('FREQ=MONTHLY;BYDAY=-1FR'), from: at('2026-11-27T18:00[Europe/Berlin]') };
    const spans = occurrencesOf({ ...recurring, until: at('2026-11-27T22:00[Europe/Berlin]') });
    expect(spans.map(({ from }) => new Date(from).toISOString().slice(0, 10))).toEqual([
      '2026-11-27',
      '2026-12-25',
    ]);
  });

  it.each([
    ['is no rule', 'every friday', 'ruleUnread'],
    ['has an end of its own', 'FREQ=WEEKLY;COUNT=3', 'ruleUnread'],
    ['is too frequent', 'FREQ=HOURLY', 'ruleUnread'],
    ['names a day that there is not', 'FREQ=WEEKLY;BYDAY=XX', 'ruleUnread'],
    ['begins on another day', 'FREQ=WEEKLY;BYDAY=MO', 'ruleMissesFirst'],
    ['is sound', 'FREQ=WEEKLY;BYDAY=FR;INTERVAL=2', undefined],
  ])('%s', (_, rule, fault) => {
    expect(recurrenceFault(fridays(rule))).toBe(fault);
  });

  it('does not overlap itself', () => {
    const long = { ...fridays('FREQ=DAILY'), until: at('2026-11-07T19:00[Europe/Berlin]') };
    expect(recurrenceFault(long)).toBe('ruleOverlaps');
  });

  /** Day by day on the calendar, by Temporal alone. */
  function naive(zone: string, { day, minute, length, interval, days, weeks }: World): string[] {
    const first = Temporal.PlainDate.from('2026-01-05').add({ days: day });
    const firstMonday = first.subtract({ days: first.dayOfWeek - 1 });
    const end = first.add({ weeks });
    const found: string[] = [];
    for (let date = first; Temporal.PlainDate.compare(date, end) < 0; date = date.add({ days: 1 })) {
      const week = Math.floor(firstMonday.until(date).days / 7);
      if (week % interval !== 0 || !days.has((date.dayOfWeek - 1) % 7)) continue;
      const starts = date.toPlainDateTime().add({ minutes: minute });
      const [from, until] = [starts, starts.add({ minutes: length })].map(
        (local) => local.toZonedDateTime(zone).epochMilliseconds,
      );
      if ((from ?? 0) < (until ?? 0)) found.push(`${from} ${until}`);
    }
    return found;
  }

  interface World {
    readonly day: number;
    readonly minute: number;
    readonly length: number;
    readonly interval: number;
    readonly days: ReadonlySet<number>;
    readonly weeks: number;
  }

  it('equals a walk through the calendar in any zone', () => {
    const world = fc
      .record({
        day: fc.nat(300),
        minute: fc.nat(1439),
        length: fc.integer({ min: 30, max: 1440 }),
        interval: fc.integer({ min: 1, max: 3 }),
        more: fc.array(fc.nat(6), { maxLength: 3 }),
        weeks: fc.integer({ min: 1, max: 50 }),
      })
      .map(({ more, ...rest }) => ({ ...rest, days: new Set([rest.day % 7, ...more]) }));
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), world, (zone, given) => {
        const date = Temporal.PlainDate.from('2026-01-05').add({ days: given.day });
        const starts = date.toPlainDateTime().add({ minutes: given.minute });
        const instant = (local: Temporal.PlainDateTime): number =>
          local.toZonedDateTime(zone).epochMilliseconds;
        const from = instant(starts);
        // A first stretch that begins or ends in the hours around a change of the clock has other times of day.
        fc.pre(from === instant(starts) && localOf(from, zone).equals(starts));
        const ends = starts.add({ minutes: given.length });
        fc.pre(localOf(instant(ends), zone).equals(ends));
        const byDay = [...given.days].map((day) => DAYS[day]).join(',');
        const spans = occurrencesOf({
          ...{ from, until: instant(ends) },
          repeats: {
            rule: `FREQ=WEEKLY;INTERVAL=${given.interval};BYDAY=${byDay}`,
            timeZone: zone,
            until: instant(date.add({ weeks: given.weeks }).toPlainDateTime()),
          },
        });
        const end = instant(date.add({ weeks: given.weeks }).toPlainDateTime());
        const expected = naive(zone, given).map((text) => {
          const [begins, stops] = text.split(' ').map(Number);
          return `${begins} ${Math.min(stops ?? 0, end)}`;
        });
        expect(spans.map((span) => `${span.from} ${span.until}`)).toEqual(expected);
      }),
      { numRuns: 120 },
    );
  });

  const localOf = (instant: number, zone: string): Temporal.PlainDateTime =>
    Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
});
