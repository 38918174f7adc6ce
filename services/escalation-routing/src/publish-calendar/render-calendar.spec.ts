import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { changeBook, type ShiftChange, whoIsOnCall } from '@tocsin/rules';
import { fc } from '@tocsin/test-rig/worlds';
import { calendarEntries } from './calendar-entries.js';
import { renderCalendar } from './render-calendar.js';

const now = Date.parse('2026-11-25T00:00:00.500Z');
const entry = { uid: 'live.primary.1@tocsin', summary: 'Bo', from: now, until: now + 3_600_000 };

const unfolded = (text: string): string => text.replaceAll('\r\n ', '');

describe('a calendar', () => {
  it('is what RFC 5545 says', () => {
    expect(renderCalendar({ name: 'live; a, b', entries: [entry], now })).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Tocsin//On-call shifts//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:PUBLISH',
        String.raw`X-WR-CALNAME:live\; a\, b`,
        'BEGIN:VEVENT',
        'UID:live.primary.1@tocsin',
        'DTSTAMP:20261125T000000Z',
        'DTSTART:20261125T000000Z',
        'DTEND:20261125T010000Z',
        'SUMMARY:Bo',
        'TRANSP:TRANSPARENT',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('has no line over 75 octets, breaks no character, and says the same unfolded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (summary) => {
        const text = renderCalendar({ name: 'live', entries: [{ ...entry, summary }], now });
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line.isWellFormed()).toBe(true);
        }
        const line = unfolded(text)
          .split('\r\n')
          .find((candidate) => candidate.startsWith('SUMMARY:'));
        const said = (line ?? '')
          .slice('SUMMARY:'.length)
          .replaceAll(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
        expect(said).toBe(
          summary.replaceAll(/\r\n|\r/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''),
        );
      }),
    );
  });
});

describe('the entries of a lane', () => {
  const config = Config.parse({
    people: { ana: { name: 'Ana', timeZone: 'UTC' }, bo: { name: 'Bo', timeZone: 'UTC' } },
    schedules: {
      live: {
        timeZone: 'UTC',
        layers: [{ people: ['ana', 'bo'], every: '1w', handover: 'Mon 09:00', from: '2026-01-05' }],
      },
    },
  });
  const DAY = 86_400_000;
  const entriesFrom = (from: number, ...changes: ShiftChange[]) =>
    calendarEntries({
      ...{ config, changes: changeBook(changes), schedule: 'live', role: 'primary' },
      window: { from, until: from + 21 * DAY },
    });

  it('keep their ids and times while the window moves', () => {
    const today = entriesFrom(now);
    const tomorrow = entriesFrom(now + DAY);
    expect(tomorrow).toEqual(today);
    expect(new Set(today.map(({ uid }) => uid)).size).toBe(today.length);
  });

  /** The entries as any reader of the format finds them. */
  function readBack(text: string): { who: string; from: number; until: number }[] {
    const instant = (stamp: string): number =>
      Date.parse(stamp.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
    return unfolded(text)
      .split('BEGIN:VEVENT')
      .slice(1)
      .map((event) => {
        const value = (name: string): string => new RegExp(`^${name}:(.*)\r$`, 'm').exec(event)?.[1] ?? '';
        const [who = ''] = value('SUMMARY').split(':');
        return { who, from: instant(value('DTSTART')), until: instant(value('DTEND')) };
      });
  }

  it('read back say who is on call at any instant, with all changes', () => {
    const HOUR = 3_600_000;
    const span = fc.tuple(fc.nat(480), fc.integer({ min: 1, max: 60 })).map(([from, lasts]) => ({
      from: now - 500 + (from - 48) * HOUR,
      until: now - 500 + (from - 48 + lasts) * HOUR,
    }));
    const change = fc.tuple(fc.constantFrom('override', 'series', 'temporary', 'leave'), span);
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 5 }),
        fc.array(fc.nat(504), { minLength: 8 }),
        (given, hours) => {
          const changes = given.map(([kind, stretch], n): ShiftChange => {
            const head = { id: `c${n}`, recordedAt: n, recordedBy: 'ops', ...stretch };
            const lane = { schedule: 'live', role: 'primary' } as const;
            if (kind === 'leave') return { kind, ...head, person: 'ana' };
            if (kind === 'temporary') {
              const layers = [{ people: ['ana'], role: 'primary', by: 'wall-clock' } as const];
              return {
                kind,
                ...head,
                schedule: 'live',
                layers: layers.map((layer) => ({ ...layer, people: ['ana'] })),
              };
            }
            const repeats = { rule: 'FREQ=DAILY;INTERVAL=3', timeZone: 'UTC', until: now + 30 * DAY };
            return {
              kind: 'override',
              ...head,
              ...lane,
              person: 'bo',
              ...(kind === 'series' ? { repeats } : {}),
            };
          });
          const book = changeBook(changes);
          const window = { from: now, until: now + 21 * DAY };
          const published = { config, changes: book, schedule: 'live', role: 'primary', window } as const;
          const entries = readBack(
            renderCalendar({ name: 'live', entries: calendarEntries(published), now }),
          );
          const { live } = config.schedules;
          for (const hour of hours) {
            const instant = now - 500 + HOUR + hour * HOUR;
            if (live === undefined || instant >= window.until) continue;
            const person = whoIsOnCall(live, instant, { changes: book.of('live', 'primary') })?.person;
            const found = entries.filter(({ from, until }) => from <= instant && instant < until);
            expect(found.map(({ who }) => who.toLowerCase())).toEqual(person === undefined ? [] : [person]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('show an override as an entry of its own', () => {
    const override: ShiftChange = {
      ...{
        kind: 'override',
        id: 'chg_1',
        recordedAt: 0,
        recordedBy: 'ops',
        schedule: 'live',
        role: 'primary',
      },
      ...{ person: 'bo', from: now + DAY, until: now + 2 * DAY },
    };
    const replaced = entriesFrom(now, override).find(({ description }) => description === 'override chg_1');
    expect(replaced).toMatchObject({ summary: 'Bo: live', from: now + DAY, until: now + 2 * DAY });
  });
});
