import { describe, expect, it } from '@jest/globals';
import { isoOf, MaintenanceRule, WEEKDAYS } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { windowOfRule } from './config-windows.js';
import { quietAt } from './quiet-at.js';
import type { Weekly } from './quiet-window.js';
import { spanAt, spanFrom, spansIn } from './window-times.js';

const DAY = 86_400_000;
const MINUTE = 60_000;

const windowOf = (written: object) => windowOfRule(MaintenanceRule.parse({ name: 'upload', ...written }));
const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;
const shown = (spans: readonly { from: number; until: number }[], zone: string): string[] =>
  spans.map(({ from, until }) =>
    [from, until]
      .map((t) =>
        Temporal.Instant.fromEpochMilliseconds(t)
          .toZonedDateTimeISO(zone)
          .toString({ timeZoneName: 'never' }),
      )
      .map((text) => text.replace(':00+', '+').replace(':00-', '-'))
      .join(' '),
  );

describe('a window that comes back', () => {
  const weekly = windowOf({
    every: 'Sun',
    from: '01:00',
    for: '60m',
    timeZone: 'Europe/London',
    until: '2027-10-31',
  });

  it('has its two odd nights: the hour that is skipped, and the one that comes twice', () => {
    const spring = { from: Date.UTC(2027, 2, 28), until: Date.UTC(2027, 2, 29) };
    const autumn = { from: Date.UTC(2027, 9, 31), until: Date.UTC(2027, 10, 1) };
    expect(shown(spansIn(weekly.times, spring), 'Europe/London')).toEqual([
      '2027-03-28T02:00+01:00 2027-03-28T03:00+01:00',
    ]);
    expect(shown(spansIn(weekly.times, autumn), 'Europe/London')).toEqual([
      '2027-10-31T01:00+01:00 2027-10-31T01:00+00:00',
    ]);
  });

  it('ends with the last day that it names', () => {
    expect(spanFrom(weekly.times, at('2027-10-31T12:00[Europe/London]'))).toBeUndefined();
    expect(spanFrom(weekly.times, at('2027-10-30T12:00[Europe/London]'))).toBeDefined();
  });

  it('one that lasts longer than until its next day is one silence', () => {
    const long = windowOf({ every: 'Mon-Wed', from: '12:00', for: '30h', timeZone: 'UTC' });
    expect(quietAt([long], at('2026-11-23T13:00[UTC]'))?.until).toBe(at('2026-11-26T18:00[UTC]'));
  });
});

describe('windows beside each other', () => {
  it('are one silence where they touch, named by the one that is on', () => {
    const first = windowOf({
      name: 'db',
      on: '2026-12-05',
      from: '22:00',
      for: '2h',
      timeZone: 'Asia/Singapore',
    });
    const second = windowOf({
      name: 'cdn',
      on: '2026-12-06',
      from: '00:00',
      for: '1h',
      timeZone: 'Asia/Singapore',
    });
    const quiet = quietAt([second, first], at('2026-12-05T23:00[Asia/Singapore]'));
    expect(quiet).toEqual({
      by: { kind: 'window', name: 'db' },
      until: at('2026-12-06T01:00[Asia/Singapore]'),
    });
  });
});

describe('whatever the zone, the days and the length', () => {
  const ZONES = [
    ...['Europe/London', 'America/New_York', 'Asia/Singapore', 'Australia/Lord_Howe', 'America/Havana'],
    ...['Africa/Casablanca', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Chatham', 'Asia/Beirut'],
  ];
  const rules = fc.record({
    timeZone: fc.constantFrom(...ZONES),
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    from: fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 200 })),
    lasts: fc.integer({ min: 1, max: 2 * 1440 }).map((minutes) => minutes * 60),
    since: fc.option(fc.constantFrom('2026-03-29', '2026-10-25', '2027-01-01'), { nil: undefined }),
    until: fc.option(fc.constantFrom('2026-10-25', '2027-03-14', '2028-01-01'), { nil: undefined }),
  });
  const YEAR = { min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2028, 0, 1) / MINUTE };

  /** Day by day on the calendar, and then simply between beginning and end. */
  function isOn(rule: Omit<Weekly, 'kind'>, minute: number): boolean {
    const { timeZone, days, from, lasts, since, until } = rule;
    const local = Temporal.Instant.fromEpochMilliseconds(minute).toZonedDateTimeISO(timeZone).toPlainDate();
    for (let back = -1; back <= lasts / 86_400 + 2; back += 1) {
      const date = local.subtract({ days: back });
      if (since !== undefined && Temporal.PlainDate.compare(date, since) < 0) continue;
      if (until !== undefined && Temporal.PlainDate.compare(date, until) > 0) continue;
      if (!days.includes(WEEKDAYS[date.dayOfWeek - 1] ?? 'Mon')) continue;
      const clock = date.toPlainDateTime({ hour: Math.floor(from / 60), minute: from % 60 });
      const begins = clock.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
      if (begins <= minute && minute < begins + lasts * 1000) return true;
    }
    return false;
  }

  /** The nights on which some clock of these zones changes, and any others. */
  const minutes = fc.oneof(
    fc.integer(YEAR),
    fc
      .tuple(
        fc.constantFrom(
          '2026-03-08',
          '2026-03-29',
          '2026-04-05',
          '2026-10-04',
          '2026-10-25',
          '2026-11-01',
          '2027-03-14',
        ),
        fc.integer({ min: -1500, max: 2900 }),
      )
      .map(([date, more]) => Date.parse(date) / MINUTE + more),
  );

  it('a minute is inside exactly when the calendar says so', () => {
    fc.assert(
      fc.property(rules, minutes, (rule, first) => {
        for (let m = first; m < first + 240; m += 7) {
          const found = spanAt({ kind: 'weekly', ...rule }, m * MINUTE);
          const on = isOn(rule, m * MINUTE);
          if ((found !== undefined) !== on) throw new Error(`${isoOf(m * MINUTE)}: ${String(on)}`);
          if (found !== undefined && !(found.from <= m * MINUTE && m * MINUTE < found.until))
            throw new Error('outside of its own stretch');
        }
      }),
      { numRuns: 600 },
    );
  });

  it('what is hushed until an instant is hushed in every minute before it, and loud at it', () => {
    fc.assert(
      fc.property(fc.array(rules, { minLength: 1, maxLength: 3 }), minutes, (some, first) => {
        const windows = some.map((rule, i) => ({
          ...windowOf({ on: '2026-01-01', from: '00:00', for: '1m', timeZone: 'UTC' }),
          name: String(i),
          times: { kind: 'weekly' as const, ...rule, lasts: Math.min(rule.lasts, 600 * 60) },
        }));
        const start = first * MINUTE;
        const quiet = quietAt(windows, start);
        const on = (minute: number) => windows.some(({ times }) => isOn(times, minute));
        if ((quiet !== undefined) !== on(start)) throw new Error('hushed or not');
        if (quiet === undefined || quiet.until > start + 3 * DAY) return;
        for (let minute = start; minute < quiet.until; minute += 13 * MINUTE)
          if (!on(minute)) throw new Error(`loud at ${isoOf(minute)}`);
        if (on(quiet.until)) throw new Error('not loud at the end');
      }),
      { numRuns: 300 },
    );
  });
});
