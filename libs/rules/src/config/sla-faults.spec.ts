import { describe, expect, it } from '@jest/globals';
import { readConfig } from './read-config.js';

const CALENDAR = { timeZone: 'Asia/Singapore', hours: { 'Mon-Fri': '09:00-18:00' }, holidays: 'SG' };
const POLICY = {
  name: 'creators, business',
  when: 'case.party == "creator" && case.priority in ["P1", "P2"]',
  calendar: 'sg-business',
  targets: { acknowledge: { P1: '5m' }, resolve: { P1: '4h', P2: '2d' } },
};

const treeWith = (calendar: object, policy: object = {}): unknown => ({
  holidays: { SG: { days: [{ date: '2026-11-09', name: 'Deepavali' }, '2026-12-25'] } },
  calendars: { 'sg-business': { ...CALENDAR, ...calendar } },
  sla: [{ ...POLICY, ...policy }],
});

const faultsOf = (tree: unknown): string[] => {
  const read = readConfig(tree);
  return read.ok ? [] : read.faults.map(({ pointer, message }) => `${pointer}: ${message}`);
};

describe('calendars and SLA policies of a config tree', () => {
  it('are read with hours by day, days as days, and defaults', () => {
    const hours = { 'Mon-Thu': ['13:00-18:00', '09:00-12:00'], Fri: '09:00-24:00' };
    const read = readConfig(treeWith({ hours }));
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const split = [
      { from: 540, until: 720 },
      { from: 780, until: 1080 },
    ];
    expect(read.config.calendars['sg-business']?.hours).toEqual([
      ...[split, split, split, split],
      ...[[{ from: 540, until: 1440 }], [], []],
    ]);
    expect(read.config.sla[0]).toMatchObject({
      targets: { resolve: { P1: { days: 0, seconds: 14_400 }, P2: { days: 2, seconds: 0 } } },
      'at-risk': 80,
      'pause-in': [],
      'on-breach': 'tell',
    });
  });

  it('need no calendar of their own for 24x7, and no holidays', () => {
    expect(faultsOf({ sla: [{ ...POLICY, calendar: '24x7' }] })).toEqual([]);
    expect(faultsOf(treeWith({ holidays: ['2026-05-01', { date: '2026-05-02' }] }))).toEqual([]);
  });

  it.each([
    [{ holidays: 'SGP' }, '/calendars/sg-business/holidays: «SGP» is no holiday table; did you mean «SG»?'],
    [
      { hours: {} },
      '/calendars/sg-business/hours: a calendar needs hours, such as «Mon-Fri: "09:00-18:00"»; for every second use calendar 24x7',
    ],
    [
      { hours: { Mo: '09:00-18:00' } },
      '/calendars/sg-business/hours/Mo: a day or days such as Sat or Mon-Fri',
    ],
    [
      { hours: { Mon: '9-18' } },
      '/calendars/sg-business/hours/Mon: hours such as 09:00-18:00; the end may be 24:00',
    ],
    [
      { hours: { Mon: '22:00-06:00' } },
      '/calendars/sg-business/hours/Mon: hours end after they begin; across midnight write two, such as 22:00-24:00 and, of the next day, 00:00-06:00',
    ],
    [
      { hours: { 'Mon-Fri': '09:00-18:00', Wed: '17:00-20:00' } },
      '/calendars/sg-business/hours: two hours of the same day overlap; write each part of a day once',
    ],
  ])('with the calendar %j say the place and the cure', (calendar, fault) => {
    expect(faultsOf(treeWith(calendar))).toContain(fault);
  });

  it.each([
    [{ calendar: 'sg-busines' }, '/sla/0/calendar: «sg-busines» is no calendar; did you mean «sg-business»?'],
    [{ calendar: '24/7' }, expect.stringContaining('/sla/0/calendar: ')],
    [
      { targets: {} },
      '/sla/0/targets: a policy needs at least one target: acknowledge, first-response, next-update or resolve',
    ],
    [
      { targets: { resolve: {} } },
      '/sla/0/targets/resolve: a target needs a duration for at least one priority, such as «P1: 15m»',
    ],
    [
      { targets: { resolve: { P1: '1w' } } },
      '/sla/0/targets/resolve/P1: a whole number with a unit: 30s, 15m, 4h or 2d (a day is a whole working day of the calendar)',
    ],
    [{ targets: { resolve: { P1: '400d' } } }, '/sla/0/targets/resolve/P1: at most 366d'],
    [{ 'at-risk': '100%' }, '/sla/0/at-risk: whole percent from 1% to 99%'],
    [
      { 'pause-in': ['waiting-for-custommer'] },
      '/sla/0/pause-in/0: «waiting-for-custommer» is no status of a ticket; did you mean «waiting-for-customer»?',
    ],
    [{ when: 'case.markt == "SG"' }, '/sla/0/when: «markt» is no field of a case; did you mean «market»?'],
    [{ when: 'case.market == 3' }, '/sla/0/when: condition: no such overload: string == int'],
    [{ when: 'case.market' }, '/sla/0/when: condition: is string, and must be true or false'],
    [
      { when: 'now.hour < 6' },
      '/sla/0/when: a promise is made as the case opens: its condition looks at case.* only, not at the clock; hours belong to the calendar',
    ],
  ])('with the policy %j say the place and the cure', (policy, fault) => {
    expect(faultsOf(treeWith({}, policy))).toContainEqual(fault);
  });

  it('refuse a second policy of the same name, and a calendar that is called 24x7', () => {
    const tree = treeWith({}) as { sla: object[]; calendars: Record<string, object> };
    expect(faultsOf({ ...tree, sla: [POLICY, POLICY] })).toContain(
      '/sla/1/name: «creators, business» is used twice; give each its own name',
    );
    expect(faultsOf({ ...tree, calendars: { ...tree.calendars, '24x7': CALENDAR } })).toEqual([
      '/calendars/24x7: 24x7 is there already and counts every second; choose another name',
    ]);
  });
});
