import { describe, expect, it } from '@jest/globals';
import { Schedule, WEEKDAYS } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { finalShifts } from './final-shifts.js';

const ZONES = [
  'Europe/London',
  'America/New_York',
  'Australia/Sydney',
  'America/Santiago',
  'Asia/Singapore',
  'Africa/Cairo',
];
const PEOPLE = ['ana', 'bo', 'chen', 'dee'];

/** A year holds two changes of the clock, or none. */
const DAYS = 370;

interface Rotation {
  readonly zone: string;
  readonly people: readonly string[];
  /** Days of one turn: 1 or 7. */
  readonly days: number;
  /** Wall clock of the first handover. */
  readonly first: Temporal.PlainDateTime;
}

/** Each person's turns as a calendar would have them: a series of that person alone, expanded by rrule-temporal. */
function byCalendar({ zone, people, days, first }: Rotation): string[] {
  const last = first.add({ days: DAYS });
  return people
    .flatMap((person, n) => {
      const begins = first.add({ days: n * days });
      const rule = new RRuleTemporal({
        dtstart: begins.toZonedDateTime(zone),
        rruleString: `FREQ=${days === 7 ? 'WEEKLY' : 'DAILY'};INTERVAL=${people.length}`,
      });
      const starts = rule.between(
        new Date(begins.toZonedDateTime(zone).epochMilliseconds),
        new Date(last.toZonedDateTime(zone).epochMilliseconds),
        true,
      );
      return starts.map(({ epochMilliseconds }) => ({ at: epochMilliseconds, person }));
    })
    .toSorted((a, b) => a.at - b.at)
    .filter(({ at }) => at < last.toZonedDateTime(zone).epochMilliseconds)
    .map(({ at, person }) => `${new Date(at).toISOString()} ${person}`);
}

/**
 * RFC 5545 leaves out what falls into an hour that the clock skips; a turn that began at no time would be a hole, so ours
 * begin as much later as the clock jumps. Those are left out here.
 */
function byLayers({ zone, people, days, first }: Rotation): string[] {
  const time = first.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = days === 7 ? `${WEEKDAYS[first.dayOfWeek - 1]} ` : '';
  const schedule = Schedule.parse({
    timeZone: zone,
    layers: [
      {
        people,
        every: days === 7 ? '1w' : '1d',
        handover: `${day}${time}`,
        from: first.toPlainDate().toString(),
      },
    ],
  });
  const window = {
    from: first.toZonedDateTime(zone).epochMilliseconds,
    until: first.add({ days: DAYS }).toZonedDateTime(zone).epochMilliseconds,
  };
  return finalShifts(schedule, window)
    .shifts.filter(({ from }) => timeOf(from, zone) === time)
    .map(({ from, person }) => `${new Date(from).toISOString()} ${person}`);
}

const timeOf = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' });

const rotations = fc.record({
  zone: fc.constantFrom(...ZONES),
  people: fc.uniqueArray(fc.constantFrom(...PEOPLE), { minLength: 2, maxLength: 4 }),
  days: fc.constantFrom(1, 7),
  // Handovers in hours that clocks skip or show twice, and others.
  first: fc
    .tuple(fc.nat(364), fc.constantFrom(0, 30, 60, 90, 120, 150, 180, 540, 1080))
    .map(([day, minute]) => Temporal.PlainDateTime.from('2026-01-01').add({ days: day, minutes: minute })),
});

describe('a peer', () => {
  it('that expands each person’s turns as an RRULE has the same handovers over changes of the clock', () => {
    fc.assert(
      fc.property(rotations, (rotation) => {
        expect(byLayers(rotation)).toEqual(byCalendar(rotation));
      }),
      { numRuns: 40 },
    );
  });
});
