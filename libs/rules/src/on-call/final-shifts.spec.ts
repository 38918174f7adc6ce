import { describe, expect, it } from '@jest/globals';
import { LayerHours, type Schedule, WEEKDAYS } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import { finalShifts } from './final-shifts.js';
import { hoursAt } from './layer-hours.js';
import type { OnCallGap, OnCallShift } from './on-call-shift.js';
import { at, linesOf, scheduleOf, standing } from './schedule.given.js';
import { patternOf } from './week-pattern.js';
import { onCallAt } from './who-is-on-call.js';

describe('the layers of a role', () => {
  const office = { days: 'Mon-Fri', from: '09:00', to: '18:00' };

  it('the later one wins where it covers, the earlier one has the rest', () => {
    const schedule = scheduleOf('Asia/Singapore', standing('ana'), standing('bo', { only: [office] }));
    expect(linesOf(schedule, '2026-11-06T00:00', '2026-11-09T12:00')).toEqual([
      '11-06T00:00 11-06T09:00 ana (layer 1)',
      '11-06T09:00 11-06T18:00 bo (layer 2)',
      '11-06T18:00 11-09T09:00 ana (layer 1)',
      '11-09T09:00 11-09T12:00 bo (layer 2)',
    ]);
  });

  it('hours may run over midnight and over the end of the week', () => {
    const nights = { days: ['Fri', 'Sun'], from: '22:00', to: '06:00' };
    const schedule = scheduleOf('UTC', standing('ana', { only: [nights] }));
    expect(linesOf(schedule, '2026-11-06T00:00', '2026-11-10T00:00')).toEqual([
      '11-06T00:00 11-06T22:00 nobody',
      '11-06T22:00 11-07T06:00 ana (layer 1)',
      '11-07T06:00 11-08T22:00 nobody',
      '11-08T22:00 11-09T06:00 ana (layer 1)',
      '11-09T06:00 11-10T00:00 nobody',
    ]);
  });

  it.each([
    ['primary', 'ana (layer 1)'],
    ['secondary', 'bo (layer 2)'],
    ['shadow', 'chen (layer 3)'],
  ] as const)('the lane %s has only its own', (role, who) => {
    const schedule = scheduleOf(
      'UTC',
      standing('ana'),
      standing('bo', { role: 'secondary' }),
      standing('chen', { role: 'shadow' }),
    );
    expect(linesOf(schedule, '2026-11-06T00:00', '2026-11-07T00:00', { role })).toEqual([
      `11-06T00:00 11-07T00:00 ${who}`,
    ]);
  });

  it('a gap before the first begins is one gap', () => {
    const schedule = scheduleOf('UTC', { people: ['ana'] }, standing('bo', { from: '2026-11-03' }));
    expect(linesOf(schedule, '2026-10-01T00:00', '2026-11-04T00:00')).toEqual([
      '10-01T00:00 11-02T09:00 nobody',
      '11-02T09:00 11-03T00:00 ana (layer 1)',
      '11-03T00:00 11-04T00:00 bo (layer 2)',
    ]);
  });

  it('a window without length is refused', () => {
    expect(() => finalShifts(scheduleOf('UTC', standing('ana')), { from: 5, until: 5 })).toThrow(RangeError);
  });
});

describe('a rotation that skips weekdays', () => {
  it('does not skip people', () => {
    const schedule = scheduleOf('Europe/London', {
      people: ['ana', 'bo', 'chen'],
      every: '1d',
      handover: '09:00',
      from: '2026-11-02',
      only: [{ days: 'Mon-Fri', from: '09:00', to: '18:00' }],
    });
    const { shifts } = finalShifts(schedule, {
      from: at('2026-11-02T09:00[Europe/London]'),
      until: at('2027-11-01T09:00[Europe/London]'),
    });
    expect(shifts.map(({ person }) => person)).toEqual(
      Array.from({ length: 260 }, (_, day) => ['ana', 'bo', 'chen'][day % 3]),
    );
  });

  it('in any zone, by any length of turn and any hours, hands over to the next named', () => {
    const days = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 6 });
    const cases = fc.record({
      zone: fc.constantFrom(...ZONES),
      days,
      hour: fc.integer({ min: 0, max: 23 }),
      length: fc.integer({ min: 4, max: 24 }),
      every: fc.constantFrom('6h', '12h', '1d', '2d', '5d', '1w', '10d'),
      handover: fc.integer({ min: 0, max: 23 }),
      start: INSTANTS,
    });
    fc.assert(
      fc.property(cases, ({ zone, days: only, hour, length, every, handover, start }) => {
        const people = ['ana', 'bo', 'chen', 'dee', 'eve'];
        const hours = { days: only, from: clock(hour), to: clock((hour + length) % 24) };
        const rotation = { every, handover: clock(handover), from: '2023-12-01' };
        const schedule = scheduleOf(zone, { people, ...rotation, only: [hours] });
        const { shifts } = finalShifts(schedule, { from: start, until: start + 40 * DAY });
        for (const [index, shift] of shifts.slice(1).entries()) {
          const before = people.indexOf(shifts[index]?.person ?? '');
          const ahead = (people.indexOf(shift.person) - before + people.length) % people.length;
          if (ahead > 1) throw new Error(`${ahead - 1} people skipped`);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const DAY = 86_400_000;
const ZONES = Intl.supportedValuesOf('timeZone');
const INSTANTS = fc.integer({ min: at('2024-01-01T00:00[UTC]'), max: at('2036-01-01T00:00[UTC]') });
const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

const known = new Map<string, number[]>();

/** Every change of a zone's clock from 2024 to 2035. */
function changesOf(zone: string): number[] {
  const found = known.get(zone) ?? [];
  if (known.has(zone)) return found;
  known.set(zone, found);
  let next = Temporal.ZonedDateTime.from(`2024-01-01T00:00[${zone}]`).getTimeZoneTransition('next');
  for (; next !== null && next.year < 2036; next = next.getTimeZoneTransition('next'))
    found.push(next.epochMilliseconds);
  return found;
}

/** What must hold of any timeline, whatever it says: it fills its window. */
function expectFilled(entries: readonly (OnCallShift | OnCallGap)[], from: number, until: number): void {
  const ordered = entries.toSorted((a, b) => a.from - b.from);
  let end = from;
  for (const entry of ordered) {
    if (entry.from !== end || entry.until <= entry.from) throw new Error('a hole or an overlap');
    end = entry.until;
  }
  if (end !== until) throw new Error('the window is not filled');
}

describe('around every change of every zone’s clock, 2024 to 2035', () => {
  it.each(['wall-clock', 'elapsed'] as const)('shifts by %s leave no hole and no overlap', (by) => {
    const rotation = (every: string, handover: string) => ({ every, handover, by, from: '2023-12-04' });
    const lanes = [
      [{ people: ['ana', 'bo', 'chen'], ...rotation('1d', '02:30') }],
      [{ people: ['ana', 'bo', 'chen'], ...rotation('3h', '00:00') }],
    ];
    expectNoHole(lanes);
  });

  it('two layers whose hours meet within the hour that most clocks jump over leave no hole', () => {
    expectNoHole([
      [
        standing('ana', { only: [{ days: 'Mon-Sun', from: '14:00', to: '02:30' }] }),
        standing('bo', { only: [{ days: 'Mon-Sun', from: '02:30', to: '14:00' }] }),
      ],
    ]);
  });

  function expectNoHole(lanes: readonly (readonly object[])[]): void {
    let seen = 0;
    for (const zone of ZONES) {
      const schedules = lanes.map((made) => scheduleOf(zone, ...made));
      for (const change of changesOf(zone)) {
        for (const schedule of schedules) expectCovered(schedule, change);
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(3000);
  }
});

/** In the two days around a change somebody is always on call, and nobody twice. */
function expectCovered(schedule: Schedule, change: number): void {
  const window = { from: change - DAY, until: change + DAY };
  const { shifts, gaps } = finalShifts(schedule, window);
  if (gaps.length > 0) throw new Error(`a hole in ${schedule.timeZone} at ${new Date(change).toISOString()}`);
  expectFilled(shifts, window.from, window.until);
}

const layers = fc.array(
  fc.record({
    people: fc.uniqueArray(fc.constantFrom('ana', 'bo', 'chen', 'dee'), { minLength: 1, maxLength: 4 }),
    every: fc.constantFrom('3h', '12h', '1d', '2d', '1w', '10d'),
    handover: fc.integer({ min: 0, max: 23 }).map(clock),
    by: fc.constantFrom('wall-clock', 'elapsed'),
    from: fc.constantFrom('2023-12-01', '2025-03-30', '2028-10-29'),
    only: fc.option(
      fc.array(
        fc.record({
          days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
          from: fc.integer({ min: 0, max: 23 }).map(clock),
          to: fc.integer({ min: 0, max: 23 }).map(clock),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      { nil: undefined },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the point query', () => {
  it('says at every boundary, before it and anywhere else what the timeline says', () => {
    const near = fc.tuple(fc.constantFrom(...ZONES), INSTANTS, fc.boolean());
    fc.assert(
      fc.property(layers, near, fc.nat(30 * DAY - 1), (made, [zone, any, atChange], inside) => {
        const change = atChange ? changesOf(zone).find((instant) => instant > any) : undefined;
        const from = change === undefined ? any : change - 15 * DAY;
        const schedule = scheduleOf(zone, ...made);
        const { shifts, gaps } = finalShifts(schedule, { from, until: from + 30 * DAY });
        const entries = [...shifts, ...gaps];
        expectFilled(entries, from, from + 30 * DAY);
        const check = (instant: number): void => {
          const entry = entries.find((e) => e.from <= instant && instant < e.until);
          const answer = onCallAt(schedule, instant);
          const clipped = {
            ...answer,
            from: Math.max(answer.from, from),
            until: Math.min(answer.until, from + 30 * DAY),
          };
          if (JSON.stringify(clipped) !== JSON.stringify(entry)) expect(clipped).toEqual(entry);
        };
        for (const { from: begins, until } of entries) for (const i of [begins, until - 1]) check(i);
        check(from + inside);
      }),
      { numRuns: 60 },
    );
  });

  it('covers an instant when the wall clock stands within the hours, in any zone away from changes', () => {
    const hours = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      from: fc.integer({ min: 0, max: 23 }),
      to: fc.integer({ min: 0, max: 23 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), INSTANTS, hours, (zone, instant, { days, from, to }) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
        const changes = [zoned.subtract({ days: 2 }), zoned].map((z) => z.getTimeZoneTransition('next'));
        if (changes.some((c) => c !== null && Math.abs(c.epochMilliseconds - instant) < 2 * DAY)) return;
        const pattern = patternOf([LayerHours.parse({ days, from: clock(from), to: clock(to) })]);
        const today = days.includes(WEEKDAYS[zoned.dayOfWeek - 1] ?? 'Mon');
        const yesterday = days.includes(WEEKDAYS[(zoned.dayOfWeek + 5) % 7] ?? 'Mon');
        const hour = zoned.hour;
        const covered =
          to > from
            ? today && hour >= from && hour < to
            : (today && hour >= from) || (yesterday && hour < to);
        expect(hoursAt(pattern, zone, instant).covered).toBe(covered);
      }),
      { numRuns: runs(1000) },
    );
  });
});
