import { Schedule } from '@tocsin/contracts';
import { Temporal } from 'temporal-polyfill';
import { finalShifts } from './final-shifts.js';
import type { Lane } from './lane.js';

/** An instant as specs write it: `2026-11-02T09:00[Asia/Singapore]`. */
export const at = (text: string): number => Temporal.ZonedDateTime.from(text).epochMilliseconds;

/** A schedule as the YAML has it; its layers are weekly from Monday 2026-11-02 on unless they say otherwise. */
export const scheduleOf = (timeZone: string, ...layers: readonly object[]): Schedule =>
  Schedule.parse({
    timeZone,
    layers: layers.map((layer) =>
      'every' in layer || 'people' in layer === false ? layer : { ...WEEKLY, ...layer },
    ),
  });

const WEEKLY = { every: '1w', handover: 'Mon 09:00', from: '2026-11-02' };

/** One person for ever. */
export const standing = (person: string, more: object = {}): object => ({
  people: [person],
  every: undefined,
  ...more,
});

/** A timeline as lines to read: `Mon 09:00-18:00 ana (layer 2)`, in the zone of the schedule. */
export function linesOf(schedule: Schedule, from: string, until: string, lane: Lane = {}): string[] {
  const zone = schedule.timeZone;
  const { shifts, gaps } = finalShifts(
    schedule,
    { from: at(`${from}[${zone}]`), until: at(`${until}[${zone}]`) },
    lane,
  );
  const local = (instant: number): string =>
    Temporal.Instant.fromEpochMilliseconds(instant)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString()
      .slice(5, 16);
  const who = (entry: (typeof shifts)[number] | (typeof gaps)[number]): string => {
    const { why } = entry;
    const person = 'person' in entry ? entry.person : 'nobody';
    switch (why.by) {
      case 'layer':
        return `${person} (layer ${why.layer})`;
      case 'no-layer':
        return person;
      default:
        return `${person} (${why.by} ${why.change})`;
    }
  };
  return [...shifts, ...gaps]
    .toSorted((a, b) => a.from - b.from)
    .map((entry) => `${local(entry.from)} ${local(entry.until)} ${who(entry)}`);
}
