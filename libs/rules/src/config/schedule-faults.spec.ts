import { describe, expect, it } from '@jest/globals';
import { readConfig } from './read-config.js';
import { starterTree } from './starter-tree.given.js';

const ROTATION = { people: ['ana', 'bo'], every: '1w', handover: 'Mon 09:00', from: '2026-11-02' };
const OFFICE = { days: 'Mon-Fri', from: '09:00', to: '18:00' };
const NIGHTS = { days: 'Mon-Fri', from: '18:00', to: '09:00' };

function faultsOf(schedule: object): string[] {
  const read = readConfig({
    ...starterTree(),
    calendars: { 'sg-business': { timeZone: 'Asia/Singapore', hours: { 'Mon-Fri': '09:00-18:00' } } },
    schedules: { primary: { timeZone: 'Asia/Singapore', ...schedule } },
  });
  return read.ok
    ? []
    : read.faults.map(({ pointer, message }) => `${pointer.slice('/schedules/primary'.length)}: ${message}`);
}

describe('a schedule', () => {
  it('may restrict its layers, name roles and require the hours of a calendar', () => {
    const layers = [
      ROTATION,
      { people: ['chen'], role: 'shadow', only: [OFFICE] },
      {
        ...ROTATION,
        every: '1d',
        handover: '09:00',
        role: 'secondary',
        only: [OFFICE, { days: ['Sat', 'Sun'] }],
      },
    ];
    expect(faultsOf({ layers, requires: 'calendar sg-business' })).toEqual([]);
  });

  it('has the days, clock times and hours resolved', () => {
    const tree = {
      people: starterTree().people,
      schedules: {
        s: { timeZone: 'UTC', layers: [{ people: ['bo'], only: [{ days: 'Fri-Mon', to: '06:30' }] }] },
      },
    };
    const read = readConfig(tree);
    expect(read.ok && read.config.schedules['s']?.layers[0]).toEqual({
      people: ['bo'],
      role: 'primary',
      by: 'wall-clock',
      only: [{ days: ['Mon', 'Fri', 'Sat', 'Sun'], from: 0, to: 390 }],
    });
  });

  it.each([
    [{ ...ROTATION, people: ['bo', 'chenn'] }, '/people/1: «chenn» is no person; did you mean «chen»?'],
    [
      { ...ROTATION, role: 'shaddow' },
      '/role: Invalid option: expected one of "primary"|"secondary"|"shadow"',
    ],
    [
      { ...ROTATION, only: [{ days: 'Mon-Fry' }] },
      '/only/0/days: days such as Mon-Fri or Sat, or a list of them',
    ],
    [
      { ...ROTATION, only: [OFFICE, { days: 'Tue', from: '10:00', to: '11:00' }] },
      '/only/1: these hours add nothing: others of this layer cover them already; drop them',
    ],
    [
      { ...ROTATION, only: [OFFICE, OFFICE] },
      '/only/1: these hours add nothing: others of this layer cover them already; drop them',
    ],
    [
      { ...ROTATION, by: 'elapsed', every: '24h', only: [OFFICE] },
      '/by: with «only», turns by elapsed time must last whole weeks, because others drift against the clock and skip people; write «by: wall-clock»',
    ],
    [
      { people: ['ana', 'bo'] },
      ': several people take turns: say «every», «handover» and «from», such as «every: 1w, handover: Mon 09:00, from: 2026-11-02»',
    ],
    [
      { people: ['ana'], every: '1w' },
      ': a rotation needs «every», «handover» and «from» together; one person without a rotation needs none of «every» and «handover»',
    ],
  ])('with the layer %j is faulty', (layer, fault) => {
    expect(faultsOf({ layers: [{ people: ['dee'], from: '2020-01-01' }, layer] })).toContain(
      `/layers/1${fault}`,
    );
  });

  it('whose layers are all shadows would page nobody', () => {
    expect(faultsOf({ layers: [{ ...ROTATION, role: 'shadow' }] })).toEqual([
      '/layers: no layer has the role primary, so nobody of this schedule is ever paged; give one layer «role: primary» or leave its role out',
    ]);
  });

  const never =
    '/layers/0: this layer can never happen: later layers of the same role cover all of its hours from its beginning on; drop it, or restrict them with «only»';

  it.each([
    ['a later one without hours', [ROTATION, ROTATION], [never]],
    [
      'later ones that cover its hours together',
      [
        { ...ROTATION, only: [{ days: 'Mon-Fri' }] },
        { people: ['bo'], only: [OFFICE] },
        { people: ['chen'], only: [NIGHTS, { days: 'Mon', to: '09:00' }] },
      ],
      [never],
    ],
    [
      'later ones that leave it an hour',
      [ROTATION, { people: ['bo'], only: [OFFICE] }, { people: ['chen'], only: [NIGHTS] }],
      [],
    ],
    ['a later one that begins later', [ROTATION, { ...ROTATION, from: '2027-01-04' }], []],
    ['a later one of another role', [ROTATION, { ...ROTATION, role: 'secondary' }], []],
  ])('with %s above a layer', (_, layers, faults) => {
    expect(faultsOf({ layers })).toEqual(faults);
  });

  it('that requires the hours of a calendar that there is not is faulty, with the nearest one', () => {
    expect(faultsOf({ layers: [ROTATION], requires: 'calendar sg-busines' })).toEqual([
      expect.stringMatching(/^\/requires: .*sg-busines.*did you mean «?sg-business/i),
    ]);
  });

  it('that requires neither 24x7 nor a calendar is faulty', () => {
    expect(faultsOf({ layers: [ROTATION], requires: 'business' })).toEqual([
      '/requires: 24x7, or calendar NAME',
    ]);
  });
});
