import { describe, expect, it } from '@jest/globals';
import { Config, isoOf } from '@tocsin/contracts';
import { gapsOf } from './gaps.js';
import { requiredHours } from './required-hours.js';
import { at } from './schedule.given.js';

const configOf = (requires: string, only: object[]) =>
  Config.parse({
    people: { ana: { name: 'Ana', timeZone: 'UTC' } },
    calendars: {
      office: {
        timeZone: 'Europe/Berlin',
        hours: { 'Mon-Fri': '09:00-18:00' },
        holidays: ['2026-12-25'],
      },
    },
    schedules: { live: { timeZone: 'Europe/Berlin', requires, layers: [{ people: ['ana'], only }] } },
  });

function gaps(requires: string, only: object[]): string[] {
  const config = configOf(requires, only);
  const { live } = config.schedules;
  if (live === undefined) throw new Error('no schedule');
  // Thursday until Monday evening.
  const window = {
    from: at('2026-12-24T00:00[Europe/Berlin]'),
    until: at('2026-12-28T20:00[Europe/Berlin]'),
  };
  return gapsOf(live, window, requiredHours(config, live, window)).map(
    ({ from, until }) => `${isoOf(from).slice(5, 16)} ${isoOf(until).slice(5, 16)}`,
  );
}

describe('the hours that a schedule requires', () => {
  const short = [{ days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], from: '09:00', to: '17:00' }];

  it('are those of its calendar without its holidays: gaps outside of them are intended', () => {
    expect(gaps('calendar office', short)).toEqual(['12-24T16:00 12-24T17:00', '12-28T16:00 12-28T17:00']);
  });

  it('are all hours otherwise, also by a calendar that an old revision does not have', () => {
    expect(gaps('24x7', short)).toHaveLength(4);
    expect(gaps('calendar gone', short)).toHaveLength(4);
  });
});
