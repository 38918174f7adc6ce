import type { ImportFault } from '../on-call/import-leave/imported-leave.js';

export interface HolidaysAsked {
  /** Of a file that has several. */
  readonly market: string | undefined;
  /** Dates of other years are left out; both ends belong to it. */
  readonly years: { readonly first: number; readonly last: number };
}

/** What a file says of the years asked for, in the order of dates, each once. */
export interface HolidayFile {
  readonly days: readonly { readonly date: string; readonly name?: string }[];
  /** Weekend days that are worked. */
  readonly worked: readonly string[];
  /** Events that are no days off, as the file itself says. */
  readonly observances: readonly { readonly line: number; readonly name: string }[];
}

/** All of a file or its faults, as with leave. */
export type ReadHolidays =
  | { readonly ok: true; readonly file: HolidayFile }
  | { readonly ok: false; readonly faults: readonly ImportFault[] };

/** A date of a file, where it stands. */
export interface NamedDay {
  readonly line: number;
  readonly date: string;
  readonly name: string | undefined;
  readonly worked: boolean;
}

/** Each date once: names of one date are joined, a date that is both free and worked is a fault. */
export function tableOfDays(
  all: readonly NamedDay[],
  { first, last }: HolidaysAsked['years'],
  observances: HolidayFile['observances'] = [],
): ReadHolidays {
  const within = all.filter(({ date }) => {
    const year = Number(date.slice(0, 4));
    return first <= year && year <= last;
  });
  const free = new Map<string, Set<string>>();
  for (const { date, name, worked } of within) {
    if (worked) continue;
    const names = free.get(date) ?? new Set();
    if (name !== undefined) names.add(name);
    free.set(date, names);
  }
  const both = within.filter(({ date, worked }) => worked && free.has(date));
  if (both.length > 0)
    return {
      ok: false,
      faults: both.map(({ line, date }) => ({ line, message: 'holidayBoth', facts: { date } })),
    };
  const dates = [...free].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return {
    ok: true,
    file: {
      days: dates.map(([date, names]) => ({
        date,
        ...(names.size === 0 ? {} : { name: [...names].join(' / ') }),
      })),
      worked: [...new Set(within.filter(({ worked }) => worked).map(({ date }) => date))].toSorted(),
      observances,
    },
  };
}
