import { join } from 'node:path';
import type { Context } from '../context.js';
import { CommandFailed, EXIT } from '../exit-codes.js';
import type { SoundTree } from '../change-config/show-findings.js';
import type { StandingDays } from './compare-holidays.js';

/** Where the holidays of a calendar stand: in the table of its market, or in the calendar itself. */
export interface HolidayPlace {
  readonly days: readonly string[];
  readonly worked: readonly string[];
  readonly market: string | undefined;
}

export const placeFor = (calendar: string, market: string | undefined): HolidayPlace =>
  market === undefined
    ? { days: ['calendars', calendar, 'holidays'], worked: ['calendars', calendar, 'worked'], market }
    : { days: ['holidays', market, 'days'], worked: ['holidays', market, 'worked'], market };

interface PlaceInTree extends HolidayPlace {
  readonly standing: StandingDays;
  /** On the disk, and what it holds. */
  readonly file: string;
  readonly text: string;
}

/**
 * @param path that the tree was read from
 * @throws CommandFailed when there is no such calendar, or it does not take the holidays of the market
 */
export function placeInTree(
  { say }: Context,
  { config, files, tree, placeOf }: SoundTree,
  {
    path,
    calendar,
    market,
  }: { readonly path: string; readonly calendar: string; readonly market?: string | undefined },
): PlaceInTree {
  const found = Object.hasOwn(config.calendars, calendar) ? config.calendars[calendar] : undefined;
  if (found === undefined) {
    const names = Object.keys(config.calendars).join(', ');
    throw new CommandFailed(EXIT.refused, say('noCalendar', { name: calendar, names }));
  }
  const taken = typeof found.holidays === 'string' ? found.holidays : undefined;
  if (market !== undefined && market !== taken)
    throw new CommandFailed(EXIT.refused, say('otherHolidays', { name: calendar, market }));
  const place = placeFor(calendar, taken);
  // A table that is not there yet goes where the others are, or to the calendar.
  const pointers = [taken === undefined ? undefined : `/holidays/${taken}`, `/calendars/${calendar}`];
  const at = pointers
    .flatMap((pointer) => (pointer === undefined ? [] : [placeOf(pointer)?.file]))
    .find((name) => name !== undefined);
  const source = files.find((file) => file.path === at);
  if (source === undefined) throw new Error(`no file of the tree holds ${calendar}`);
  return {
    ...place,
    standing: { days: listAt(tree, place.days), worked: listAt(tree, place.worked) },
    file: source.path === path ? path : join(path, source.path),
    text: source.text,
  };
}

function listAt(tree: unknown, path: readonly string[]): readonly unknown[] {
  const found = path.reduce<unknown>(
    (node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key],
    tree,
  );
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}
