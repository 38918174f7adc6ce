import { dateOf } from '@tocsin/config-files';
import type { HolidayFile } from '@tocsin/rules';

/** What stands in the tree, as it is written there. */
export interface StandingDays {
  readonly days: readonly unknown[];
  readonly worked: readonly unknown[];
}

/** What a file means for a tree: only what is new is added, what people have corrected stays. */
export interface AddedHolidays extends Pick<HolidayFile, 'days' | 'worked'> {
  /** Free by one and worked by the other. */
  readonly kept: readonly string[];
  /** In years of which the file has something. */
  readonly onlyHere: readonly string[];
}

export function compareHolidays(
  standing: StandingDays,
  file: Pick<HolidayFile, 'days' | 'worked'>,
): AddedHolidays {
  const free = new Set(standing.days.map(dateOf));
  const worked = new Set(standing.worked.map(dateOf));
  const named = new Set([...file.days.map(dateOf), ...file.worked]);
  const years = new Set([...named].map((date) => date.slice(0, 4)));
  return {
    days: file.days.filter(({ date }) => !free.has(date) && !worked.has(date)),
    worked: file.worked.filter((date) => !free.has(date) && !worked.has(date)),
    kept: [
      ...file.days.map(dateOf).filter((date) => worked.has(date)),
      ...file.worked.filter((date) => free.has(date)),
    ].toSorted(),
    onlyHere: [...free, ...worked]
      .filter((date) => !named.has(date) && years.has(date.slice(0, 4)))
      .toSorted(),
  };
}
