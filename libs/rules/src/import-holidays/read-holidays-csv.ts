import { type ImportFault, Unreadable } from '../on-call/import-leave/imported-leave.js';
import { rowsOf } from '../on-call/import-leave/read-csv.js';
import { type HolidaysAsked, type NamedDay, type ReadHolidays, tableOfDays } from './holiday-file.js';

const COLUMNS = ['date', 'name', 'kind', 'country'];

/** Without a kind it is a holiday. */
const WORKED: Readonly<Record<string, boolean>> = { '': false, holiday: false, workday: true };

interface MarketDay extends NamedDay {
  readonly country: string;
}

/** Public holidays from rows `date,name,kind,country` in any order of columns; a `workday` is a weekend day that is worked. */
export function readHolidaysCsv(text: string, { market, years }: HolidaysAsked): ReadHolidays {
  const { rows, brokenAt } = rowsOf(text.replace(/^\uFEFF/, ''));
  if (brokenAt !== undefined) return { ok: false, faults: [{ line: brokenAt, message: 'importQuotes' }] };
  const header = rows[0]?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  if (!header.includes('date') || header.some((column) => !COLUMNS.includes(column)))
    return refused({ line: 1, message: 'holidayColumns', facts: { columns: COLUMNS.join(', ') } });
  const { days, faults } = daysOf(header, rows.slice(1));
  if (faults.length > 0) return { ok: false, faults };
  const mixed = faultOfMarket(days, market);
  if (mixed !== undefined) return refused(mixed);
  return tableOfDays(
    days.filter(({ country }) => isOf(country, market)),
    years,
  );
}

const isOf = (country: string, market: string | undefined): boolean =>
  country === '' || market === undefined || country === market;

function daysOf(
  header: readonly string[],
  rows: ReturnType<typeof rowsOf>['rows'],
): { readonly days: MarketDay[]; readonly faults: ImportFault[] } {
  const faults: ImportFault[] = [];
  const days: MarketDay[] = [];
  for (const { line, cells } of rows) {
    try {
      days.push(dayOf(line, Object.fromEntries(header.map((name, n) => [name, (cells[n] ?? '').trim()]))));
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push(error.fault);
    }
  }
  return { days, faults };
}

/** A file of several markets must not be taken for one. */
function faultOfMarket(days: readonly MarketDay[], market: string | undefined): ImportFault | undefined {
  const markets = [...new Set(days.map(({ country }) => country))].filter((name) => name !== '');
  const names = markets.join(', ');
  if (market === undefined)
    return markets.length > 1 ? { line: 1, message: 'holidayMarkets', facts: { markets: names } } : undefined;
  return markets.length > 0 && !markets.includes(market)
    ? { line: 1, message: 'holidayNoMarket', facts: { market, markets: names } }
    : undefined;
}

const refused = (fault: ImportFault): ReadHolidays => ({ ok: false, faults: [fault] });

function dayOf(line: number, row: Readonly<Record<string, string>>): MarketDay {
  const { date = '', name = '', kind = '', country = '' } = row;
  const worked = WORKED[kind.toLowerCase()];
  if (worked === undefined) throw new Unreadable({ line, message: 'holidayKind', facts: { text: kind } });
  if (!isDate(date)) throw new Unreadable({ line, message: 'holidayDate', facts: { text: date } });
  return { line, date, name: name === '' ? undefined : name, worked, country };
}

/** Date.parse takes the 30th of February for the 2nd of March. */
const isDate = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);
