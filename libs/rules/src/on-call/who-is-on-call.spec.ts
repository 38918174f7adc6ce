import { describe, expect, it } from '@jest/globals';
import { Schedule } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import type { OnCallShift } from './on-call-shift.js';
import { whoIsOnCall } from './who-is-on-call.js';
import { instantOfLocal, isEven, offsetAt } from './zone-clock.js';

const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

const weekly = (timeZone: string, more: object = {}) =>
  Schedule.parse({
    timeZone,
    layers: [{ people: ['ana', 'bo'], every: '1w', handover: 'Mon 09:00', from: '2026-11-02', ...more }],
  });

describe('a weekly rotation', () => {
  it.each([
    ['2026-11-02T08:59[Asia/Singapore]', undefined],
    ['2026-11-02T09:00[Asia/Singapore]', 'ana'],
    ['2026-11-09T08:59:59[Asia/Singapore]', 'ana'],
    ['2026-11-09T09:00[Asia/Singapore]', 'bo'],
    ['2026-11-16T09:00[Asia/Singapore]', 'ana'],
    ['2036-11-10T09:00[Asia/Singapore]', 'bo'],
  ])('at %s is %s', (when, person) => {
    expect(whoIsOnCall(weekly('Asia/Singapore'), at(when))?.person).toBe(person);
  });

  it('starts at the first handover on or after its date', () => {
    const shift = whoIsOnCall(weekly('UTC', { from: '2026-11-03' }), at('2026-11-09T09:00[UTC]'));
    expect(shift).toEqual({
      person: 'ana',
      why: { by: 'layer', layer: 1, turn: 0 },
      from: at('2026-11-09T09:00[UTC]'),
      until: at('2026-11-16T09:00[UTC]'),
    });
  });

  it.each([
    ['wall-clock', '2026-03-30T09:00[Europe/London]'],
    ['elapsed', '2026-03-30T10:00[Europe/London]'],
  ])('by %s hands over across the change to summer time at %s', (by, handover) => {
    const schedule = weekly('Europe/London', { by, from: '2026-03-23' });
    expect(whoIsOnCall(schedule, at(handover) - 1)?.person).toBe('ana');
    expect(whoIsOnCall(schedule, at(handover))?.person).toBe('bo');
  });
});

describe('layers', () => {
  const schedule = Schedule.parse({
    timeZone: 'UTC',
    layers: [
      { people: ['ana'], every: '1w', handover: '00:00', from: '2026-01-01' },
      { people: ['bo'], every: '1d', handover: '12:00', from: '2026-06-01' },
    ],
  });

  it('the later one wins from when it begins, and cuts the shift before it', () => {
    const begins = at('2026-06-01T12:00[UTC]');
    expect(whoIsOnCall(schedule, begins - 1)).toMatchObject({
      person: 'ana',
      why: { layer: 1 },
      until: begins,
    });
    expect(whoIsOnCall(schedule, begins)).toMatchObject({ person: 'bo', why: { layer: 2 }, from: begins });
  });
});

const ZONES = Intl.supportedValuesOf('timeZone');
const instants = fc.integer({ min: at('2024-01-01T00:00[UTC]'), max: at('2036-01-01T00:00[UTC]') });

describe('in every zone, 2024 to 2035', () => {
  it('the clock says what Temporal says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, instant) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        if (offsetAt(zone, instant) !== zoned.offsetNanoseconds / 1e6) throw new Error('offset');
        const plain = Temporal.Instant.fromEpochMilliseconds(instant)
          .toZonedDateTimeISO('UTC')
          .toPlainDateTime();
        if (instantOfLocal(zone, instant) !== plain.toZonedDateTime(zone).epochMilliseconds)
          throw new Error('local');
      }),
      { numRuns: runs(2000) },
    );
  });

  it('the clock also says what Temporal says within a day of a change', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instants,
        fc.integer({ min: -1440, max: 1440 }),
        (zone, near, minutes) => {
          const change = Temporal.Instant.fromEpochMilliseconds(near)
            .toZonedDateTimeISO(zone)
            .getTimeZoneTransition('next');
          if (change === null) return;
          const plain = change.toPlainDateTime().add({ minutes });
          const local = plain.toZonedDateTime('UTC').epochMilliseconds;
          expect(instantOfLocal(zone, local)).toBe(plain.toZonedDateTime(zone).epochMilliseconds);
        },
      ),
      { numRuns: runs(2000) },
    );
  });

  it('whether a clock is even is what its changes say', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        instants,
        fc.integer({ min: 0, max: 400 * 86_400_000 }),
        (zone, from, length) => {
          const next = Temporal.Instant.fromEpochMilliseconds(from)
            .toZonedDateTimeISO(zone)
            .getTimeZoneTransition('next');
          const changes = next !== null && next.epochMilliseconds <= from + length;
          expect(isEven(zone, from, from + length)).toBe(!changes);
        },
      ),
      { numRuns: runs(1000) },
    );
  });

  it('exactly one person answers at each instant, and shifts change at the wall-clock handover', () => {
    const shifts = fc.record({
      zone: fc.constantFrom(...ZONES),
      every: fc.constantFrom('3h', '8h', '12h', '1d', '3d', '1w', '2w'),
      minute: fc.integer({ min: 0, max: 1439 }),
      by: fc.constantFrom('wall-clock', 'elapsed'),
      instant: instants,
      minutes: fc.option(fc.integer({ min: -1440, max: 1440 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(shifts, ({ zone, every, minute, by, instant: any, minutes }) => {
        const instant = minutes === undefined ? any : nearChange(zone, any, minutes);
        const clock = new Date(minute * 60_000).toISOString().slice(11, 16);
        const people = ['ana', 'bo', 'chen'];
        const schedule = Schedule.parse({
          timeZone: zone,
          layers: [{ people, every, handover: clock, by, from: '2023-12-01' }],
        });
        const shift = whoIsOnCall(schedule, instant);
        if (!covers(shift, instant)) throw new Error('a hole');
        expectEdge(schedule, shift, people);
        if (by === 'wall-clock' && !every.endsWith('h')) expectHandover(zone, shift.until, clock);
      }),
      { numRuns: runs(2000) },
    );
  });
});

/** An instant around the next change of a zone's clock. */
function nearChange(zone: string, at: number, minutes: number): number {
  const change = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .getTimeZoneTransition('next');
  return (change?.epochMilliseconds ?? at) + minutes * 60_000;
}

/** Up to its end the shift is this person's, from then on the next one's: no hole, no overlap. */
function expectEdge(schedule: Schedule, shift: OnCallShift, people: readonly string[]): void {
  expect(whoIsOnCall(schedule, shift.until - 1)).toEqual(shift);
  const person = people[(people.indexOf(shift.person) + 1) % people.length];
  expect(whoIsOnCall(schedule, shift.until)).toMatchObject({ person, from: shift.until });
}

const covers = (shift: OnCallShift | undefined, instant: number): shift is OnCallShift =>
  shift !== undefined && shift.from <= instant && instant < shift.until;

/** The wall clock shows the handover, or as much later as the clock jumped over it: in Nuuk over the last hour of a day. */
function expectHandover(zone: string, instant: number, clock: string): void {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  if (zoned.toPlainTime().toString().slice(0, 5) === clock) return;
  const wanted = [0, 1].map((days) =>
    zoned.toPlainDate().subtract({ days }).toPlainDateTime(Temporal.PlainTime.from(clock)),
  );
  expect(wanted.map((plain) => plain.toZonedDateTime(zone).epochMilliseconds)).toContain(instant);
}
