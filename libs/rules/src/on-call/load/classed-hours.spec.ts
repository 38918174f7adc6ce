import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { at } from '../schedule.given.js';
import { classedHours } from './classed-hours.js';

const span = (from: string, until: string, zone = 'Asia/Singapore') => ({
  from: at(`${from}[${zone}]`),
  until: at(`${until}[${zone}]`),
});
const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

describe('hours on call by what they cost', () => {
  it('are counted on the person’s own wall clock; a night belongs to its evening', () => {
    const christmas = new Set([dayOf('2026-12-25')]);
    // Friday the 25th from noon until Saturday noon.
    const spans = [span('2026-12-25T12:00', '2026-12-26T12:00')];
    expect(classedHours(spans, 'Asia/Singapore', christmas)).toEqual({
      ...{ hours: 24, nightHours: 8, weekendHours: 12, holidayHours: 12 },
      ...{ nights: 1, weekends: 1, holidays: 1 },
    });
    // The same hours in Berlin are from 05:00 until 05:00: of the night before one, of the next seven.
    expect(classedHours(spans, 'Europe/Berlin', christmas)).toMatchObject({
      ...{ hours: 24, nightHours: 8, nights: 2, weekendHours: 5, holidayHours: 19 },
    });
  });

  it('last as long as the clock lets them', () => {
    const night = (zone: string) =>
      classedHours([span('2026-10-24T22:00', '2026-10-25T06:00', zone)], zone, new Set()).nightHours;
    expect([night('Europe/Berlin'), night('UTC')]).toEqual([9, 8]);
  });

  it('equal a count of minutes in any zone', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    // Around days on which clocks change, and others.
    const begins = fc.constantFrom(
      '2026-03-07',
      '2026-03-28',
      '2026-04-04',
      '2026-10-24',
      '2026-10-31',
      '2026-07-01',
    );
    fc.assert(
      fc.property(
        zone,
        begins,
        fc.nat(2000),
        fc.integer({ min: 1, max: 4000 }),
        (tz, date, offset, minutes) => {
          const from = Date.parse(`${date}T00:00Z`) + offset * 60_000;
          const holiday = dayOf(date) + 1;
          const found = classedHours([{ from, until: from + minutes * 60_000 }], tz, new Set([holiday]));
          const counts = { night: 0, weekend: 0, holiday: 0 };
          const nights = new Set<string>();
          for (let n = 0; n < minutes; n += 1) {
            const local = Temporal.Instant.fromEpochMilliseconds(from + n * 60_000).toZonedDateTimeISO(tz);
            const isNight = local.hour >= 22 || local.hour < 6;
            if (isNight) nights.add(local.toPlainDateTime().subtract({ hours: 6 }).toPlainDate().toString());
            counts.night += isNight ? 1 : 0;
            counts.weekend += local.dayOfWeek >= 6 ? 1 : 0;
            counts.holiday += dayOf(local.toPlainDate().toString()) === holiday ? 1 : 0;
          }
          const whole = [found.hours, found.nightHours, found.weekendHours, found.holidayHours];
          expect(whole.map((hours) => Math.round(hours * 60))).toEqual([
            minutes,
            counts.night,
            counts.weekend,
            counts.holiday,
          ]);
          expect(found.nights).toBe(nights.size);
        },
      ),
      { numRuns: 25 },
    );
  });
});
