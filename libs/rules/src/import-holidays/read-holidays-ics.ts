import type { ImportFault } from '../on-call/import-leave/imported-leave.js';
import { unescaped } from '../on-call/import-leave/ics-lines.js';
import { type EventStretch, readStretches } from '../on-call/import-leave/read-ics.js';
import { DAY_MS } from '../on-call/zone-clock.js';
import { type HolidaysAsked, type NamedDay, type ReadHolidays, tableOfDays } from './holiday-file.js';

/** A longer one is a mistake, or no holiday. */
const MOST_DAYS = 31;

/** How calendars name a weekend day that is worked in place of a holiday. */
const WORKED_NAME = /补班|補班|上班|[（(]班[)）]|调班|調班|\bwork(?:ing)?[ -]?day\b|\bmake-?up work/i;

/**
 * Public holidays from a calendar (RFC 5545) of whole days, series included. A day is worked when the event says so by
 * Apple's X-APPLE-SPECIAL-DAY or by its name; what Google's calendars describe as an observance is no day off.
 */
export function readHolidaysIcs(text: string, { years }: HolidaysAsked): ReadHolidays {
  const window = { from: Date.UTC(years.first, 0), until: Date.UTC(years.last + 1, 0) };
  const read = readStretches(text, { person: '', zone: 'UTC', window });
  if (!read.ok) return read;
  const faults = faultsOf(read.stretches);
  if (faults.length > 0) return { ok: false, faults };
  const observances = read.stretches.filter(({ event }) => /^observance\b/i.test(said(event, 'DESCRIPTION')));
  return tableOfDays(
    read.stretches.filter((stretch) => !observances.includes(stretch)).flatMap(daysOf),
    years,
    observances.map(({ event: { line }, leave: { reason = '' } }) => ({ line, name: reason })),
  );
}

/** Each event is named once, however often it comes. */
function faultsOf(stretches: readonly EventStretch[]): ImportFault[] {
  const faults = new Map<number, ImportFault>();
  for (const { event, leave } of stretches) {
    const { line } = event;
    if (!event.start.isDate) faults.set(line, { line, message: 'holidayHours' });
    else if (leave.until - leave.from > MOST_DAYS * DAY_MS)
      faults.set(line, { line, message: 'holidayLong', facts: { most: String(MOST_DAYS) } });
  }
  return [...faults.values()];
}

const said = ({ properties }: EventStretch['event'], name: string): string =>
  unescaped(properties.find((line) => line.name === name)?.value ?? '').trim();

function daysOf({ event, leave }: EventStretch): NamedDay[] {
  const { from, until, reason: name } = leave;
  const special = said(event, 'X-APPLE-SPECIAL-DAY').toUpperCase();
  const worked =
    special === 'ALTERNATE-WORKDAY' || (special === '' && name !== undefined && WORKED_NAME.test(name));
  return Array.from({ length: Math.ceil((until - from) / DAY_MS) }, (_, n) => ({
    ...{ line: event.line, name, worked },
    date: new Date(from + n * DAY_MS).toISOString().slice(0, 10),
  }));
}
