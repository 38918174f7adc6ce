import type { TimeSpan } from '../on-call-shift.js';
import { DAY_MS, instantOfLocal } from '../zone-clock.js';
import { type ImportedLeave, type ImportFault, type ReadLeave, Unreadable } from './imported-leave.js';

interface Whose {
  /** Of rows that name nobody. */
  readonly person: string | undefined;
  /** @returns undefined when there is no such person */
  readonly zoneOf: (person: string) => string | undefined;
  readonly window: TimeSpan;
}

const COLUMNS = ['person', 'from', 'until', 'reason', 'id'];

/**
 * Leave from rows `person,from,until,reason,id` in any order of columns. A day as `until` is the last day away; times
 * (`2026-12-24T12:00`) are of the person's zone. Without an `id` person and times are the key.
 */
export function readCsv(text: string, whose: Whose): ReadLeave {
  const { rows, brokenAt } = rowsOf(text.replace(/^\uFEFF/, ''));
  if (brokenAt !== undefined) return { ok: false, faults: [{ line: brokenAt, message: 'importQuotes' }] };
  const header = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const unknown = header.find((column) => !COLUMNS.includes(column));
  const missing = ['from', 'until'].find((column) => !header.includes(column));
  if (unknown !== undefined || missing !== undefined)
    return {
      ok: false,
      faults: [{ line: 1, message: 'importColumns', facts: { columns: COLUMNS.join(', ') } }],
    };
  const faults: ImportFault[] = [];
  const leave: ImportedLeave[] = [];
  for (const { line, cells } of rows.slice(1)) {
    try {
      leave.push(
        leaveOf(line, Object.fromEntries(header.map((name, n) => [name, (cells[n] ?? '').trim()])), whose),
      );
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(error.fault);
    }
  }
  const within = leave.filter(({ from, until }) => until > whose.window.from && from < whose.window.until);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, leave: within };
}

function leaveOf(line: number, row: Readonly<Record<string, string>>, whose: Whose): ImportedLeave {
  const { from: begins = '', until: ends = '', reason = '', id } = row;
  const { person, zone } = personOf(line, row['person'], whose);
  const from = timeIn(begins, zone, { line, name: 'from' });
  const until = timeIn(ends, zone, { line, name: 'until' });
  if (until <= from) throw new Unreadable({ line, message: 'endsBeforeItBegins' });
  return {
    key: filled(id) ?? `${begins}/${ends}`,
    ...{ person, from, until },
    ...(reason === '' ? {} : { reason: reason.slice(0, 500) }),
  };
}

const filled = (cell: string | undefined): string | undefined => (cell === '' ? undefined : cell);

function personOf(line: number, named: string | undefined, whose: Whose): { person: string; zone: string } {
  const person = filled(named) ?? whose.person;
  if (person === undefined) throw new Unreadable({ line, message: 'importNobody' });
  const zone = whose.zoneOf(person);
  if (zone === undefined) throw new Unreadable({ line, message: 'importPerson', facts: { person } });
  return { person, zone };
}

const WHEN = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d)?$/;

function timeIn(
  text: string,
  zone: string,
  { line, name }: { readonly line: number; readonly name: string },
): number {
  const isDay = text.length === 10;
  const local = WHEN.test(text) ? Date.parse(`${text.replace(' ', 'T')}${isDay ? 'T00:00' : ''}Z`) : NaN;
  // Date.parse takes the 30th of February for the 2nd of March.
  if (Number.isNaN(local) || new Date(local).getUTCDate() !== Number(text.slice(8, 10)))
    throw new Unreadable({ line, message: 'importTime', facts: { name, text } });
  return instantOfLocal(zone, isDay && name === 'until' ? local + DAY_MS : local);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/gy;

const LINE_END = /\r\n|\n|\r/;

/** RFC 4180: a cell in quotes may hold commas, line ends and doubled quotes. Empty lines are none. */
export function rowsOf(text: string): { rows: Row[]; brokenAt?: number } {
  const rows: Row[] = [];
  let [cells, line, at, read]: [string[], number, number, number] = [[], 1, 1, 0];
  for (const [whole, quoted, plain = '', end] of text.matchAll(CELL)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain);
    read += whole.length;
    at += whole.split(LINE_END).length - 1;
    if (end === ',') continue;
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells });
    line = at;
    cells = [];
  }
  return read < text.length ? { rows, brokenAt: at } : { rows };
}
