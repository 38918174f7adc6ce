import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { leave, override } from '../changes/change.given.js';
import { changeBook } from '../changes/change-book.js';
import { at } from '../schedule.given.js';
import { loadOfPeople } from './load-of-people.js';
import { proposeCover } from './propose-cover.js';

const people = Object.fromEntries(
  ['ana', 'bo', 'chen', 'dee'].map((name) => [name, { name, timeZone: 'UTC' }]),
);
const weekly = { every: '1w', handover: 'Mon 09:00', from: '2026-11-02' };
const config = Config.parse({
  people,
  teams: { live: { members: ['dee'], ladder: { tier1: 'schedule primary' } } },
  schedules: {
    primary: {
      timeZone: 'UTC',
      layers: [
        { people: ['ana', 'bo', 'chen'], ...weekly },
        { people: ['dee'], role: 'shadow' },
      ],
    },
    other: { timeZone: 'UTC', layers: [{ people: ['chen'], ...weekly }] },
  },
  calendars: {
    office: {
      timeZone: 'UTC',
      hours: { 'Mon-Fri': '09:00-17:00' },
      holidays: ['2026-11-11', '2026-11-14'],
      worked: ['2026-11-14'],
    },
  },
});
const utc = (text: string): number => at(`${text}[UTC]`);
const window = { from: utc('2026-11-02T09:00'), until: utc('2026-11-23T09:00') };

describe('the load of people', () => {
  it('counts each hour once, however many turns it has, and names who has none', () => {
    const loads = loadOfPeople(config, changeBook([]), { window });
    expect(loads.map(({ person, hours, turns }) => [person, hours, turns])).toEqual([
      ['chen', 504, 4],
      ['ana', 168, 1],
      ['bo', 168, 1],
    ]);
  });

  it('is that of one schedule with its changes, by the holidays of a calendar', () => {
    const covered = override('dee', ['2026-11-11T00:00', '2026-11-12T12:00']);
    const asked = { window, schedule: 'primary', calendar: 'office' };
    const loads = loadOfPeople(config, changeBook([covered]), asked);
    expect(loads).toMatchObject([
      { person: 'ana', hours: 168, holidays: 0 },
      { person: 'chen', hours: 168, holidays: 0 },
      { person: 'bo', hours: 132, nights: 6, weekends: 1, holidayHours: 0 },
      { person: 'dee', hours: 36, nights: 2, holidayHours: 24, holidays: 1 },
    ]);
  });
});

describe('proposed cover', () => {
  const stretch = {
    ...({ schedule: 'primary', role: 'primary', person: 'ana' } as const),
    ...{ from: utc('2026-11-04T00:00'), until: utc('2026-11-05T00:00') },
  };

  it('names the rested first, then those with fewer hours; who is on call or away is left out', () => {
    expect(proposeCover(config, changeBook([]), stretch)).toEqual([
      { person: 'dee', hours: 0, nights: 0, rested: true },
      { person: 'bo', hours: 168, nights: 7, rested: true },
    ]);
    const tired = override('dee', ['2026-11-05T05:00', '2026-11-05T07:00'], { id: 'o1' });
    const away = leave('bo', ['2026-11-04T10:00', '2026-11-04T11:00']);
    expect(proposeCover(config, changeBook([tired]), stretch)).toEqual([
      { person: 'bo', hours: 168, nights: 7, rested: true },
      { person: 'dee', hours: 2, nights: 1, rested: false },
    ]);
    expect(proposeCover(config, changeBook([away]), stretch).map(({ person }) => person)).toEqual(['dee']);
  });
});
