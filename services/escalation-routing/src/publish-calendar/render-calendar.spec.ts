import { describe, expect, it } from '@jest/globals';
import { Config } from '@tocsin/contracts';
import { changeBook, type ShiftChange } from '@tocsin/rules';
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
