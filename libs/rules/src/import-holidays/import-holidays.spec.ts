import { describe, expect, it } from '@jest/globals';
import { say, SHIFT_TEXTS } from '@tocsin/contracts';
import { fc, runs } from '@tocsin/test-rig/worlds';
import type { HolidayFile, ReadHolidays } from './holiday-file.js';
import { readHolidaysCsv } from './read-holidays-csv.js';
import { readHolidaysIcs } from './read-holidays-ics.js';

const years = { first: 2026, last: 2027 };
const asked = { market: undefined, years };

const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const ics = (...events: string[][]): string =>
  ['BEGIN:VCALENDAR', ...events.flat(), 'END:VCALENDAR'].join('\r\n');

const fileOf = (read: ReadHolidays): HolidayFile => {
  if (!read.ok) throw new Error(JSON.stringify(read.faults));
  return read.file;
};
const faultsOf = (read: ReadHolidays): string[] =>
  read.ok
    ? []
    : read.faults.map(({ line, message, facts }) => `${line}: ${say(SHIFT_TEXTS[message], 'en', facts)}`);

describe('public holidays of a calendar', () => {
  const spring = event('UID:1', 'DTSTART;VALUE=DATE:20260215', 'DTEND;VALUE=DATE:20260218', 'SUMMARY:春节');

  it('are its whole days, each once, in order, of the years asked for', () => {
    const christmas = event('UID:2', 'DTSTART;VALUE=DATE:20201225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas');
    const again = event('UID:3', 'DTSTART;VALUE=DATE:20260217', 'SUMMARY:Day off');
    expect(fileOf(readHolidaysIcs(ics(christmas, spring, again), asked))).toEqual({
      days: [
        { date: '2026-02-15', name: '春节' },
        { date: '2026-02-16', name: '春节' },
        { date: '2026-02-17', name: '春节 / Day off' },
        { date: '2026-12-25', name: 'Christmas' },
        { date: '2027-12-25', name: 'Christmas' },
      ],
      worked: [],
      observances: [],
    });
  });

  it.each([
    ['SUMMARY:春节 补班', true],
    ['SUMMARY:国庆节（班）', true],
    ['SUMMARY:Working Day', true],
    ['SUMMARY:Workday for Spring Festival', true],
    ['SUMMARY:春节\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY', true],
    ['SUMMARY:春节 补班\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY', false],
    ["SUMMARY:Workers' Day", false],
    ['SUMMARY:劳动节', false],
  ])('%j is worked: %s', (summary, worked) => {
    const file = fileOf(readHolidaysIcs(ics(event('UID:1', 'DTSTART;VALUE=DATE:20260214', summary)), asked));
    expect(file.worked).toEqual(worked ? ['2026-02-14'] : []);
    expect(file.days.length).toBe(worked ? 0 : 1);
  });

  it('leave out what it calls an observance, and say so', () => {
    const observance = event(
      'UID:2',
      'DTSTART;VALUE=DATE:20260214',
      'SUMMARY:Valentine’s Day',
      String.raw`DESCRIPTION:Observance\nTo hide observances\, go to settings`,
    );
    const file = fileOf(readHolidaysIcs(ics(spring, observance), asked));
    expect(file.days.map(({ date }) => date)).not.toContain('2026-02-14');
    expect(file.observances).toEqual([{ line: 8, name: 'Valentine’s Day' }]);
  });

  it.each([
    [
      'a time of day',
      event('UID:1', 'DTSTART:20260501T090000Z', 'DTEND:20260501T180000Z'),
      '2: this event has a time of day',
    ],
    [
      'a season',
      event('UID:1', 'DTSTART;VALUE=DATE:20260601', 'DTEND;VALUE=DATE:20260901'),
      '2: this event lasts over 31 days',
    ],
    ['no date', event('UID:1', 'DTSTART;VALUE=DATE:20260230'), '4: DTSTART «20260230» is no date'],
    [
      'free and worked',
      [...spring, ...event('UID:2', 'DTSTART;VALUE=DATE:20260216', 'SUMMARY:补班')],
      '8: 2026-02-16 is both',
    ],
  ])('are refused as a whole with %s, by its line', (_, lines, fault) => {
    const faults = faultsOf(readHolidaysIcs(ics(lines), asked));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.startsWith(fault)).toBe(true);
  });
});

describe('public holidays of rows', () => {
  it('are of one market, a workday is worked', () => {
    const text =
      'country,date,name,kind\nCN,2026-02-14,补班,workday\nCN,2026-02-17,"春节, 初一",holiday\nSG,2026-08-09,National Day,\n';
    expect(fileOf(readHolidaysCsv(text, { ...asked, market: 'CN' }))).toEqual({
      days: [{ date: '2026-02-17', name: '春节, 初一' }],
      worked: ['2026-02-14'],
      observances: [],
    });
    expect(faultsOf(readHolidaysCsv(text, asked))).toEqual([
      '1: the file has several markets (CN, SG); say which with --market.',
    ]);
    expect(faultsOf(readHolidaysCsv(text, { ...asked, market: 'JP' }))).toEqual([
      '1: the file has nothing of market JP, only of CN, SG.',
    ]);
  });

  it('are refused as a whole, each fault by its line', () => {
    const text = 'date,kind\n2026-02-30,\n2026-05-01,observance\n2026-05-01,holiday\n01/05/2026,\n';
    expect(faultsOf(readHolidaysCsv(text, asked))).toEqual([
      '2: «2026-02-30» is no date; write one such as 2026-12-25.',
      '3: kind «observance» is not known; write holiday, or workday for a weekend day that is worked.',
      '5: «01/05/2026» is no date; write one such as 2026-12-25.',
    ]);
    expect(faultsOf(readHolidaysCsv('day,name\n2026-05-01,x\n', asked))[0]).toContain(
      '1: the first line names',
    );
  });

  it('are the same as those of the calendar that says the same', () => {
    const row = fc.record({
      day: fc.integer({ min: -400, max: 900 }),
      name: fc.constantFrom('Labour Day', '春节', 'a; b, c'),
      worked: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ day }) => day, maxLength: 12 }), (rows) => {
        const dated = rows.map(({ day, name, worked }) => ({
          date: new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
          ...{ name, worked },
        }));
        const csv = dated.map(
          ({ date, name, worked }) => `${date},"${name}",${worked ? 'workday' : 'holiday'}`,
        );
        const calendar = dated.map(({ date, name, worked }, n) =>
          event(
            `UID:${n}`,
            `DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`,
            `SUMMARY:${name.replaceAll(/[;,]/g, String.raw`\$&`)}`,
            ...(worked ? ['X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY'] : []),
          ),
        );
        const fromCsv = fileOf(readHolidaysCsv(['date,name,kind', ...csv].join('\n'), asked));
        expect(fileOf(readHolidaysIcs(ics(...calendar), asked))).toEqual(fromCsv);
        const expected = dated.filter(({ date }) => date >= '2026-01-01' && date <= '2027-12-31');
        expect(fromCsv.days.length + fromCsv.worked.length).toBe(expected.length);
        expect(new Set(fromCsv.worked)).toEqual(
          new Set(expected.filter(({ worked }) => worked).map(({ date }) => date)),
        );
      }),
      { numRuns: runs(500) },
    );
  });
});
