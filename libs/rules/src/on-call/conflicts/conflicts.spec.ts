import { describe, expect, it } from '@jest/globals';
import { Config, isoOf } from '@tocsin/contracts';
import { fc } from '@tocsin/test-rig/worlds';
import { leave, override } from '../changes/change.given.js';
import { changeBook } from '../changes/change-book.js';
import type { ShiftChange } from '../changes/shift-change.js';
import { at } from '../schedule.given.js';
import { whoIsOnCall } from '../who-is-on-call.js';
import { shiftConflicts } from './shift-conflicts.js';
import { dueLead, nextLeadAt, toldOfConflict } from './warn-of-conflict.js';

const config = Config.parse({
  people: Object.fromEntries(['ana', 'bo', 'chen', 'dee'].map((name) => [name, { name, timeZone: 'UTC' }])),
  teams: {
    live: {
      members: ['ana'],
      ladder: { tier1: 'schedule primary', tier2: 'person chen', manager: 'person dee' },
    },
    pay: { members: ['bo'], ladder: { tier2: 'schedule primary', manager: 'person dee' } },
    else: { members: ['bo'], ladder: { tier2: 'person bo' } },
  },
  schedules: {
    primary: {
      timeZone: 'UTC',
      layers: [
        { people: ['ana', 'bo'], every: '1w', handover: 'Mon 09:00', from: '2026-11-02' },
        { people: ['chen'], role: 'shadow' },
      ],
    },
  },
});
const utc = (text: string): number => at(`${text}[UTC]`);
const window = { from: utc('2026-11-02T09:00'), until: utc('2026-12-14T09:00') };
const found = (...changes: ShiftChange[]): string[] =>
  shiftConflicts(config, changeBook(changes), window).map(
    ({ person, from, until, held }) =>
      `${isoOf(from).slice(5, 16)} ${isoOf(until).slice(5, 16)} ${person}${held ? ' held' : ''}`,
  );

describe('conflicts of shifts with leave', () => {
  it('are the parts of turns at which their person is away; leave day by day is one', () => {
    const days = ['2026-11-07', '2026-11-08', '2026-11-09', '2026-11-10'].map((date, n) =>
      leave('ana', [`${date}T00:00`, `2026-11-${String(8 + n).padStart(2, '0')}T00:00`], { id: `l${n}` }),
    );
    expect(found(...days)).toEqual(['11-07T00:00 11-09T09:00 ana']);
  });

  it('are none when somebody covers, in a shadow’s lane, or for others', () => {
    const away = leave('ana', ['2026-11-07T00:00', '2026-11-08T00:00']);
    expect(found(away, override('bo', ['2026-11-06T00:00', '2026-11-09T00:00']))).toEqual([]);
    expect(found(leave('chen', ['2026-11-07T00:00', '2026-11-08T00:00']))).toEqual([]);
    expect(found(leave('bo', ['2026-11-07T00:00', '2026-11-08T00:00']))).toEqual([]);
  });

  it('are also hours that somebody took and cannot have', () => {
    const taken = override('bo', ['2026-11-06T00:00', '2026-11-08T00:00']);
    expect(found(taken, leave('bo', ['2026-11-07T00:00', '2026-11-08T12:00']))).toEqual([
      '11-07T00:00 11-08T00:00 bo held',
    ]);
  });

  it('equal a look at every hour', () => {
    const hour = 3_600_000;
    const hours = fc.tuple(fc.nat(900), fc.integer({ min: 1, max: 200 })).map(([from, length]) => ({
      from: window.from + from * hour,
      until: window.from + (from + length) * hour,
    }));
    const person = fc.constantFrom('ana', 'bo', 'dee');
    const change = fc.tuple(fc.boolean(), person, hours);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (given) => {
        const changes = given.map(([isLeave, who, span], n): ShiftChange => {
          const head = { id: `c${n}`, recordedAt: n, recordedBy: 'ops', person: who, ...span };
          return isLeave
            ? { kind: 'leave', ...head }
            : { kind: 'override', schedule: 'primary', role: 'primary', ...head };
        });
        const book = changeBook(changes);
        const lane = book.of('primary', 'primary');
        const conflicts = shiftConflicts(config, book, window);
        for (let instant = window.from; instant < window.until; instant += hour) {
          const isAway = (name: string): boolean =>
            changes.some(
              (c) => c.kind === 'leave' && c.person === name && c.from <= instant && instant < c.until,
            );
          const holder = whoIsOnCall(config.schedules['primary'] ?? never(), instant, {
            changes: { ...lane, leaveOf: () => [] },
          })?.person;
          const expected = holder !== undefined && isAway(holder) ? holder : undefined;
          const told = conflicts.find(({ from, until }) => from <= instant && instant < until)?.person;
          if (told !== expected) throw new Error(`${isoOf(instant)}: ${told} is not ${expected}`);
        }
      }),
      { numRuns: 100 },
    );
  });

  function never(): never {
    throw new Error('no schedule');
  }
});

describe('warnings of a conflict', () => {
  const from = utc('2026-11-30T09:00');

  it.each([
    ['2026-11-16T08:59:59.999', undefined, '2026-11-16T09:00:00.000Z'],
    ['2026-11-16T09:00', '14d', '2026-11-27T09:00:00.000Z'],
    ['2026-11-27T09:00', '3d', '2026-11-29T21:00:00.000Z'],
    ['2026-11-29T21:00', '12h', undefined],
    ['2026-11-30T08:59', '12h', undefined],
    ['2026-11-30T09:00', undefined, undefined],
  ])('at %s: %s, then %s', (text, lead, next) => {
    const now = utc(text);
    expect(dueLead({ from }, now)).toBe(lead);
    const at = nextLeadAt({ from }, now);
    expect(at === undefined ? undefined : isoOf(at)).toBe(next);
  });

  it('go to the person, to Tier 2 of the teams that have the schedule, or their manager', () => {
    const away = changeBook([leave('ana', ['2026-11-07T00:00', '2026-11-08T00:00'])]);
    const [conflict] = shiftConflicts(config, away, window);
    const told = (now: string): string[] =>
      conflict === undefined ? [] : toldOfConflict(config, away, { conflict, now: utc(now) });
    expect(told('2026-11-03T00:00')).toEqual(['ana', 'chen']);
    // Tier 2 of team pay is whoever has the schedule.
    expect(told('2026-10-01T00:00')).toEqual(['ana', 'chen']);
  });
});
