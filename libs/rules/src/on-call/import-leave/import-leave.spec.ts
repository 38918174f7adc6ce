import { describe, expect, it } from '@jest/globals';
import { fc } from '@tocsin/test-rig/worlds';
import { Temporal } from 'temporal-polyfill';
import type { Leave } from '../changes/shift-change.js';
import { at } from '../schedule.given.js';
import type { ImportedLeave, ReadLeave } from './imported-leave.js';
import { planImport } from './plan-import.js';
import { readCsv } from './read-csv.js';
import { readIcs } from './read-ics.js';

const ZONE = 'America/New_York';
const window = { from: at('2026-11-01T00:00[UTC]'), until: at('2027-12-01T00:00[UTC]') };

const calendar = (...events: readonly (readonly string[])[]): string =>
  [
    'BEGIN:VCALENDAR',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const read = (text: string, zone = ZONE): ReadLeave => readIcs(text, { person: 'ana', zone, window });
const local = (instant: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString()
    .slice(0, 16);

function lines(found: ReadLeave, zone = ZONE): string[] {
  if (!found.ok) throw new Error(JSON.stringify(found.faults));
  return found.leave
    .toSorted((a, b) => a.from - b.from)
    .map(({ from, until }) => `${local(from, zone)} ${local(until, zone)}`);
}
const faults = (found: ReadLeave): string[] =>
  found.ok ? [] : found.faults.map(({ line, message }) => `${line} ${message}`);

describe('leave of a calendar', () => {
  it.each([
    [
      'days',
      ['DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'],
      '2026-12-24T00:00 2026-12-27T00:00',
    ],
    ['one day', ['DTSTART;VALUE=DATE:20261224'], '2026-12-24T00:00 2026-12-25T00:00'],
    [
      'a zone',
      ['DTSTART;TZID="Europe/Berlin":20261224T120000', 'DURATION:PT6H'],
      '2026-12-24T06:00 2026-12-24T12:00',
    ],
    ['UTC', ['DTSTART:20261224T120000Z', 'DTEND:20261224T130000Z'], '2026-12-24T07:00 2026-12-24T08:00'],
    ['no zone', ['DTSTART:20261224T120000', 'DTEND:20261224T130000'], '2026-12-24T12:00 2026-12-24T13:00'],
  ])('by %s', (_, event, span) => {
    expect(lines(read(calendar(['UID:1', ...event])))).toEqual([span]);
  });

  it('is unfolded, and alarms inside of events are none', () => {
    const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT15M', 'DTSTART:x', 'END:VALARM'];
    const found = read(
      calendar(['UID:1', 'DTSTART;VALUE=DATE', ' :20261224', ...alarm, String.raw`SUMMARY:a\, b`]),
    );
    expect(found).toMatchObject({ ok: true, leave: [{ key: '1', person: 'ana', reason: 'a, b' }] });
  });

  it('series leave out EXDATE, add RDATE, move and cancel single instances', () => {
    const master = [
      ...['UID:s', `DTSTART;TZID=${ZONE}:20261102T120000`, `DTEND;TZID=${ZONE}:20261102T130000`],
      ...[
        'RRULE:FREQ=WEEKLY;COUNT=5',
        `EXDATE;TZID=${ZONE}:20261109T120000`,
        `RDATE;TZID=${ZONE}:20261203T080000`,
      ],
    ];
    const moved = [
      ...['UID:s', `RECURRENCE-ID;TZID=${ZONE}:20261116T120000`, `DTSTART;TZID=${ZONE}:20261117T090000`],
      `DTEND;TZID=${ZONE}:20261117T110000`,
    ];
    const gone = [
      ...['UID:s', `RECURRENCE-ID;TZID=${ZONE}:20261123T120000`, `DTSTART;TZID=${ZONE}:20261123T120000`],
      ...[`DTEND;TZID=${ZONE}:20261123T130000`, 'STATUS:CANCELLED'],
    ];
    expect(lines(read(calendar(master, moved, gone)))).toEqual([
      '2026-11-02T12:00 2026-11-02T13:00',
      '2026-11-17T09:00 2026-11-17T11:00',
      '2026-11-30T12:00 2026-11-30T13:00',
      '2026-12-03T08:00 2026-12-03T09:00',
    ]);
    expect(lines(read(calendar([...master, 'STATUS:CANCELLED'], moved)))).toEqual([]);
  });

  it.each([
    ['20261207', 6],
    ['20261207T170000Z', 6],
    ['20261207T120000', 6],
    ['20261207T165959Z', 5],
  ])('UNTIL=%s is understood on the wall clock of the event', (until, count) => {
    const event = ['UID:1', `DTSTART;TZID=${ZONE}:20261102T120000`, 'DURATION:PT1H'];
    expect(lines(read(calendar([...event, `RRULE:FREQ=WEEKLY;UNTIL=${until}`])))).toHaveLength(count);
  });

  it('of two versions of an event the higher SEQUENCE holds', () => {
    const version = (sequence: number, day: string) => [
      'UID:1',
      `SEQUENCE:${sequence}`,
      `DTSTART;VALUE=DATE:${day}`,
    ];
    expect(lines(read(calendar(version(2, '20261224'), version(1, '20261231'))))).toEqual([
      '2026-12-24T00:00 2026-12-25T00:00',
    ]);
  });

  it.each([
    ['', '1 importNoCalendar'],
    [calendar(['DTSTART;VALUE=DATE:20261224']), '2 importMissing'],
    [calendar(['UID:1', 'DTSTART;VALUE=DATE:20260230']), '4 importTime'],
    [calendar(['UID:1', 'DTSTART;TZID=Nowhere:20261224T120000', 'DURATION:PT1H']), '4 importZone'],
    [calendar(['UID:1', 'DTSTART:20261224T120000Z']), '2 importMissing'],
    [calendar(['UID:1', 'DTSTART:20261224T120000Z', 'DURATION:-PT1H']), '5 importDuration'],
    [calendar(['UID:1', 'DTSTART:20261224T120000Z', 'DTEND:20261224T120000Z']), '5 endsBeforeItBegins'],
    [calendar(['UID:1', 'DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=WEEKLY;BYDAY=XX']), '5 importRule'],
    [calendar(['UID:1', 'DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=SECONDLY']), '5 importRule'],
    [
      calendar([
        'UID:1',
        'RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261224',
        'DTSTART;VALUE=DATE:20261224',
      ]),
      '4 importRange',
    ],
    [calendar(['UID:1', 'DTSTART;VALUE=DATE:20261224', 'no colon']), '5 importNoColon'],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1', '2 importNoEnd'],
  ])('%j is refused with its line: %s', (text, fault) => {
    expect(faults(read(text))).toEqual([fault]);
  });

  it('daily and weekly series are the days that one counts by hand, in any zone', () => {
    const some = fc.record({
      zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
      day: fc.nat(300),
      hour: fc.integer({ min: 0, max: 23 }),
      step: fc.integer({ min: 1, max: 20 }),
      weekly: fc.boolean(),
      count: fc.integer({ min: 1, max: 40 }),
      except: fc.nat(40),
    });
    fc.assert(
      fc.property(some, ({ zone, day, hour, step, weekly, count, except }) => {
        const first = Temporal.PlainDateTime.from('2026-11-02T00:00').add({ days: day, hours: hour });
        const begins = Array.from({ length: count }, (_, n) =>
          first.add({ days: n * step * (weekly ? 7 : 1) }),
        );
        const stamp = (time: Temporal.PlainDateTime): string =>
          `${time.toString().slice(0, 19).replaceAll(/[-:]/g, '')}`;
        const left = begins.filter((_, n) => n !== except % count);
        const expected = left
          .map((time) => [time, time.add({ hours: 3 })].map((t) => t.toZonedDateTime(zone).epochMilliseconds))
          .filter(([from = 0, until = 0]) => from < until && until > window.from && from < window.until);
        const rule = `RRULE:FREQ=${weekly ? 'WEEKLY' : 'DAILY'};INTERVAL=${step};COUNT=${count}`;
        const out = `EXDATE;TZID=${zone}:${stamp(begins[except % count] ?? first)}`;
        const found = read(
          calendar(['UID:1', `DTSTART;TZID=${zone}:${stamp(first)}`, 'DURATION:PT3H', rule, out]),
          zone,
        );
        if (!found.ok) throw new Error(JSON.stringify(found.faults));
        expect(found.leave.map(({ from, until }) => [from, until])).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe('leave of CSV', () => {
  const csv = (text: string): ReadLeave =>
    readCsv(text, { person: 'ana', zoneOf: (person) => (person === 'zoe' ? undefined : ZONE), window });

  it('reads days, times, quotes and columns in any order', () => {
    const found = csv(
      'until,from,reason,person\n2026-12-26,2026-12-24,"skiing, ""far""\nnorth",\r\n2027-01-04 12:00,2027-01-04T09:00,,bo\n',
    );
    expect(lines(found)).toEqual(['2026-12-24T00:00 2026-12-27T00:00', '2027-01-04T09:00 2027-01-04T12:00']);
    expect(found).toMatchObject({
      leave: [{ person: 'ana', reason: 'skiing, "far"\nnorth' }, { person: 'bo' }],
    });
  });

  it.each([
    ['from\n2026-12-24', '1 importColumns'],
    ['from,until,x\n', '1 importColumns'],
    ['from,until\n2026-02-30,2026-12-24', '2 importTime'],
    ['from,until\n\n2026-12-24,2026-12-23', '3 endsBeforeItBegins'],
    ['from,until,person\n2026-12-24,2026-12-24,zoe', '2 importPerson'],
    ['from,until\n"2026-12-24,2026-12-24', '2 importQuotes'],
  ])('%j is refused with its line: %s', (text, fault) => {
    expect(faults(csv(text))).toEqual([fault]);
  });

  it('needs a person', () => {
    const found = readCsv('from,until\n2026-12-24,2026-12-24', {
      person: undefined,
      zoneOf: () => ZONE,
      window,
    });
    expect(faults(found)).toEqual(['2 importNobody']);
  });
});

describe('importing again', () => {
  const some = fc.array(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      person: fc.constantFrom('ana', 'bo'),
      from: fc.nat(3),
      until: fc.integer({ min: 4, max: 6 }),
    }),
    { maxLength: 8 },
  );
  const standingOf = (named: readonly ImportedLeave[]): Leave[] =>
    named.map(({ key, ...leave }, n) => ({
      ...{ kind: 'leave', id: `l${n}`, recordedAt: 0, recordedBy: 'ops', ...leave },
      imported: { calendar: 'leave', key },
    }));

  it('changes nothing when the file is the same, and otherwise leads to what the file says', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        const standing = standingOf(planImport([], before).record);
        expect(planImport(standing, before)).toMatchObject({ record: [], cancel: [] });
        const { record, cancel } = planImport(standing, after);
        const left = standing.filter((leave) => !cancel.includes(leave));
        const spanOf = ({ person, from, until }: Pick<Leave, 'person' | 'from' | 'until'>): string =>
          `${person} ${from} ${until}`;
        expect(new Set([...left, ...record].map(spanOf))).toEqual(new Set(after.map(spanOf)));
        expect(
          planImport(
            standingOf([...left.map((l) => ({ ...l, key: l.imported?.key ?? '' })), ...record]),
            after,
          ),
        ).toMatchObject({ record: [], cancel: [] });
      }),
    );
  });
});
